"""What Telegram and Slack say about our tokens, rights and channels."""

from bot.channels.slack import Identity, RefusedError, Slack
from bot.check.people import look_at_people
from bot.check.report import Report
from bot.check.surroundings import look_at_clock
from bot.check.telegram import look_at_telegram
from bot.core.desk import Desk
from bot.settings import Settings

SLACK_SCOPES = {
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "usergroups:read",
    "users:read",
}
"""What the Slack app must be allowed to do; slack-manifest.yaml asks for it."""


BY_OAUTH = (
    "copy the Bot User OAuth Token (api.slack.com/apps, your app, OAuth & Permissions); where there is none,"
    " or it was revoked, install the app to the workspace again"
)
BY_APP_LEVEL = (
    "generate a token with the scope connections:write and copy it (api.slack.com/apps, your app,"
    " Basic Information, App-Level Tokens)"
)


async def look_at_platforms(report: Report, given: Settings, desk: Desk | None) -> None:
    await look_at_telegram(report, given)
    slack = Slack(
        given.slack_bot_token.get_secret_value(),
        app_token=given.slack_app_token.get_secret_value(),
        signing_secret=given.slack_signing_secret.get_secret_value(),
        api_url=given.slack_api_url,
        busy_text=lambda _user: "",
    )
    try:
        await look_at_slack(report, slack, desk, by_socket=bool(given.slack_app_token.get_secret_value()))
    finally:
        await slack.close()


async def look_at_slack(report: Report, slack: Slack, desk: Desk | None, *, by_socket: bool) -> None:
    try:
        identity = await slack.identity()
    except RefusedError as refused:
        if elsewhere := not_slack(refused.why):
            report.mend(elsewhere)
            return
        report.mend(f"SLACK_BOT_TOKEN: Slack says {refused.why}; {BY_OAUTH}")
        if by_socket:
            await look_at_socket(report, slack)
        return
    if by_socket:
        await look_at_socket(report, slack)
    look_at_scopes(report, identity)
    look_at_clock(report, identity.ahead)
    for key, queue in desk.queues.items() if desk else ():
        await look_at_channel(report, slack, f"queues.{key}", queue.channel, public=queue.public)
    if desk and desk.fallback_channel:
        await look_at_channel(report, slack, "fallback_channel", desk.fallback_channel, public=True)
    if desk:
        await look_at_people(report, slack, desk, identity.user)


async def look_at_socket(report: Report, slack: Slack) -> None:
    """Whether Socket Mode lets us in. Only an address is asked for, so a desk that runs is not disturbed."""
    try:
        await slack.require_socket()
    except RefusedError as refused:
        if refused.why == "ratelimited":
            report.warn("SLACK_APP_TOKEN: Slack was asked too often to say; check again in a minute")
            return
        report.mend(not_slack(refused.why) or f"SLACK_APP_TOKEN: Slack says {refused.why}; {BY_APP_LEVEL}")
    else:
        report.ok("Slack: Socket Mode, by SLACK_APP_TOKEN")


def not_slack(why: str) -> str:
    """The line for an address where no Slack answers; Slack itself answers with a word of its own."""
    if why == "unreachable" or why.startswith("http_"):
        return f"Slack cannot be asked ({why}); see SLACK_API_URL and the network"
    return ""


def look_at_scopes(report: Report, identity: Identity) -> None:
    missing = ", ".join(sorted(SLACK_SCOPES - identity.scopes))
    if missing:
        report.mend(f"Slack: the app lacks {missing}; see slack-manifest.yaml, then install the app again")
    else:
        report.ok(f"Slack: workspace {identity.team}")


async def look_at_channel(report: Report, slack: Slack, where: str, channel: str, *, public: bool) -> None:
    place = f"desk file: {where}: {channel}"
    try:
        info = await slack.channel_info(channel)
    except RefusedError as refused:
        report.mend(f"{place}: Slack says {refused.why}; is the id right, and was the app invited there?")
        return
    name = f"#{info.get('name', channel)}"
    if info.get("is_archived"):
        report.mend(f"{place} ({name}) is archived")
    elif not info.get("is_member"):
        report.mend(f"{place} ({name}): the app is not in it; say /invite there")
    elif not (public or info.get("is_private")):
        report.mend(
            f"{place} ({name}) is public: anybody could join it and act; make it private,"
            " or say public = true beside it"
        )
    else:
        report.ok(f"{where} is {name}")
