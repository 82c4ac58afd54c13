"""Dialogs and the Home tab as Slack views, and what a sent dialog holds."""

import json
from collections.abc import Callable
from typing import Any

from bot.channels.slack.buttons import actions, words
from bot.channels.slack.fitting import clean, cut
from bot.channels.slack.messages import post_messages
from bot.channels.slack.rich import rich_text
from bot.core.enclosures import MOST_IN_DIALOG
from bot.core.heard import Thread
from bot.core.now import DialogAnswer
from bot.core.shown import Dialog, Home, Input, Pick

Json = dict[str, Any]

MOST_BLOCKS = 100
MOST_PICKS = 100
TITLE, LABEL, HINT, PICK, ENTERED = 24, 2000, 150, 75, 3000
UNFILLED = frozenset({"moment", "files"})
"""What shows no hint inside itself; it stands below."""


def dialog_view(dialog: Dialog, thread: Thread | None) -> Json:
    """A dialog as a modal; `memo` and `thread` travel in it and come back with the values."""
    about = {"memo": dialog.memo, **(thread.model_dump() if thread else {})}
    submit = {"submit": words(dialog.submit, TITLE)} if dialog.submit else {}
    return {
        "type": "modal",
        "callback_id": dialog.key,
        "title": words(dialog.title, TITLE),
        **submit,
        "close": words(dialog.cancel, TITLE),
        "private_metadata": json.dumps(about),
        "blocks": [
            *rich_text(dialog.lines),
            *map(_input, dialog.inputs),
            *(
                block
                for line, buttons in dialog.sections
                for block in (*rich_text([line]), *actions(buttons))
            ),
        ][:MOST_BLOCKS],
    }


def answer_view(answer: DialogAnswer) -> Json:
    """The last word of a dialog: a modal without anything to send."""
    blocks = [block for message in post_messages(answer.post) for block in message]
    return {
        "type": "modal",
        "title": words(answer.title, TITLE),
        "close": words(answer.close, TITLE),
        "blocks": blocks[:MOST_BLOCKS],
    }


def home_view(home: Home) -> Json:
    """What the Home tab shows; rows that do not fit end in "…"."""
    blocks = rich_text(home.lines)
    for line, buttons in home.sections:
        row = [*rich_text([line]), *actions(buttons)]
        if len(blocks) + len(row) >= MOST_BLOCKS:
            return {"type": "home", "blocks": [*blocks, {"type": "context", "elements": [words("…", 1)]}]}
        blocks += row
    return {"type": "home", "blocks": blocks}


def memo_and_thread(view: Json) -> tuple[str, Thread | None]:
    """What `dialog_view` put into a view."""
    about = json.loads(view.get("private_metadata") or "{}")
    thread = Thread(channel=about["channel"], ts=about["ts"]) if "ts" in about else None
    return about.get("memo", ""), thread


def entered(view: Json) -> dict[str, str]:
    """The values of a sent view by input key, each as `Input` tells."""
    state = view.get("state", {}).get("values", {})
    return {key: _value(element) for elements in state.values() for key, element in elements.items()}


def _value(element: Json) -> str:
    match element.get("type"):
        case "datetimepicker":
            return str(element.get("selected_date_time") or "")
        case "users_select":
            return element.get("selected_user") or ""
        case "file_input":
            return ",".join(file["id"] for file in element.get("files") or ())
        case _:
            chosen = (element.get("selected_option") or {}).get("value")
            return chosen or element.get("value") or ""


def enclosed(view: Json) -> list[Json]:
    """The files that were put into a sent view, as Slack describes them."""
    state = view.get("state", {}).get("values", {})
    fields = [element for elements in state.values() for element in elements.values()]
    chosen = [field.get("files") or [] for field in fields if field.get("type") == "file_input"]
    return [file for files in chosen for file in files]


def _input(field: Input) -> Json:
    return {
        "type": "input",
        "block_id": f"{field.key}#{field.drawing}" if field.drawing else field.key,
        **({"dispatch_action": True} if field.redraws else {}),
        "label": words(field.label, LABEL),
        "optional": field.optional,
        **({"hint": words(field.hint, LABEL)} if field.hint and field.asks in UNFILLED else {}),
        "element": _menu(field) if field.picks else ASKED[field.asks](field),
    }


def _lines(field: Input) -> Json:
    longest = min(field.max_length, ENTERED)
    value = {"initial_value": cut(field.value, longest)} if clean(field.value) else {}
    return {
        "type": "plain_text_input",
        "action_id": field.key,
        "multiline": field.multiline,
        "max_length": longest,
        **_placeholder(field),
        **value,
    }


def _moment(field: Input) -> Json:
    initial = {"initial_date_time": int(field.value)} if field.value else {}
    return {"type": "datetimepicker", "action_id": field.key, **initial}


def _agent(field: Input) -> Json:
    initial = {"initial_user": field.value} if field.value else {}
    return {"type": "users_select", "action_id": field.key, **_placeholder(field), **initial}


def _files(field: Input) -> Json:
    return {"type": "file_input", "action_id": field.key, "max_files": MOST_IN_DIALOG}


ASKED: dict[str, Callable[[Input], Json]] = {
    "words": _lines,
    "moment": _moment,
    "agent": _agent,
    "files": _files,
}


def _menu(field: Input) -> Json:
    options = [_option(pick) for pick in field.picks[:MOST_PICKS]]
    chosen = [option for option in options if option["value"] == field.value]
    initial = {"initial_option": chosen[0]} if chosen else {}
    return {
        "type": "static_select",
        "action_id": field.key,
        "options": options,
        **_placeholder(field),
        **initial,
    }


def _placeholder(field: Input) -> Json:
    return {"placeholder": words(field.hint, HINT)} if field.hint else {}


def _option(pick: Pick) -> Json:
    return {"text": words(pick.title, PICK), "value": pick.key}
