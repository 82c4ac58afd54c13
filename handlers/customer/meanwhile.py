"""An agent spoke while something was being written: what is typed then is for the one or for the other."""

from bot.core import text
from bot.core.answering import names
from bot.core.flow import Place
from bot.core.heard import Pressed, Said, Shared
from bot.core.ticket import Status, Ticket
from bot.core.told import Part, Told
from handlers.customer import (
    buttons,
    conversation,
    hearing,
    keeping,
    later,
    latest,
    resume,
    verdict,
    whose,
)
from handlers.customer.commands import AddWords, Between, GoBack, Write
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from storage import places


def heard(talk: Talk, said: Said) -> bool:
    """Whether this may be for what an agent has said since the open question: then it is asked about."""
    last = latest.interrupts(talk)
    here = conversation.opened(talk) if last else None
    if last is None or here is None or _leads(talk, here, said):
        return False
    told = Told.by(said)
    if here.draft.before:
        here.draft.said_at = talk.unit.at
        hearing.keep_beside(talk, here, told)
    elif answer := _plain_answer(talk, last.ticket, told):
        conversation.carry_out(talk, Between(here.place, answer))
    else:
        whose.ask_meanwhile(talk, here.place, last.ticket, told)
    return True


def _leads(talk: Talk, here: Open, said: Said) -> bool:
    """The way back, and the answer which request words are about, by its number or name."""
    if names(said.text, buttons.back()):
        return True
    named = here.flow is whose.whose and text.number(said.text) is None
    return named and hearing.chooses(talk, said)


def _plain_answer(talk: Talk, ticket: Ticket, told: Told) -> object | None:
    """Thanks, and what says in words whether it is solved, can be for nothing but the agent."""
    if keeping.only_thanks(told):
        return AddWords(ticket.id, told)
    in_words = ticket.status is Status.RESOLVED and text.number(told.text) is None
    return verdict.typed(talk, ticket, told) if in_words else None


# What was asked before, while it is asked about


def chosen_before(talk: Talk, what: Pressed | Shared) -> bool:
    """It can still be answered by its own buttons; the words that wait wait on, and are asked about again."""
    here = conversation.opened(talk)
    before = here.draft.before if here and here.flow is whose.whose else None
    if here is None or before is None or not _answers(talk, before, what):
        return False
    conversation.return_to(talk, before)
    hearing.hear(talk, _at_its_turn(talk, what))
    there = conversation.opened(talk)
    here.draft.before = there.place if there and there.flow.name in latest.WRITING else None
    conversation.leave(talk)
    conversation.start(talk, whose.which, here.draft, of=whose.whose)
    return True


def _answers(talk: Talk, before: Place, what: Pressed | Shared) -> bool:
    if isinstance(what, Shared):
        return hearing.asks_for_line(conversation.at(talk, before))
    turn, _, key = what.data.partition(":")
    return turn == str(before.turn) and key in before.asked


def _at_its_turn(talk: Talk, what: Pressed | Shared) -> Pressed | Shared:
    if isinstance(what, Shared):
        return what
    turn, key = places.standing(talk.unit.tx, talk.address).turn, what.data.partition(":")[2]
    return what.model_copy(update={"data": f"{turn}:{key}"})


# Afterwards


@conversation.does(Between)
def between(talk: Talk, command: Between) -> None:
    """A request that is being filled in waits on the shelf, to be offered again after all else."""
    tx, address = talk.unit.tx, talk.address
    conversation.return_to(talk, command.before)
    if command.before.flow == resume.INTAKE:
        places.shelve(tx, address, talk.unit.now)
    before = places.standing(tx, address).place
    conversation.carry_out(talk, command.what)
    if places.standing(tx, address).place != before:
        return
    if going_on := before or places.unshelve(tx, address, talk.unit.now):
        conversation.carry_out(talk, GoBack(going_on))


@conversation.does(GoBack)
def go_back(talk: Talk, command: GoBack) -> None:
    """The first message answers, as it would have then; what came with it is kept beside."""
    conversation.return_to(talk, command.before)
    if not command.told:
        conversation.ask_again(talk)
        return
    first, *more = command.told.parts
    _hear(talk, first)
    here = conversation.opened(talk)
    if more and here and here.flow.name in whose.FILING:
        later.keep(talk, here, Told(parts=tuple(more)))
    elif more:
        conversation.carry_out(talk, Write(Told(parts=tuple(more))))


def _hear(talk: Talk, part: Part) -> None:
    said = Said(message=part.message, text=part.text, files=part.files, group=part.group)
    hearing.hear(talk.hearing(said), said)
