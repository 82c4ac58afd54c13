"""A bare number under the menu or a status, while an agent waits for an answer: it may be that answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import model_validator

from bot.core import reference, text
from bot.core.flow import Done, Draft, LostError, Turn
from bot.core.heard import Said
from bot.core.ticket import Status, Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers.customer import buttons, conversation, hearing, latest, untold, whose
from handlers.customer.commands import AddWords, GoBack, Write
from handlers.customer.conversation import Open
from handlers.customer.menu import menu
from handlers.customer.progress import progress
from handlers.customer.talk import Talk
from locales import _
from storage import tickets


class Number(Draft):
    """`told` may be for the `ticket` that waits, or choose something in what was open `before`."""

    ticket: UUID
    said_at: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_it_was_kept_once(cls, stored: Any) -> Any:
        """An earlier version kept the number as `said`, beside what is `told`."""
        if not isinstance(stored, dict) or "said" not in stored:
            return stored
        said, told = (Told.model_validate(stored.get(name, {})) for name in ("said", "told"))
        return {**stored, "told": said + told}

    @property
    def about(self) -> UUID | None:
        return self.ticket

    @property
    def number(self) -> int | None:
        """None where an edit has made words of it."""
        return text.number(self.told.parts[0].text) if self.told else None


@dataclass(frozen=True, slots=True)
class View:
    """The ticket that waits, and what the number chooses otherwise."""

    ticket: Ticket
    choice: Option


def look(talk: Talk, draft: Number) -> View:
    return View(tickets.read(talk.unit.tx, draft.ticket), _choice(talk, draft))


def _choice(talk: Talk, draft: Number) -> Option:
    """By its own title; where it is not offered any more, it is a no."""
    number, no = draft.number or 0, buttons.no()
    there = conversation.at(talk, draft.before)
    if there is None or not 0 < number <= len(there.place.asked):
        return no
    try:
        options = there.asked(there.place.turn).question.options
    except LostError:
        return no
    chosen = (option.title for option in options if option.key == there.place.asked[number - 1])
    return no.model_copy(update={"title": next(chosen, no.title)})


numbered = conversation.flow("numbered", Number, look)


@numbered.step
def meant(draft: Number, view: View) -> Turn:
    """The same number once more says nothing new."""
    asked = _(
        "Is this your answer to what the team asked about your request {reference}?",
        reference=reference.unbroken(view.ticket.reference),
    )
    answer = yield Choose(
        asked,
        (buttons.yes(), view.choice),
        free=True,
        beside=lambda typed: _is_again(draft, typed),
        quotes=draft.told.parts[-1].message if draft.told else "",
    )
    if answer.key == "yes":
        return Done(AddWords(draft.ticket, draft.told, draft.said_at))
    if answer.key == "no" and draft.before:
        return Done(GoBack(draft.before, draft.told))
    if _is_again(draft, answer.text) and not answer.told.files:
        return meant
    return Done(Write(draft.told + answer.told))


def _is_again(draft: Number, typed: str) -> bool:
    return draft.number is not None and text.number(typed) == draft.number


def heard(talk: Talk, said: Said) -> bool:
    """A status of the ticket that waits leaves no doubt; anywhere else they are asked."""
    here = conversation.opened(talk)
    if here is None or not _chooses_by_number(talk, here, said) or latest.overtakes(talk):
        return False
    waiting = _waiting(talk)
    if here.flow is progress and here.draft.ticket in {ticket.id for ticket in waiting}:
        conversation.leave(talk)
        conversation.carry_out(talk, AddWords(here.draft.ticket, Told.by(said)))
    elif waiting:
        _ask(talk, here, waiting[0], said)
    return bool(waiting)


def _chooses_by_number(talk: Talk, here: Open, said: Said) -> bool:
    is_bare = text.number(said.text) is not None and not said.files
    return here.flow in (menu, progress) and is_bare and hearing.chooses(talk, said)


def _waiting(talk: Talk) -> list[Ticket]:
    """Those with a question that had come when this was typed."""
    known = (untold.as_known(talk.unit.tx, ticket) for ticket in whose.live(talk, whose.Pending()))
    return [
        ticket for ticket in known if ticket.status is Status.PENDING and not untold.crossed(talk, ticket)
    ]


def _ask(talk: Talk, here: Open, ticket: Ticket, said: Said) -> None:
    conversation.leave(talk)
    draft = Number(ticket=ticket.id, told=Told.by(said), said_at=talk.unit.at, before=here.place)
    conversation.start(talk, meant, draft, of=numbered)
