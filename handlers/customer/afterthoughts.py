"""What comes of a changed message, beside that both versions are shown: it is a word, as a new message is."""

from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Status, Ticket
from handlers import post
from handlers.clock import above
from handlers.customer import amended, conversation, keeping, retelling, untold, whether
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from locales import _
from storage import tickets


def follow(talk: Talk, ticket: Ticket, words_id: UUID, *, thanks: bool) -> None:
    """It ends a snooze, answers the question that waits, or is asked about where work has ended.

    Whenever it was written, it is changed now: only what was changed before the solution is no word on it.

    `thanks`: it is nothing but that now.
    """
    if not ticket.unresolved:
        if not (thanks or untold.is_older(talk, ticket) or _is_asked(talk, ticket)):
            _ask(talk, ticket, words_id)
    elif ticket.status is Status.PENDING and not untold.crossed(talk, ticket):
        _answer(talk, ticket, words_id, thanks=thanks)
    elif ticket.snoozed:
        _wake(talk, ticket)


def _is_asked(talk: Talk, ticket: Ticket) -> bool:
    """Whether they are being asked already whether it helped."""
    here = conversation.opened(talk)
    return here is not None and isinstance(here.draft, whether.Still) and here.draft.ticket == ticket.id


def _ask(talk: Talk, ticket: Ticket, words_id: UUID) -> None:
    if keeping.can_reopen(talk, ticket):
        if ticket.status is Status.RESOLVED:
            ticket = keeping.let_move(talk, ticket, words_id, edited=True)
        whether.ask_whether_still(talk, ticket, amended.noted())


def _answer(talk: Talk, ticket: Ticket, words_id: UUID, *, thanks: bool) -> None:
    """Whichever message it was: whoever changes one when they are asked is not silent."""
    unit, before = talk.unit, retelling.known(talk.unit, ticket)
    moved = keeping.let_move(talk, ticket, words_id, thanks=thanks, edited=True)
    above.tell_holder(
        unit, moved, lambda: _("The ticket no longer waits for the customer: they changed a message.")
    )
    post.show_card(unit, moved)
    later = "\n".join(retelling.later(unit, moved, before))
    talk.say("\n\n".join(filter(None, (amended.noted(), later))), "receipt", ticket=moved)


def _wake(talk: Talk, ticket: Ticket) -> None:
    unit = talk.unit
    looked_at = replace(ticket, snoozed=False, touched_at=unit.at)
    woken = tickets.save(unit.tx, looked_at, unit.fact(kinds.WOKEN, CUSTOMER))
    above.tell_holder(
        unit, woken, lambda: _("The ticket is no longer snoozed: the customer changed a message.")
    )
    post.show_card(unit, woken)
