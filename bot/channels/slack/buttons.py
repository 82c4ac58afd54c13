"""Buttons and menus as `actions` blocks, five in a row, within Slack's limits."""

from collections.abc import Sequence
from typing import Any

from bot.channels.slack.fitting import cut
from bot.core.shown import Button, Menu

Json = dict[str, Any]

ROW = 5
MOST = 35
TITLE, VALUE = 75, 2000
AGAIN = "#"
"""Slack wants each action of a block to differ: a second `verb` is sent as `verb#1`."""

MENU = "menu"
MOST_ENTRIES, ENTRY, CHOICE = 100, 75, 150


def actions(buttons: Sequence[Button], menu: Menu | None = None, drawing: str = "") -> list[Json]:
    """Blocks for at most 35 buttons, and a menu behind them. `drawing` differs each time that it is drawn."""
    verbs = [button.verb for button in buttons]
    shown = [_button(button, verbs[:at].count(button.verb)) for at, button in enumerate(buttons[:MOST])]
    if menu and menu.entries:
        shown.append(_menu(menu))
    rows = [{"type": "actions", "elements": shown[at : at + ROW]} for at in range(0, len(shown), ROW)]
    if menu and menu.entries and drawing:  # Slack keeps what was chosen from a block of the same id
        rows[-1]["block_id"] = f"{MENU}:{drawing}"
    return rows


def pressed(action: Json) -> tuple[str, str, bool]:
    """The verb that an action was made of, the value it carried, and whether it was chosen from a menu."""
    if chosen := action.get("selected_option"):
        verb, _blank, value = str(chosen["value"]).partition(" ")
        return verb, value, True
    return action["action_id"].partition(AGAIN)[0], action.get("value") or "", False


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


def _menu(menu: Menu) -> Json:
    return {
        "type": "static_select",
        "action_id": MENU,
        "placeholder": words(menu.title, CHOICE),
        "options": [
            {"text": words(entry.title, ENTRY), "value": f"{entry.verb} {entry.value}"[:CHOICE]}
            for entry in menu.entries[:MOST_ENTRIES]
        ],
    }


def _confirm(button: Button) -> Json:
    return {
        "title": words(button.title, 100),
        "text": words(button.confirm, 300),
        "confirm": words(button.title, 30),
        "deny": words("✕", 30),  # a sign, since a button does not say in which language it is
    }
