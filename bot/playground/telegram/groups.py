"""Group chats that the bot was added to: it hears commands, replies to it, and its own coming and going.

That is Telegram's privacy mode, which is on unless somebody turned it off.
"""

from typing import TYPE_CHECKING

from bot.playground.telegram.messages import Json, Message
from bot.playground.telegram.people import Person

if TYPE_CHECKING:
    from bot.playground.telegram.chats import Chats

_FIRST = -1_001_000_000_001


class Group:
    """One group, in which people speak and the bot may answer."""

    def __init__(self, chats: "Chats", number: int, title: str) -> None:
        self._chats = chats
        self.id = number
        self.room: Json = {"id": number, "type": "supergroup", "title": title}
        self.chat: list[Message] = []
        self.has_bot = False

    async def says(self, person: Person, text: str, reply_to: Message | None = None) -> None:
        """Somebody writes; the bot hears of it what privacy mode lets through."""
        quoted = {"reply_to_message": reply_to.raw} if reply_to else {}
        message = self._chats.new_message(person, {"text": text, "chat": self.room, **quoted}, from_bot=False)
        self._show(message)
        if text.startswith("/") or (reply_to and reply_to.from_bot):
            self._chats.updates.add("message", message.raw)

    async def adds_bot(self, by: Person) -> None:
        self.has_bot = True
        self._changes(by, "left", "member")

    async def removes_bot(self, by: Person) -> None:
        self.has_bot = False
        self._changes(by, "member", "left")

    def as_json(self) -> list[Json]:
        """What is seen there."""
        return [{**message.as_json(), "taken": True} for message in self.chat]

    def take(self, content: Json) -> Message:
        """What the bot says."""
        somebody = next(iter(self._chats.people.values()))
        message = self._chats.new_message(somebody, {**content, "chat": self.room}, from_bot=True)
        self._show(message)
        return message

    def _changes(self, by: Person, before: str, now: str) -> None:
        bot = self._chats.bot
        change = {
            "chat": self.room,
            "from": by.user,
            "date": int(self._chats.clock().timestamp()),
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": now},
        }
        self._chats.updates.add("my_chat_member", change)

    def _show(self, message: Message) -> None:
        self.chat.append(message)
        self._chats.changed(message)


def make(chats: "Chats", title: str) -> Group:
    group = Group(chats, _FIRST - len(chats.groups), title)
    chats.groups[group.id] = group
    return group
