"""Whether somebody is there to work the tickets, and whether Slack knows whom the desk file names."""

from collections.abc import AsyncIterator, Iterable, Iterator

from bot.channels.slack import RefusedError, Slack
from bot.check.report import Report
from bot.core.desk import Desk


async def look_at_people(report: Report, slack: Slack, desk: Desk, us: str) -> None:
    """`us` is the app's own user, who works no tickets."""
    told = [
        *[line async for line in _empty(slack, desk, us)],
        *[line async for line in _strangers(slack, desk)],
        *[line async for line in _groups(slack, desk)],
    ]
    for line in told:
        report.mend(line)
    if not told:
        report.ok("somebody is in each queue's channel, and Slack knows everybody whom the desk file names")


async def _empty(slack: Slack, desk: Desk, us: str) -> AsyncIterator[str]:
    for key, queue in desk.queues.items():
        try:
            members = set(await slack.members(queue.channel)) - {us}
        except RefusedError:
            continue  # what is wrong with the channel has been told
        if not members:
            yield f"desk file: queues.{key}: nobody but the app is in {queue.channel}; invite agents there"


async def _strangers(slack: Slack, desk: Desk) -> AsyncIterator[str]:
    asked: dict[str, str] = {}
    for where, user in named(desk):
        if user not in asked:
            asked[user] = await _wrong_with(slack, user)
        if asked[user]:
            yield f"desk file: {where}: {user}: {asked[user]}"


async def _wrong_with(slack: Slack, user: str) -> str:
    try:
        person = await slack.person(user)
    except RefusedError as refused:
        return f"Slack says {refused.why}; is the id right?"
    return "the account is deactivated; name somebody else" if person.get("deleted") else ""


async def _groups(slack: Slack, desk: Desk) -> AsyncIterator[str]:
    for key, level in desk.levels.items():
        for group in level.groups:
            if wrong := await _wrong_with_group(slack, group):
                yield f"desk file: levels.{key}: {group}: {wrong}"


async def _wrong_with_group(slack: Slack, group: str) -> str:
    try:
        return "" if await slack.group_members(group) else "nobody is in this user group"
    except RefusedError as refused:
        return f"Slack says {refused.why}; is the id of the user group right?"


def named(desk: Desk) -> Iterator[tuple[str, str]]:
    """Whom the desk file names, and where."""
    people: Iterable[tuple[str, Iterable[str]]] = (
        *((f"levels.{key}", level.users) for key, level in desk.levels.items()),
        ("roles.supervisors", desk.roles.supervisors),
        ("roles.reviewers", desk.roles.reviewers),
    )
    return ((where, user) for where, users in people for user in users)
