"""The payloads of what people do, as Slack sends them."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.slack.calls_views import typable
from bot.playground.slack.seen import Message, Shown, initial
from bot.playground.slack.workspace import Person, Workspace

Json = dict[str, Any]

LARGEST_ENTERED = 10 * 1024 * 1024
"""Bytes of a file that a dialog takes."""


def event_body(space: Workspace, event: Json) -> Json:
    """An event as the Events API wraps it."""
    bot = {"team_id": space.team, "user_id": space.bot_user, "is_bot": True}
    return {
        "type": "event_callback",
        "team_id": space.team,
        "api_app_id": space.app,
        "event": event,
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(space.clock()),
        "authorizations": [bot],
    }


def pressed(shown: Shown, element: Json) -> Json:
    """A button, pressed."""
    value = {"value": element["value"]} if "value" in element else {}
    return {**_named(shown, element), "type": "button", "text": element["text"], **value}


def chosen(shown: Shown, element: Json, option: str) -> Json:
    """An option of a menu, by title or value. Raises LookupError."""
    for one in element["options"]:
        if option in {one["value"], one["text"]["text"]}:
            return {**_named(shown, element), "type": "static_select", "selected_option": one}
    raise LookupError(f"no {option!r} in {element['options']}")


def container(shown: Shown) -> Json:
    """Where something was pressed."""
    if not isinstance(shown, Message):
        return {"container": {"type": "view", "view_id": shown.raw["id"]}, "view": shown.raw}
    channel = shown.channel.id if shown.channel else shown.raw.get("channel", "")
    thread = {"thread_ts": shown.raw["thread_ts"]} if "thread_ts" in shown.raw else {}
    place = {"type": "message", "message_ts": shown.ts, "channel_id": channel}
    ephemeral = {"is_ephemeral": bool(shown.raw.get("ephemeral"))}
    own = {} if shown.raw.get("ephemeral") else {"message": shown.raw}
    return {"container": {**place, **ephemeral, **thread}, "channel": {"id": channel}, **own}


def types(person: Person, values: Mapping[str, str]) -> None:
    """Enter these into the open dialog, by field key or block id. Raises LookupError for unknown ones."""
    assert person.view, "no dialog is open"
    fields = {block["element"]["action_id"]: block for block in typable(person.view)}
    known = inputs(person.view) | fields
    if unknown := values.keys() - known.keys():
        raise LookupError(f"no fields {sorted(unknown)}, only {sorted(fields)}")
    person.typed |= {_place(known[key]): value for key, value in values.items()}


def filled(space: Workspace, person: Person, *, sending: bool = True) -> Json:
    """The state of the open dialog: what was typed, else what its fields show.

    Raises LookupError where Slack's own client would not let it be sent.
    """
    assert person.view, "no dialog is open"
    return {
        block["block_id"]: {
            block["element"]["action_id"]: _entered(space, block, person.typed.get(_place(block)), sending)
        }
        for block in typable(person.view)
    }


def picked(block: Json, option: str) -> Json:
    """An option of a dialog's field. Raises LookupError."""
    for one in block["element"]["options"]:
        if option == one["value"]:
            about = {"action_id": block["element"]["action_id"], "block_id": block["block_id"]}
            return {**about, "type": "static_select", "selected_option": one}
    raise LookupError(f"no {option!r} in {block['element']['options']}")


def _place(block: Json) -> tuple[str, str]:
    return block["block_id"], block["element"]["action_id"]


def inputs(view: Json) -> dict[str, Json]:
    """The fields of a dialog by their block id."""
    return {block["block_id"]: block for block in typable(view)}


def _entered(space: Workspace, block: Json, value: str | None, sending: bool) -> Json:
    element = block["element"]
    entered = initial(element) if value is None else value
    if sending and not entered and not block.get("optional"):
        raise LookupError(f"Slack's own client asks to fill in {block['block_id']!r}")
    return {"type": element["type"], **ENTERED[element["type"]](space, element, entered)}


def _written(_space: Workspace, element: Json, entered: str) -> Json:
    if len(entered) > element.get("max_length", 3000):
        raise LookupError(f"Slack's own client takes no {len(entered)} characters here")
    return {"value": entered or None}


def _picked(_space: Workspace, element: Json, entered: str) -> Json:
    options = [option for option in element["options"] if option["value"] == entered]
    if entered and not options:
        raise LookupError(f"no option {entered!r}")
    return {"selected_option": options[0] if options else None}


def _person(space: Workspace, _element: Json, entered: str) -> Json:
    """Anybody in the workspace can be picked, the app too."""
    if entered and entered not in {*space.people, space.bot_user}:
        raise LookupError(f"nobody is called {entered!r}")
    return {"selected_user": entered or None}


def _moment(_space: Workspace, _element: Json, entered: str) -> Json:
    """Slack's own client offers whole minutes."""
    if entered and (not entered.isdigit() or int(entered) % 60):
        raise LookupError(f"no moment {entered!r}")
    return {"selected_date_time": int(entered) if entered else None}


def _files(space: Workspace, element: Json, entered: str) -> Json:
    """Ids of files that the person has uploaded into the dialog, comma separated."""
    ids = list(filter(None, entered.split(",")))
    if len(ids) > element.get("max_files", 10) or not set(ids) <= space.shelf.files.keys():
        raise LookupError(f"Slack's own client takes no files {ids} here")
    if any(len(space.shelf.contents[file]) > LARGEST_ENTERED for file in ids):
        raise LookupError("Slack's own client takes no file larger than 10 MB into a dialog")
    return {"files": [space.shelf.files[file] for file in ids]}


ENTERED: dict[str, Callable[[Workspace, Json, str], Json]] = {
    "plain_text_input": _written,
    "static_select": _picked,
    "users_select": _person,
    "datetimepicker": _moment,
    "file_input": _files,
}


def _named(shown: Shown, element: Json) -> Json:
    blocks = shown.raw.get("blocks") or []
    block = next(block for block in blocks if element in block.get("elements", []))
    return {"action_id": element["action_id"], "block_id": block.get("block_id", "")}
