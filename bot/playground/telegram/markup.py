"""Which reply markups Telegram takes."""

from typing import Any

from bot.playground.telegram.refusals import bad_request

Json = dict[str, Any]

_LONGEST_DATA = 64  # bytes
_MOST_BUTTONS = 100
_WIDEST_ROW = 8
_ACTIONS = {"callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay"}


def checked(markup: Any) -> Json | None:
    """The markup itself, or None for none. Raises what Telegram answers to a wrong one."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {
            "inline_keyboard": [[_inline(one) for one in row] for row in _rows(markup["inline_keyboard"])]
        }
    if "keyboard" in markup:
        for button in (one for row in _rows(markup["keyboard"]) for one in row):
            _reply(button)
        return markup
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    if markup:
        raise bad_request("there is no known reply markup in the object")
    return None


def checked_inline(markup: Any) -> Json | None:
    """The same where only inline keyboards are allowed: when a message is edited."""
    found = checked(markup)
    if found and "inline_keyboard" not in found:
        raise bad_request("inline keyboard expected")
    return found if found and any(found["inline_keyboard"]) else None


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("field of the reply markup must be an Array of Arrays of buttons")
    if sum(map(len, rows)) > _MOST_BUTTONS or any(len(row) > _WIDEST_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _inline(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("inline keyboard button must be an Object")
    _label(button.get("text"))
    if len(button.keys() & _ACTIONS) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= _LONGEST_DATA):
        raise bad_request("BUTTON_DATA_INVALID")
    return button


def _reply(button: Any) -> None:
    _label(button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None)


def _label(text: Any) -> None:
    if not isinstance(text, str):
        raise bad_request('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
