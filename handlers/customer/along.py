"""Files that come with an answer or a command go where such words would, and nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.core import reference
from bot.core.told import NOTHING, Told
from handlers.customer import conversation
from handlers.customer.commands import (
    AddWords,
    AskCancelling,
    AskMeaning,
    AskRating,
    CancelTicket,
    ChooseLanguage,
    Comment,
    Escalate,
    LetRest,
    Rate,
    Reopen,
    ResumeFiling,
    ShowTicket,
    Solve,
    StartFiling,
    Thank,
    ThenRemind,
    Write,
)
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from handlers.ties import joined
from storage import tickets

FILING = "intake"

NAMING = ("cancelling", "escalation", "lookup")
"""Conversations that ask which request is meant, or whether one is."""


def holds_words(here: Open) -> bool:
    """Whether this conversation is about words that wait, and sees to them itself when it is over."""
    return here.flow.name in (*conversation.WAITING, FILING)


def waits(here: Open) -> bool:
    """Whether something is there that waits for its place: words, or files that came with a command.

    A request that is being written is set aside whole instead.
    """
    return here.flow.name != FILING and bool(here.draft.told)


def beside(talk: Talk, does: Callable[[], None]) -> None:
    """What a button of before does sets aside what is being asked, but not what waits for its place.

    That waits on, and is asked about below whatever it says or asks; what was asked of a ticket that goes on
    by that is over, and what waited there is put on the ticket.
    """
    here = conversation.opened(talk)
    if here is None or not waits(here):
        conversation.set_aside(talk)
        does()
        return
    conversation.leave(talk)
    does()
    if conversation.is_over(talk, here.place):
        conversation.carry_out(talk, _placed(here.draft.about, here.draft.told))
    else:
        conversation.return_to(talk, here.place)
        conversation.ask_again(talk)


def _placed(ticket: UUID | None, told: Told) -> object:
    return AddWords(ticket, told) if ticket else Write(told)


def is_written(here: Open) -> bool:
    """Whether something of the person's is being written there just now."""
    return here.flow.name == FILING or (holds_words(here) and here.draft.unsent)


def left_over(here: Open) -> Told:
    """What was kept beside the answers of a conversation that holds no words goes on when that is over."""
    return NOTHING if holds_words(here) else here.draft.told


def carry_out(talk: Talk, command: object, told: Told, asked_about: UUID | None = None) -> None:
    """Carry it out; what came with it goes to the ticket that it is about, or that was asked about.

    Where it only asks now which one that is, this waits for the answer.
    """
    taking = _taking(command, told) if told else command
    conversation.carry_out(talk, taking or command)
    if taking:
        return
    here, ticket = conversation.opened(talk), _about(talk, command) or asked_about
    if here and ticket is None and _names_one(talk, here):
        conversation.keep(talk, here, told)
    else:
        conversation.carry_out(talk, _placed(ticket, told))


def _names_one(talk: Talk, here: Open) -> bool:
    """Whether the answer to what is being asked tells which of several requests is meant."""
    return here.flow.name in NAMING and len(tickets.live_of_customer(talk.unit.tx, talk.customer.id, 2)) > 1


def _taking(command: object, told: Told) -> object | None:
    """The same command with these as well, if it takes words."""
    match command:
        case ThenRemind(what=what):
            inner = _taking(what, told)
            return ThenRemind(inner) if inner else None
        case AskMeaning(comment=said):
            return AskMeaning(replace(said, told=told + said.told))
        case Solve() | Reopen() | LetRest() | Thank() | CancelTicket() | Rate() | Comment():
            return replace(command, told=told + command.told)
        case StartFiling() | ResumeFiling() | ChooseLanguage() | Write() | AddWords():
            return replace(command, told=told + command.told)
        case _takes_none:
            return None


def _about(talk: Talk, command: object) -> UUID | None:
    """The person's own ticket that a command names."""
    match command:
        case AskRating(ticket=ticket):
            return ticket
        case ShowTicket(reference=named) | Escalate(reference=named) | AskCancelling(reference=named):
            read = reference.read(named)
            own = joined.own(talk.unit.tx, talk.customer.id, read) if isinstance(read, str) else None
            return own.id if own else None
        case _names_none:
            return None
