"""Free words find their ticket: the only one, the one that is chosen, or a new one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.core import assent, reference
from bot.core.flow import Done, Draft, Place, Turn
from bot.core.reference import Mistyped
from bot.core.thanks import is_thanks
from bot.core.ticket import CANCELLED, UNANSWERED, Status, Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers.customer import aftercare, buttons, conversation, hearing, keeping, latest, offering, sharing
from handlers.customer.commands import (
    AddWords,
    Between,
    GoBack,
    ListTickets,
    Reopen,
    ShowMenu,
    ShowTicket,
    StartFiling,
    Write,
)
from handlers.customer.offering import Offered
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known
from handlers.ties import joined
from locales import _, pgettext
from storage import tickets

MOST, KNOWN = 8, 200
"""How many tickets are offered as buttons, and how many more are known by their numbers."""

FILING = frozenset({"intake", "resume"})
"""Conversations about a request that is not sent yet."""


class Pending(Draft):
    """`told` waits for its ticket. `ended` is one that is over, and may be what it is about."""

    ended: UUID | None = None
    said_at: datetime | None = None


def live(talk: Talk, draft: Pending) -> tuple[Ticket, ...]:
    """The tickets that may be meant: those that still take words, or the one that is over."""
    if draft.ended:
        return (tickets.read(talk.unit.tx, draft.ended),)
    return _taking_words(talk, MOST)


def _offered(talk: Talk, draft: Pending) -> Offered:
    """The same, with those that are found by their number alone."""
    return offering.of(talk, live(talk, draft) if draft.ended else _taking_words(talk, KNOWN), MOST)


def _taking_words(talk: Talk, most: int) -> tuple[Ticket, ...]:
    found = tickets.live_of_customer(talk.unit.tx, talk.customer.id, most)
    return tuple(ticket for ticket in found if takes_words(talk, ticket))


def takes_words(talk: Talk, ticket: Ticket) -> bool:
    """Whether it is being worked on, or can be opened again."""
    return ticket.unresolved or keeping.can_reopen(talk, ticket)


whose = conversation.flow("whose", Pending, _offered)


@whose.step
def which(draft: Pending, offered: Offered) -> Turn:
    answer = yield Choose(
        offered.question(_("Which request is this about?")),
        (*offered.options, Option(key="new", title=_new(draft)), *buttons.ways()),
        called=offered.called,
        free=offered.more,
        quotes=draft.told.parts[-1].message if draft.told else "",
    )
    if answer.key == "new":
        return Done(_begin(draft))
    meant = answer.key or offered.called(answer.told.text)
    for chosen in offered.known:
        if chosen.reference == meant:
            add = AddWords(chosen.id, draft.told, draft.said_at)
            return Done(Between(draft.before, add) if draft.before else add)
    draft.told += answer.told
    return which


def _new(draft: Pending) -> str:
    if _is_begun(draft):
        return pgettext("button", "The new request")
    return pgettext("button", "New request")


def _begin(draft: Pending) -> object:
    """The new request that is being written already, or one that begins with this."""
    if draft.before and _is_begun(draft):
        return GoBack(draft.before, draft.told)
    begin = StartFiling(draft.told)
    return Between(draft.before, begin) if draft.before else begin


def _is_begun(draft: Pending) -> bool:
    return draft.before is not None and draft.before.flow in FILING


@whose.step
def offer(draft: Pending, offered: Offered) -> Turn:
    question = _("Shall we make a request of this? What you wrote is already filled in.")
    file = Option(key="file", title=pgettext("button", "Send a request"))
    ended = offered.known if draft.ended else ()
    about = tuple(Option(key="ended", title=_continue(ticket)) for ticket in ended)
    answer = yield Choose(
        question, (file, *about, buttons.no()), free=True, called=assent.readily("file", "no")
    )
    match answer.key:
        case "file":
            return Done(StartFiling(draft.told))
        case "ended":
            return Done(Reopen(ended[0].id, draft.told, draft.said_at))
        case "no":
            return Done(Write(answer.beside) if answer.beside else ShowMenu())
        case _more:
            return Done(Write(draft.told + answer.told))


def ask_meanwhile(talk: Talk, before: Place, ticket: Ticket, told: Told) -> None:
    """An agent wrote while something was being asked: are these for their ticket, or for what was asked?"""
    shown = reference.unbroken(ticket.reference)
    preface = _("Meanwhile the team wrote to you about your request {reference}.", reference=shown)
    conversation.leave(talk)
    draft = Pending(told=told, said_at=talk.unit.at, before=before)
    conversation.start(talk, which, draft, of=whose, preface=preface)


def _continue(ticket: Ticket) -> str:
    return pgettext("button", "Continue {reference}", reference=reference.show(ticket.reference))


def ask_whether_about(talk: Talk, ticket: Ticket, told: Told) -> None:
    """Words for a ticket that is over but can be opened again: that, or a new one?"""
    shown = reference.unbroken(ticket.reference)
    preface = _("Your request {reference} is closed.", reference=shown)
    draft = Pending(told=told, ended=ticket.id, said_at=talk.unit.at)
    conversation.start(talk, offer, draft, of=whose, preface=preface)


@conversation.does(Write)
def write(talk: Talk, command: Write) -> None:
    """Free words outside any conversation: never lost, and never put on a ticket by guessing."""
    told = command.told
    if _names_a_reference(talk, told) or sharing.answered(talk, told):
        return
    waiting = live(talk, Pending())
    if _answers_a_solution(talk, told, waiting):
        return
    if len(waiting) == 1:
        conversation.carry_out(talk, AddWords(waiting[0].id, told))
    elif is_thanks(told.text) and not told.files:
        talk.say(_("You are welcome. We are here whenever you need us."))
    elif waiting:
        conversation.start(talk, which, Pending(told=told, said_at=talk.unit.at), of=whose)
    else:
        draft = Pending(told=told, ended=_just_ended(talk), said_at=talk.unit.at)
        more = hearing.kept_beside() if len(told.parts) > 1 else ""
        conversation.start(talk, offer, draft, of=whose, preface=more)


def _just_ended(talk: Talk) -> UUID | None:
    """The ticket that was touched last, if it is over: what is said now may well be about it.

    One that ended without a solution (EDC-10, or cancelled) is offered only while it can be opened again.
    """
    for last in tickets.of_customer(talk.unit.tx, talk.customer.id, 1):
        if last.resolved_at or (last.outcome in {UNANSWERED, CANCELLED} and takes_words(talk, last)):
            return last.id
    return None


def _names_a_reference(talk: Talk, told: Told) -> bool:
    """A reference alone asks how the ticket stands; among other words it says whose they are."""
    read = reference.read(told.text) if not told.files else None
    several = reference.only(told.text) if not told.files else ()
    own = _own(talk, several or reference.find(told.text))
    if read is not None and (own or not _is_for_an_agent(talk, read)):
        answer = ShowTicket(read if isinstance(read, str) else told.text)
        conversation.carry_out(talk, answer)
    elif own and several:
        conversation.carry_out(talk, ListTickets(only=several))
    elif len(own) == 1:
        conversation.carry_out(talk, AddWords(own[0].id, told))
    else:
        return False
    return True


def _own(talk: Talk, references: Sequence[str]) -> list[Ticket]:
    """The person's own tickets of these numbers, each once."""
    found = [joined.own(talk.unit.tx, talk.customer.id, digits) for digits in references]
    return list({ticket.id: ticket for ticket in found if ticket is not None}.values())


def _is_for_an_agent(talk: Talk, read: str | Mistyped) -> bool:
    """Whether a number that is none of their own is likely to be said to an agent, and is words like any.

    One who waits for an answer, or has spoken last. A number of theirs with a slip in it is still a number.
    """
    known = [as_known(talk.unit.tx, ticket) for ticket in live(talk, Pending())]
    typed = read.digits if isinstance(read, Mistyped) else read
    if any(reference.is_near(typed, ticket.reference) for ticket in known):
        return False
    if any(ticket.status is Status.PENDING for ticket in known):
        return True
    last = latest.heard_since(talk)
    return last is not None and last.ticket.unresolved


def _answers_a_solution(talk: Talk, told: Told, waiting: Sequence[Ticket]) -> bool:
    """The answers under the only solution message that is still open may be typed, unless another ticket's
    agent spoke after it.
    """
    resolved = [one for one in waiting if as_known(talk.unit.tx, one).status is Status.RESOLVED]
    if len(resolved) != 1:
        return False
    last = latest.heard(talk) if len(waiting) > 1 else None
    return (last is None or last.ticket.id == resolved[0].id) and aftercare.answered(talk, resolved[0], told)
