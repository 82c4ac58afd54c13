"""Buttons as `actions` blocks, five in a row, within Slack's limits."""

from collections.abc import Sequence
from typing import Any

from bot.channels.slack.fitting import cut
from bot.core.shown import Button

Json = dict[str, Any]

ROW = 5
MOST = 25
TITLE, VALUE = 75, 2000
AGAIN = "#"
"""Slack wants each action of a block to differ: a second `verb` is sent as `verb#1`."""


def actions(buttons: Sequence[Button]) -> list[Json]:
    """Blocks for at most 25 buttons."""
    verbs = [button.verb for button in buttons]
    shown = [_button(button, verbs[:at].count(button.verb)) for at, button in enumerate(buttons[:MOST])]
    return [{"type": "actions", "elements": shown[at : at + ROW]} for at in range(0, len(shown), ROW)]


def verb(action_id: str) -> str:
    """The verb that an action was made of."""
    return action_id.partition(AGAIN)[0]


def words(text: str, limit: int) -> Json:
    """A `plain_text` object: nothing in it formats, and no `:name:` becomes an emoji."""
    return {"type": "plain_text", "text": cut(text, limit) or "…", "emoji": False}


def _button(button: Button, earlier: int) -> Json:
    style = {"style": button.style} if button.style else {}
    carried = cut(button.value, VALUE)
    value = {"value": carried} if carried else {}
    confirm = {"confirm": _confirm(button)} if button.confirm else {}
    return {
        "type": "button",
        "action_id": f"{button.verb}{AGAIN}{earlier}" if earlier else button.verb,
        "text": words(button.title, TITLE),
        **value,
        **style,
        **confirm,
    }


def _confirm(button: Button) -> Json:
    return {
        "title": words(button.title, 100),
        "text": words(button.confirm, 300),
        "confirm": words(button.title, 30),
        "deny": words("✕", 30),  # a sign, since a button does not say in which language it is
    }
