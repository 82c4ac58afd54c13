"""The Web API's `views.*`."""

import json
import secrets
from typing import Any

from bot.playground.slack.blockkit import check_view
from bot.playground.slack.shapes import MisshapenError
from bot.playground.slack.workspace import Person, RefusalError, Workspace

Json = dict[str, Any]

BIGGEST = 250_000


def open_view(space: Workspace, call: Json) -> Json:
    view = checked(call["view"], "modal")
    person = space.pull(call.get("trigger_id", ""))
    return {"view": show(space, person, view)}


def update(space: Workspace, call: Json) -> Json:
    view = checked(call["view"], "modal")
    for person in space.people.values():
        if person.view and person.view["id"] == call.get("view_id"):
            if call.get("hash", person.view["hash"]) != person.view["hash"]:
                raise RefusalError("hash_conflict")
            return {"view": show(space, person, view, person.view["id"])}
    raise RefusalError("not_found")


def publish(space: Workspace, call: Json) -> Json:
    view = checked(call["view"], "home")
    person = space.person(call["user_id"])
    person.home = _named(space, view, f"V0HOME{person.id}")
    space.touch()
    return {"view": person.home}


def checked(view: Any, kind: str) -> Json:
    """A view as Slack takes it; raises `invalid_arguments` with what is wrong."""
    view = json.loads(view) if isinstance(view, str) else view
    try:
        check_view(view)
    except MisshapenError as error:
        raise RefusalError("invalid_arguments", str(error)) from None
    if view["type"] != kind:
        raise RefusalError("invalid_arguments", f"/view/type: must be {kind}")
    if len(json.dumps(view)) > BIGGEST:
        raise RefusalError("view_too_large")
    return dict(view)


def show(space: Workspace, person: Person, view: Json, view_id: str = "") -> Json:
    """Put a dialog before a person; an update keeps what was typed where block and action keep their ids."""
    if view_id:
        kept = {(block["block_id"], block["element"]["action_id"]) for block in typable(view)}
        person.typed = {place: value for place, value in person.typed.items() if place in kept}
    else:
        person.typed = {}
    person.view, person.errors = _named(space, view, view_id or f"V{secrets.token_hex(5).upper()}"), {}
    space.touch()
    return person.view


def typable(view: Json) -> list[Json]:
    """The fields of a dialog."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def _named(space: Workspace, view: Json, view_id: str) -> Json:
    blocks = [{"block_id": f"b{place}", **block} for place, block in enumerate(view["blocks"])]
    own = {"id": view_id, "hash": f"{space.stamp()}.{secrets.token_hex(4)}", "team_id": space.team}
    return {"private_metadata": "", "callback_id": "", **view, "blocks": blocks, **own}
