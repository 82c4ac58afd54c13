"""An agent spoke while something was being written: what is typed then is for the one or for the other."""

from bot.core import text
from bot.core.answering import Spoken, names
from bot.core.flow import Go, Place
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
    if here.flow is whose.whose and here.draft.before:
        here.draft.said_at = talk.unit.at
        hearing.keep_beside(talk, here, told)
    elif answer := _plain_answer(talk, here, last.ticket, told):
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


def _plain_answer(talk: Talk, here: Open, ticket: Ticket, told: Told) -> object | None:
    """Thanks, and what says in words whether it is solved, can be for nothing but the agent; nor can anything
    where the open question is about the same request.
    """
    is_same = here.draft.about == ticket.id
    if keeping.only_thanks(told):
        return AddWords(ticket.id, told)
    in_words = ticket.status is Status.RESOLVED and (is_same or text.number(told.text) is None)
    answer = verdict.typed(talk, ticket, told) if in_words else None
    return answer or (AddWords(ticket.id, told, talk.unit.at) if is_same else None)


# What was asked before, while it is asked about


def answered_beneath(talk: Talk, what: Spoken) -> bool:
    """It can still be answered by its own buttons, or by a platform reply to it.

    The words that wait wait on, and are asked about again.
    """
    here = conversation.opened(talk)
    before = here.draft.before if here and here.flow is whose.whose else None
    if here is None or before is None or not _answers(talk, before, what):
        return False
    conversation.return_to(talk, before)
    hearing.hear(talk, at_its_turn(talk, what))
    _ask_about(talk, here)
    return True


def _answers(talk: Talk, before: Place, what: Spoken) -> bool:
    match what:
        case Pressed(data=data):
            turn, _, key = data.partition(":")
            there = turn == str(before.turn) and key in before.asked
        case Shared():
            there = hearing.asks_for_line(conversation.at(talk, before))
        case Said(reply_to=reply_to):
            about = keeping.about(talk, reply_to) if reply_to else None
            there = about is not None and str(about.row) == before.row
        case _unreadable:
            there = False
    return there and not conversation.is_over(talk, before)


def at_its_turn(talk: Talk, what: Spoken) -> Spoken:
    """A press as if it were under the question as it was asked last."""
    if not isinstance(what, Pressed):
        return what
    turn, key = places.standing(talk.unit.tx, talk.address).turn, what.data.partition(":")[2]
    return what.model_copy(update={"data": f"{turn}:{key}"})


def _ask_about(talk: Talk, waiting: Open, preface: str = "") -> None:
    """Which request the words that wait are about, and afterwards what is being asked now."""
    there = conversation.opened(talk)
    waiting.draft.before = there.place if there and there.flow.name not in latest.BROWSING else None
    conversation.leave(talk)
    go = Go(waiting.place.step, waiting.place.at)
    conversation.start(talk, go, waiting.draft, of=whose.whose, preface=preface)


# Afterwards


@conversation.does(Between)
def between(talk: Talk, command: Between) -> None:
    """A request that is being filled in waits on the shelf, to be offered again after all else.

    Other words that wait for their ticket are asked about again, whatever is asked now.
    """
    tx, address = talk.unit.tx, talk.address
    conversation.return_to(talk, command.before)
    waiting = conversation.opened(talk) if command.before.flow == whose.whose.name else None
    if command.before.flow == resume.INTAKE:
        places.shelve(tx, address, talk.unit.now)
    elif waiting:
        conversation.leave(talk)
    before = places.standing(tx, address).place
    conversation.carry_out(talk, command.what)
    if waiting:
        _ask_about(talk, waiting)
    elif places.standing(tx, address).place != before:
        return
    elif going_on := before or places.unshelve(tx, address, talk.unit.now):
        conversation.carry_out(talk, GoBack(going_on))


@conversation.does(GoBack)
def go_back(talk: Talk, command: GoBack) -> None:
    """The first message answers, as it would have then; what is no answer is kept beside, if it fits."""
    conversation.return_to(talk, command.before)
    here = conversation.opened(talk)
    if here is None or not command.told:
        conversation.ask_again(talk)
        return
    told = command.told
    first, more = _said(told.parts[0]), Told(parts=told.parts[1:])
    beside = more if hearing.expects(talk, first) else told
    if beside and not here.draft.has_room_for(beside):
        waiting = whose.Pending(told=told, said_at=talk.unit.at, before=here.place)
        conversation.leave(talk)
        conversation.start(talk, whose.which, waiting, of=whose.whose, preface=hearing.no_room())
    elif hearing.takes(talk, first):
        _hear(talk, first, more)
    else:
        hearing.keep_beside(talk, here, told)


def _hear(talk: Talk, said: Said, beside: Told) -> None:
    hearing.hear(talk.hearing(said), said)
    here = conversation.opened(talk)
    if beside and here and here.flow.name in whose.FILING:
        later.keep(talk, here, beside)
    elif beside:
        conversation.carry_out(talk, Write(beside))


def _said(part: Part) -> Said:
    return Said(message=part.message, text=part.text, files=part.files, group=part.group)
