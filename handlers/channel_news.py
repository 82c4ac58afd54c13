"""Who hears that a channel of the desk cannot be worked in, or is public, or is itself again; each once."""

from collections.abc import Iterator

from bot.core.shown import Line, Post, Room
from bot.core.standing import Standing, is_shut
from handlers import lines, post
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, current, use
from storage import people, rooms

PURPOSE = "news"


def tell(unit: Unit, channel: str, before: Standing, now: Standing) -> None:
    """Supervisors hear of it in private, others where they work; another reason for the same is no news."""
    if is_shut(before) and is_shut(now):
        return
    for user in sorted({*unit.office.desk.roles.supervisors, *_stranded(unit, channel, now)}):
        agent = people.agent(unit.tx, user, _language(unit, channel), unit.at)
        with use(agent.language):
            post.to_person(unit, user, _news(unit, channel, before, now), PURPOSE)
    for place in _places(unit, channel, now):
        with use(_language(unit, channel)):
            post.to_channel(unit, place, _news(unit, channel, before, now), PURPOSE)


def _stranded(unit: Unit, channel: str, now: Standing) -> frozenset[str]:
    """Agents of a channel that is shut who are not where its tickets go on."""
    if not is_shut(now):
        return frozenset()
    there = people.members_of(unit.tx, unit.office.desk.fallback_channel)
    return people.known_among(unit.tx, people.members_of(unit.tx, channel)) - set(there)


def _places(unit: Unit, channel: str, now: Standing) -> Iterator[str]:
    fallback = unit.office.desk.fallback_channel
    if not is_shut(now):
        yield channel
    if fallback not in {"", channel} and not is_shut(rooms.standing(unit.tx, fallback)):
        yield fallback


def _language(unit: Unit, channel: str) -> str:
    """That of the queue that is worked there; the fallback speaks as the first queue does."""
    queues = unit.office.desk.queues_in(channel)
    return unit.office.queue(queues[0] if queues else "").language


def _news(unit: Unit, channel: str, before: Standing, now: Standing) -> Post:
    heading = _heading(unit, channel)
    told = (lines.text(heading, strong=True), *_told(unit, channel, before, now))
    return Post(summary=heading, lines=told)


def _heading(unit: Unit, channel: str) -> str:
    desk = unit.office.desk
    titles = [desk.title(queue, current()) for queue in desk.queues_in(channel)]
    return _("The channel of {queue}", queue=", ".join(titles)) if titles else _("The fallback channel")


def _told(unit: Unit, channel: str, before: Standing, now: Standing) -> Iterator[Line]:
    if now in WHY:
        yield lines.around(WHY[now](), Room(channel=channel))
    elif before == "public":
        yield lines.around(_("{channel} is private again.", channel=SLOT), Room(channel=channel))
    else:
        yield lines.around(_again(), Room(channel=channel))
    if is_shut(now):
        yield _meanwhile(unit, channel)
    if now in MEND:
        yield lines.text(MEND[now]())


def _again() -> str:
    return _("{channel} can be used again. Its tickets go on there.", channel=SLOT)


def _meanwhile(unit: Unit, channel: str) -> Line:
    fallback = unit.office.desk.fallback_channel
    if fallback in {"", channel}:
        return lines.text(_("Until that is mended, what was to be said there waits."))
    said = _("Until that is mended, its tickets go on in {channel}: be there to see them.", channel=SLOT)
    return lines.around(said, Room(channel=fallback))


WHY = {
    "archived": lambda: _("{channel} was archived.", channel=SLOT),
    "left": lambda: _("The app is not in {channel} any more.", channel=SLOT),
    "gone": lambda: _("{channel} was deleted, or the app was removed from it.", channel=SLOT),
    "restricted": lambda: _("The app may not write in {channel} any more.", channel=SLOT),
    "public": lambda: _(
        "{channel} is public now: everybody in the workspace can read what customers write."
        " Whoever joins it from now on cannot act on its tickets.",
        channel=SLOT,
    ),
}

MEND = {
    "archived": lambda: _("Unarchive it, or put another channel into the desk file."),
    "left": lambda: _("Invite the app there again with /invite."),
    "gone": lambda: _("Invite the app there again, or put another channel into the desk file."),
    "restricted": lambda: _("Let everybody post there, or put another channel into the desk file."),
    "public": lambda: _(
        "Make it private again, or say {line} beside it in the desk file.", line="public = true"
    ),
}
