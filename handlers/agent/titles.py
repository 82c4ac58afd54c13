"""What the verbs of the desk are called on buttons and in the menu."""

from functools import cache

from bot.core.shown import Button, Menu
from bot.core.situation import Situation
from bot.core.verbs import DEEDS
from locales import current, pgettext

STYLES = {"claim": "primary", "reply": "primary"}


@cache
def titles(_language: str) -> dict[str, str]:
    """By verb, in the language of the moment: that is what they are remembered by."""
    return {
        "claim": pgettext("button", "Claim"),
        "reply": pgettext("button", "Reply"),
        "ask": pgettext("button", "Ask"),
        "resume": pgettext("button", "Resume"),
        "end": pgettext("button", "End unanswered"),
        "resolve": pgettext("button", "Resolve"),
        "reopen": pgettext("button", "Reopen"),
        "note": pgettext("button", "Note"),
        "priority": pgettext("button", "Priority"),
        "complexity": pgettext("button", "Complexity"),
        "extend": pgettext("button", "Extend"),
        "snooze": pgettext("button", "Snooze"),
        "wake": pgettext("button", "End the snooze"),
        "invite": pgettext("button", "Remote session"),
        "engage": pgettext("button", "Third party"),
        "take_over": pgettext("button", "Take over"),
        "hold": pgettext("button", "Put on hold"),
        "assign": pgettext("button", "Assign"),
        "transfer": pgettext("button", "Transfer"),
        "link": pgettext("button", "Link"),
        "incident": pgettext("button", "Incident"),
        "tell_all": pgettext("button", "Tell the customers"),
        "resolve_all": pgettext("button", "Resolve all"),
        "tie": pgettext("button", "Tie another"),
        "rename": pgettext("button", "Rename"),
        "untie": pgettext("button", "Untie this one"),
        "merge": pgettext("button", "Merge"),
        "escalate": pgettext("button", "Escalate"),
        "release": pgettext("button", "Release"),
        "decline": pgettext("button", "Decline"),
        "stop": pgettext("button", "Stop"),
        "redact": pgettext("button", "Redact"),
        "redact_now": pgettext("button", "Redact"),
        "why": pgettext("button", "Why this time?"),
    }


def buttons(situation: Situation) -> tuple[Button, ...]:
    """The everyday verbs that are allowed now."""
    return _placed(situation, "button")


def menu(situation: Situation) -> Menu:
    """The others that are allowed now."""
    return Menu(title=pgettext("button", "More"), entries=_placed(situation, "menu"))


def verbs(situation: Situation) -> tuple[Button, ...]:
    """All that are allowed now, as buttons: for who cannot see the card."""
    return (*_placed(situation, "button"), *_placed(situation, "menu"))


def of_incident(situation: Situation) -> tuple[Button, ...]:
    """What can be done with the incident that the ticket is tied to."""
    return _placed(situation, "incident")


def _placed(situation: Situation, place: str) -> tuple[Button, ...]:
    known, ticket = titles(current()), str(situation.ticket.id)
    return tuple(
        Button(verb=deed.verb, title=known[deed.verb], value=ticket, style=STYLES.get(deed.verb, ""))
        for deed in DEEDS
        if deed.place == place and deed.possible(situation)
    )
