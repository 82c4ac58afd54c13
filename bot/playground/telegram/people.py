"""People with a phone in their hands: what they do, and what they see."""

import time
from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from bot.playground.telegram import replacing
from bot.playground.telegram.files import KINDS
from bot.playground.telegram.messages import Button, Json, Message, Press
from bot.playground.telegram.typing import cut, entities

if TYPE_CHECKING:  # the two know each other
    from bot.playground.telegram.chats import Chats

_UNSEEN = dict.fromkeys((0x2060, *range(0x2066, 0x206A)))
_LOCATION = {"latitude": 24.7136, "longitude": 46.6753}


class NotSeenError(AssertionError):
    """Somebody waited for a message that did not come."""


class Person:
    """One user of Telegram in a private chat with the bot.

    `chat` holds all messages in order, `keyboard` the reply keyboard's rows while there is one, `toasts` the
    short words that answered presses.
    """

    def __init__(self, chats: "Chats", id: int, name: str, language: str, phone: str) -> None:  # noqa: A002 - their word
        self.id = id
        self.name = name
        self.language = language
        self.phone = phone
        self.chat: list[Message] = []
        self.toasts: list[str] = []
        self.keyboard: list[list[Button]] | None = None
        self.typing = False
        self.blocked = False
        self.deactivated = False
        self.started = False
        self._chats = chats
        self._acted = 0  # the revision at the last action

    # What they do

    async def says(self, text: str, reply_to: Message | int | None = None) -> Message:
        """Write. A client cuts what is longer than a message; the last part is returned."""
        pieces = cut(text)
        for piece in pieces[:-1]:
            self._sends({"text": piece, **entities(piece), **self._quoting(reply_to)})
        return self._sends({"text": pieces[-1], **entities(pieces[-1]), **self._quoting(reply_to)})

    def wrote(self, text: str) -> Message:
        """Something that the bot has heard of before."""
        return self._puts({"text": text})

    async def edits(self, message: Message | int, text: str) -> int:
        """Change an own message, or its caption; returns the update's number."""
        mine = self._mine(message)
        mine.raw["text" if "text" in mine.raw else "caption"] = text
        return self._edited(mine)

    async def replaces(
        self, message: Message | int, kind: str, *, name: str = "", content: bytes = b"local", mime: str = ""
    ) -> int:
        """Put another file into an own message; returns the update's number."""
        mine = self._mine(message)
        replacing.put(mine, kind, self._chats.files.media(kind, name, content, mime))
        return self._edited(mine)

    async def presses(self, title_or_data: str, message: Message | None = None) -> Press:
        """Press an inline button: of the newest message that has it, or of this one."""
        found = self._with_button(title_or_data, message)
        button = found.button(title_or_data)
        assert button
        return await self.presses_data(found, button.data)

    async def presses_data(self, message: Message | int, data: str) -> Press:
        """Press with any data at all, as a forged client can."""
        shown = message if isinstance(message, Message) else self._mine(message)
        number = f"{self.id}{len(self._chats.presses) + 1:06}{shown.id:04}"
        query = {
            "id": number,
            "from": self.user,
            "message": deepcopy(shown.raw),
            "chat_instance": f"-{self.id}",
            "data": data,
        }
        self._act()
        update = self._chats.updates.add("callback_query", query)
        press = self._chats.presses[number] = Press(number, self.id, update, time.monotonic())
        self._chats.changes.touch()
        return press

    async def taps(self, title: str) -> Message:
        """Use a button of the reply keyboard: it writes its title, or shares the own contact."""
        button = next((one for row in self.keyboard or [] for one in row if _same(title, one.text)), None)
        if not button:
            raise NotSeenError(f"{self.name or self.id} has no button {title!r} on the keyboard")
        return await (self.shares_contact() if button.contact else self.says(button.text))

    async def shares_contact(self, phone: str = "", *, own: bool = True, name: str = "") -> Message:
        """Share the own contact card, or somebody else's."""
        card: Json = {"phone_number": phone or self.phone, "first_name": name or self.name or "-"}
        return self._sends({"contact": {**card, "user_id": self.id} if own else card})

    async def sends(
        self,
        kind: str,
        *,
        caption: str = "",
        group: str = "",
        name: str = "",
        content: bytes = b"local",
        mime: str = "",
        reply_to: Message | int | None = None,
    ) -> Message:
        """Send a photo, document, voice, video, video_note, animation, audio, sticker, location; or any other
        kind, which then arrives as an object with nothing in it. Parts of an album share `group`.
        """
        body = self._chats.files.media(kind, name, content, mime) if kind in KINDS else {kind: {}}
        body = {"location": _LOCATION} if kind == "location" else body
        extras = {"caption": caption, "media_group_id": group}
        return self._sends({**body, **{k: v for k, v in extras.items() if v}, **self._quoting(reply_to)})

    async def speaks(self, language: str) -> None:
        """Set the app to another language; the bot hears of it with what comes next."""
        self.language = language
        self._chats.changes.touch()

    async def blocks(self) -> int:
        return self._member("kicked", blocked=True)

    async def unblocks(self) -> int:
        return self._member("member", blocked=False)

    async def loses_account(self) -> None:
        """Telegram deactivates the account; the bot hears of it when it writes."""
        self.deactivated = True
        self._chats.changes.touch()

    async def regains_account(self) -> None:
        self.deactivated = False
        self._chats.changes.touch()

    # What they see

    @property
    def last(self) -> Message:
        """The newest message in the chat, whoever wrote it."""
        return self.chat[-1]

    def message(self, number: int) -> Message | None:
        return next((one for one in reversed(self.chat) if one.id == number), None)

    async def sees(
        self,
        what: str | Callable[[Message], bool],
        timeout: float = 5.0,  # noqa: ASYNC109 - a story says how patient its people are
        *,
        since: Message | None = None,
    ) -> Message:
        """Wait for a message of the bot that holds these words, or of which this is true; the newest one.

        Only what came or changed after the person's last action counts, or after `since`. What takes no
        room in the text is not compared.
        """
        after = since.stamp if since else self._acted
        await self._chats.changes.until(lambda: self._found(what, after), timeout)
        if found := self._found(what, after):
            return found
        raise NotSeenError(
            f"{self.name or self.id} waited {timeout} s for {what!r}; the chat:\n{self._told()}"
        )

    async def sees_toast(self, text: str = "", timeout: float = 5.0) -> str:  # noqa: ASYNC109 - the same
        """Wait for a toast that holds these words."""
        if await self._chats.changes.until(lambda: any(text in toast for toast in self.toasts), timeout):
            return next(toast for toast in reversed(self.toasts) if text in toast)
        raise NotSeenError(f"{self.name or self.id} saw no toast {text!r}, only {self.toasts}")

    # How Telegram tells about them

    @property
    def user(self) -> Json:
        user = {"id": self.id, "is_bot": False, "first_name": self.name or "-"}
        return {**user, "language_code": self.language} if self.language else user

    @property
    def room(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.name or "-"}

    def as_json(self) -> Json:
        rows = [[button.as_json() for button in row] for row in self.keyboard or []]
        waiting = {update.number for update in self._chats.updates.waiting()}
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
            "typing": self.typing,
            "toasts": list(self.toasts),
            "keyboard": rows,
            "messages": [
                {**message.as_json(), "taken": message.update_id not in waiting} for message in self.chat
            ],
        }

    def _sends(self, content: Json) -> Message:
        message = self._puts(content)
        message.update_id = self._chats.updates.add("message", deepcopy(message.raw))
        return message

    def _puts(self, content: Json) -> Message:
        self._act()
        message = self._chats.new_message(self, content, from_bot=False)
        self._chats.show(self, message)
        self._acted = self._chats.changes.revision
        return message

    def _edited(self, mine: Message) -> int:
        mine.edited = self._chats.clock()
        mine.raw["edit_date"] = int(mine.edited.timestamp())
        self._act()
        self._chats.changed(mine)
        return self._chats.updates.add("edited_message", deepcopy(mine.raw))

    def _act(self) -> None:
        if self.blocked:
            raise RuntimeError("somebody who blocked the bot cannot write to it")
        if self.deactivated:
            raise RuntimeError("an account that is deactivated can do nothing")
        self.started = True
        self._acted = self._chats.changes.revision

    def _member(self, status: str, *, blocked: bool) -> int:
        old = {"user": self._chats.bot, "status": "kicked" if self.blocked else "member"}
        change = {"chat": self.room, "from": self.user, "date": int(self._chats.clock().timestamp())}
        new = {"user": self._chats.bot, "status": status} | ({"until_date": 0} if blocked else {})
        self.blocked, self.started = blocked, True
        self._chats.changes.touch()
        body = {**change, "old_chat_member": old, "new_chat_member": new}
        return self._chats.updates.add("my_chat_member", body)

    def _mine(self, message: Message | int) -> Message:
        found = message if isinstance(message, Message) else self.message(message)
        if found is None:
            raise NotSeenError(f"no message {message} in this chat")
        return found

    def _quoting(self, message: Message | int | None) -> Json:
        if message is None:
            return {}
        quoted = self._mine(message).raw
        return {"reply_to_message": {k: deepcopy(v) for k, v in quoted.items() if k != "reply_to_message"}}

    def _with_button(self, wanted: str, message: Message | None) -> Message:
        shown = [message] if message else reversed(self.chat)
        found = next((one for one in shown if one.button(wanted)), None)
        if found is None:
            raise NotSeenError(f"{self.name or self.id} has no button {wanted!r}; the chat:\n{self._told()}")
        return found

    def _found(self, what: str | Callable[[Message], bool], after: int) -> Message | None:
        fresh = (one for one in reversed(self.chat) if one.from_bot and one.stamp > after)
        return next((one for one in fresh if _matches(one, what)), None)

    def _told(self) -> str:
        lines = [f"  {'bot' if one.from_bot else 'me '} {one.id}: {one.text!r}" for one in self.chat]
        return "\n".join(lines) or "  (nothing)"


def _matches(message: Message, what: str | Callable[[Message], Any]) -> bool:
    if callable(what):
        return bool(what(message))
    return _bare(what) in _bare(message.text)


def _bare(text: str) -> str:
    return text.translate(_UNSEEN)


def _same(one: str, other: str) -> bool:
    return _bare(one).strip() == _bare(other).strip()
