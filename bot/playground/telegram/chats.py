"""The state of one bot's private chats."""

import time
from collections.abc import Callable
from datetime import datetime

from bot.playground.telegram.changes import Changes
from bot.playground.telegram.files import Files
from bot.playground.telegram.groups import Group
from bot.playground.telegram.messages import Json, Message, Press
from bot.playground.telegram.people import Person
from bot.playground.telegram.rates import Rates
from bot.playground.telegram.updates import Updates

_FIRST_PERSON = 5_000_001


class Chats:
    """People, their messages and presses, and the updates that tell the bot about them."""

    def __init__(self, bot: Json, clock: Callable[[], datetime], press_lifetime: float) -> None:
        self.bot = bot
        self.clock = clock
        self.changes = Changes()
        self.updates = Updates(self.changes.touch)
        self.files = Files()
        self.rates = Rates()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.presses: dict[str, Press] = {}
        self._press_lifetime = press_lifetime
        self._next_message = 1

    def person(self, id: int | None, name: str, language: str, phone: str) -> Person:  # noqa: A002 - their word
        number = id or _FIRST_PERSON + len(self.people)
        if number not in self.people:
            self.people[number] = Person(self, number, name, language, phone or f"+9665{number % 10**8:08}")
            self.changes.touch()
        return self.people[number]

    def new_message(self, person: Person, content: Json, *, from_bot: bool) -> Message:
        """A message with the next number, dated now; not shown yet."""
        at = self.clock()
        envelope = {
            "message_id": self._next_message,
            "from": self.bot if from_bot else person.user,
            "chat": person.room,
            "date": int(at.timestamp()),
        }
        self._next_message += 1
        return Message({**envelope, **content}, from_bot=from_bot, at=at)

    def show(self, person: Person, message: Message) -> None:
        person.chat.append(message)
        self.changed(message)

    def changed(self, message: Message) -> None:
        message.stamp = self.changes.revision + 1
        self.changes.touch()

    def live_press(self, number: str) -> Press | None:
        press = self.presses.get(number)
        return press if press and time.monotonic() - press.since < self._press_lifetime else None

    def expire_presses(self) -> None:
        """Make every press too old to be answered, as it is after a while."""
        self.presses.clear()
