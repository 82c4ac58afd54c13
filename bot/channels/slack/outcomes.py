"""What Slack's refusals mean for a delivery."""

from slack_sdk.errors import SlackApiError

from bot.channels import Closed, Failed, Outcome, Retry
from bot.channels.slack.wire import error_code, http_status

CLOSED = {
    "channel_not_found": "gone",
    "user_not_found": "gone",
    "user_disabled": "gone",
    "cannot_dm_bot": "gone",
    "is_archived": "archived",
    "not_in_channel": "not_in_channel",
    "restricted_action": "restricted",
    "messages_tab_disabled": "blocked",
    "message_not_found": "card_gone",
    "thread_not_found": "card_gone",
    "cannot_reply_to_message": "card_gone",
    "cant_update_message": "card_gone",
    "edit_window_closed": "card_gone",
}

RIGHTS = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_authed",
        "not_allowed_token_type",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""An operator must mend these; meanwhile nothing is given up."""

UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout"})
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

PAUSE, LIMIT_PAUSE, RIGHTS_PAUSE = 1.0, 30.0, 60.0
"""Seconds until the next attempt: after a failure, after a limit without a word, without rights."""


def refused(error: SlackApiError, scope: str, account: str) -> Outcome:
    """The outcome of a call that Slack answered with an error; `scope` is what its limit covers."""
    code, status = error_code(error), http_status(error)
    if code in LIMITED or status == 429:  # noqa: PLR2004 - the HTTP status
        return Retry(_retry_after(error), scope)
    if code in RIGHTS:
        return Retry(RIGHTS_PAUSE, account)
    if code in UNSURE or status >= 500:  # noqa: PLR2004 - the HTTP status
        return Retry(PAUSE, unsure=True)
    if code == "service_unavailable":
        return Retry(PAUSE)
    return Closed(CLOSED[code]) if code in CLOSED else Failed(code)


def passes(why: str) -> bool:
    """Whether a question that was refused like this can be asked again, with another answer then."""
    known = {"unreachable", "service_unavailable", *LIMITED, *UNSURE, *RIGHTS}
    return why in known or why.startswith(("http_5", "http_429"))


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(told) if told.isdigit() else LIMIT_PAUSE
