"""What people see: messages and dialogs as they read on the screen."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.blockkit import strings
from bot.playground.slack.calls_people import in_channel, thread
from bot.playground.slack.workspace import Channel, Person

Json = dict[str, Any]

PARTS = {"section", "context", "header", "actions", "rich_text", "input"}


@dataclass(frozen=True)
class Shown:
    """Blocks on the screen: a message, a Home tab, the upper part of a dialog."""

    raw: Json

    @property
    def text(self) -> str:
        """Everything that can be read, block by block; buttons included."""
        blocks = self.raw.get("blocks") or []
        lines = ["".join(_inline(block)) for block in blocks]
        return "\n".join(lines) if blocks else self.raw.get("text", "")

    @property
    def buttons(self) -> list[str]:
        """The titles of the buttons, in order."""
        return [element["text"]["text"] for element in self.actions if element["type"] == "button"]

    @property
    def choices(self) -> list[str]:
        """The titles of what the menus offer, in order."""
        menus = [element for element in self.actions if element["type"] == "static_select"]
        return [option["text"]["text"] for menu in menus for option in menu["options"]]

    @property
    def actions(self) -> list[Json]:
        """Everything that can be pressed or chosen from."""
        blocks = self.raw.get("blocks") or []
        held = [block for block in blocks if block["type"] == "actions"]
        return [element for block in held for element in block["elements"]]

    def action(self, named: str) -> Json:
        """The button or menu with this title, action id or verb. Raises LookupError."""
        for element in self.actions:
            title = element.get("text", {}).get("text")
            if named in {title, element["action_id"], element["action_id"].partition("#")[0]}:
                return element
        raise LookupError(f"no {named!r} here, only {self.buttons}")


@dataclass(frozen=True)
class Message(Shown):
    """A message, live: it shows what it is now."""

    channel: Channel | None = None

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def author(self) -> str:
        """The user id of who wrote it."""
        return str(self.raw.get("user", ""))

    @property
    def deleted(self) -> bool:
        gone = self.channel is not None and self.ts not in self.channel.messages
        return gone or self.raw.get("subtype") == "tombstone"

    @property
    def thread(self) -> list["Message"]:
        """The replies under it."""
        if self.channel is None:
            return []
        return [Message(reply, self.channel) for reply in thread(self.channel, self.ts)]


@dataclass(frozen=True)
class Field:
    """A question of a dialog as a person sees it; `picks` are titles by key, `kind` is the element's type."""

    key: str
    kind: str
    label: str
    value: str
    hint: str
    picks: dict[str, str]
    optional: bool
    multiline: bool


@dataclass(frozen=True)
class Dialog(Shown):
    """The dialog that is open before somebody, with the errors beside its fields."""

    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.raw["title"]["text"])

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by key, in order."""
        inputs = [block for block in self.raw["blocks"] if block["type"] == "input"]
        return {block["element"]["action_id"]: _field(block, self.typed) for block in inputs}


def top_level(channel: Channel) -> list[Message]:
    """The messages that are seen in a channel itself."""
    shown = [raw for _, raw in sorted(channel.messages.items()) if in_channel(raw)]
    return [Message(raw, channel) for raw in shown if raw.get("subtype") != "tombstone"]


def dialog(person: Person) -> Dialog | None:
    if person.view is None:
        return None
    keys = {
        block["block_id"]: block["element"]["action_id"]
        for block in person.view["blocks"]
        if block["type"] == "input"
    }
    errors = {keys.get(block, block): words for block, words in person.errors.items()}
    return Dialog(person.view, errors, dict(person.typed))


def initial(element: Json) -> str:
    """What a field holds before anybody changes it."""
    chosen = element.get("initial_option", {}).get("value") or element.get("initial_user")
    return str(chosen or element.get("initial_date_time") or element.get("initial_value", ""))


def _field(block: Json, typed: dict[tuple[str, str], str]) -> Field:
    element = block["element"]
    return Field(
        key=element["action_id"],
        kind=element["type"],
        label=block["label"]["text"],
        value=typed.get((block["block_id"], element["action_id"]), initial(element)),
        hint=(element.get("placeholder") or block.get("hint") or {"text": ""})["text"],
        picks={option["value"]: option["text"]["text"] for option in element.get("options", [])},
        optional=block.get("optional", False),
        multiline=element.get("multiline", False),
    )


def _inline(block: Json) -> list[str]:
    """The texts of a block; parts of rich text stand below each other, mentions are written out."""
    if block["type"] != "rich_text":
        return [" ".join(strings(block))]
    return ["\n".join(map(_piece, block["elements"]))]


def _piece(piece: Json) -> str:
    if piece["type"] == "rich_text_list":
        items = enumerate(piece["elements"], piece.get("offset", 0) + 1)
        ordered = piece["style"] == "ordered"
        return "\n".join(f"{f'{number}.' if ordered else '•'} {_piece(item)}" for number, item in items)
    return "".join(map(_part, piece["elements"])).removesuffix("\n")


def _part(part: Json) -> str:
    match part["type"]:
        case "user":
            return f"@{part['user_id']}"
        case "usergroup":
            return f"@{part['usergroup_id']}"
        case "broadcast":
            return f"@{part['range']}"
        case "channel":
            return f"#{part['channel_id']}"
        case "emoji":
            points = part.get("unicode", "").split("-")
            return "".join(chr(int(point, 16)) for point in points if point) or f":{part['name']}:"
        case _:
            return str(part.get("text") or part.get("url") or part.get("fallback") or "")
