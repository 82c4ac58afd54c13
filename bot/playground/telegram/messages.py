"""Messages as people see them, around the JSON that the Bot API speaks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.telegram.files import KINDS

Json = dict[str, Any]
_OTHERS = ("location", "contact", "text")
_ABOUT_FILES = {"id": "file_id", "size": "file_size", "type": "mime_type", "duration": "duration"}


@dataclass(frozen=True, slots=True)
class Button:
    """A button: inline ones carry `data` or open `url`, those of a reply keyboard may ask for a contact."""

    text: str
    data: str = ""
    contact: bool = False
    url: str = ""

    def as_json(self) -> Json:
        return {"text": self.text, "data": self.data, "contact": self.contact, "url": self.url}


@dataclass(slots=True, eq=False)
class Message:
    """One message in a private chat. `raw` is its JSON on the wire; `markup` is what it was sent with."""

    raw: Json
    from_bot: bool
    at: datetime
    markup: Json | None = None
    edited: datetime | None = None
    update_id: int | None = None
    preview: bool = False  # a link in it is shown with a picture of its page
    stamp: int = 0  # the revision at which it last changed

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def kind(self) -> str:
        return next((kind for kind in (*KINDS, *_OTHERS) if kind in self.raw), "other")

    @property
    def file(self) -> Json | None:
        """What the page needs to show the file that it carries; of a photo, the largest of its sizes."""
        kind = next((kind for kind in KINDS if kind in self.raw), None)
        if kind is None:
            return None
        part = self.raw[kind][-1] if kind == "photo" else self.raw[kind]
        about = {key: part.get(told) for key, told in _ABOUT_FILES.items()}
        return {**about, "name": part.get("file_name", "")}

    @property
    def card(self) -> Json | None:
        """The contact card that it carries."""
        card = self.raw.get("contact")
        return card and {"name": card.get("first_name", ""), "phone": card["phone_number"]}

    @property
    def reply_to(self) -> int | None:
        answered = self.raw.get("reply_to_message")
        return answered["message_id"] if answered else None

    @property
    def group(self) -> str:
        return str(self.raw.get("media_group_id", ""))

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline buttons under it now, row by row."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [[_inline(one) for one in row] for row in rows]

    def button(self, title_or_data: str) -> Button | None:
        buttons = (button for row in self.buttons for button in row)
        return next((one for one in buttons if title_or_data in (one.text, one.data)), None)

    def show_markup(self, markup: Json | None) -> None:
        """Only inline keyboards stay with their message."""
        self.raw.pop("reply_markup", None)
        if markup and "inline_keyboard" in markup:
            self.raw["reply_markup"] = markup
        self.markup = markup

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "from_bot": self.from_bot,
            "text": self.text,
            "kind": self.kind,
            "group": self.group,
            "file": self.file,
            "place": self.raw.get("location"),
            "card": self.card,
            "buttons": [[button.as_json() for button in row] for row in self.buttons],
            "reply_to": self.reply_to,
            "preview": self.preview,
            "at": self.at.isoformat(),
            "edited": self.edited.isoformat() if self.edited else None,
        }


def _inline(one: Json) -> Button:
    return Button(one["text"], one.get("callback_data", ""), url=one.get("url", ""))


def keyboard_of(markup: Json) -> list[list[Button]]:
    """A reply keyboard's buttons, row by row."""
    return [
        [Button(one["text"], contact=bool(one.get("request_contact"))) for one in map(_as_object, row)]
        for row in markup["keyboard"]
    ]


def _as_object(button: str | Json) -> Json:
    return {"text": button} if isinstance(button, str) else button


@dataclass(slots=True)
class Press:
    """A button that somebody pressed. `answer` is the toast that came, "" for an empty one, None so far."""

    id: str
    person_id: int
    update_id: int
    since: float  # machine time, monotonic
    answer: str | None = None
