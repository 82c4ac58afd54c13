"""A talk with one customer: who speaks, where they are, and what they said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.core.heard import Incoming, Pressed, Said
from bot.core.now import Settled, Toast
from bot.core.ticket import Ticket
from bot.core.words import Option, Say
from handlers import post
from handlers.unit import Unit
from storage import places
from storage.people import Address, Customer

STALE_AFTER = timedelta(days=1)
"""A question that was asked longer ago is not what the person has in mind."""

GRACE = timedelta(seconds=1)
"""Platforms tell whole seconds: words of the second in which something arrived may be an answer to it."""


@dataclass(slots=True)
class Talk:
    unit: Unit
    address: Address
    customer: Customer
    heard: Incoming
    is_new: bool = False

    def say(
        self,
        text: str,
        purpose: str = "word",
        *,
        options: tuple[Option, ...] = (),
        ticket: Ticket | None = None,
        quotes: str = "",
        words_id: UUID | None = None,
        not_before: datetime | None = None,
    ) -> UUID:
        """Promise words to the person, as an answer to their message `quotes` if there is one."""
        folds = places.folds(self.unit.tx, self.address)
        say = Say(text=text, options=options, reply_to=quotes, folds=folds)
        return post.to_customer(
            self.unit,
            self.address,
            say,
            purpose,
            ticket=ticket,
            words_id=words_id,
            not_before=not_before,
        )

    def spoke_before(self, accepted_at: datetime, said_at: datetime | None = None) -> bool:
        """Whether this was written, or what was said at `said_at`, before that could be read."""
        return (said_at or self.unit.at) + GRACE < accepted_at

    def hearing(self, said: Said) -> "Talk":
        """The same as if these words had been heard."""
        return replace(self, heard=self.heard.model_copy(update={"what": said}))

    def toast(self, text: str = "") -> None:
        """End the waiting sign of a pressed button, with a short word over the chat if there is one."""
        if isinstance(self.heard.what, Pressed):
            self.unit.nows.append(Toast(press=self.heard.what.press, text=text))

    def settle_buttons(self) -> None:
        """The pressed question is answered: its buttons go."""
        what = self.heard.what
        if isinstance(what, Pressed) and what.message:
            self.unit.nows.append(Settled(chat=self.address.chat, message=what.message))

    def speaks(self, language: str) -> None:
        self.customer = replace(self.customer, language=language, language_chosen=True)
