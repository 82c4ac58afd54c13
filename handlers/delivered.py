"""The outbox asks where a row goes and what it shows, and tells what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core.heard import Thread
from bot.core.outcome import Closed, Failed, Sent
from bot.core.ticket import Ticket
from handlers import cards, post, thread
from handlers.unit import Office, Unit
from locales import _
from storage import Tx, people, tickets
from storage.leases import Addressed, NotYetError, Promised, Result
from storage.outbox import ToAgent, ToChannel, ToCustomer, ToThread

ANSWERS = ("reply", "ask", "solution")
"""Rows that carry an agent's words, so that the desk must know what became of them."""


def address(tx: Tx, office: Office, row: Promised) -> Addressed | None:
    """Resolve a row's target; None when nobody wants it any more. Raises NotYetError."""
    match row.target:
        case ToCustomer(address=address_id):
            return Addressed(people.address(tx, address_id).chat, row.what) if row.what else None
        case ToThread(ticket=ticket_id) if row.kind == "show":
            return _card(tx, office, ticket_id)
        case ToThread(ticket=ticket_id):
            return _in_thread(tx, ticket_id, row)
        case ToAgent(user=chat) | ToChannel(channel=chat):
            return Addressed(chat, row.what) if row.what else None


def _card(tx: Tx, office: Office, ticket_id: UUID) -> Addressed:
    ticket = tickets.read(tx, ticket_id)
    drawn = cards.draw(tx, office, ticket)
    placed = tickets.thread(tx, ticket_id)
    if placed:
        return Addressed(placed.channel, drawn, replaces=placed.ts)
    return Addressed(office.desk.queues[ticket.queue].channel, drawn)


def _in_thread(tx: Tx, ticket_id: UUID, row: Promised) -> Addressed | None:
    placed = tickets.thread(tx, ticket_id)
    if placed is None:
        raise NotYetError(f"ticket {ticket_id} has no thread")
    return Addressed(placed.channel, row.what, thread=placed.ts) if row.what else None


def settled(tx: Tx, office: Office, row: Promised, result: Result, chat: str, now: datetime) -> None:
    """What follows from a delivery: facts, the ticket's thread, and a word to the agents when it failed."""
    unit = Unit(tx, office, now, now)
    if row.kind == "show" and row.ticket_id:
        _card_settled(unit, row.ticket_id, result, chat)
    elif isinstance(row.target, ToCustomer):
        _customer_settled(unit, row, row.target, result)


def _card_settled(unit: Unit, ticket_id: UUID, result: Result, chat: str) -> None:
    ticket = tickets.lock(unit.tx, ticket_id)
    placed = tickets.thread(unit.tx, ticket_id)
    if isinstance(result, Sent) and placed is None:
        tickets.put_thread(unit.tx, ticket_id, Thread(channel=chat, ts=result.ids[0]), unit.at)
    elif isinstance(result, Closed) and result.why == "card_gone":
        tickets.lose_thread(unit.tx, ticket_id)
        post.show_card(unit, ticket)


def _customer_settled(unit: Unit, row: Promised, target: ToCustomer, result: Result) -> None:
    if isinstance(result, Closed):
        people.set_open(unit.tx, target.address, is_open=False)
    if row.ticket_id is None or row.purpose not in ANSWERS:
        return
    ticket = tickets.lock(unit.tx, row.ticket_id)
    if isinstance(result, Sent):
        _delivered(unit, ticket, row, result)
    else:
        _undelivered(unit, ticket, row, result)


def _delivered(unit: Unit, ticket: Ticket, row: Promised, sent: Sent) -> None:
    """The channel accepted an agent's words; the window to reopen counts from a solution's acceptance."""
    fact = unit.fact("delivered", words=str(row.words_id), purpose=row.purpose, accepted_at=str(sent.at))
    if row.purpose == "solution" and row.cycle == ticket.cycle and not ticket.unresolved:
        ticket = replace(ticket, solution_at=sent.at)
    post.show_card(unit, tickets.save(unit.tx, ticket, fact))


def _undelivered(unit: Unit, ticket: Ticket, row: Promised, result: Failed | Closed) -> None:
    fact = unit.fact("undelivered", words=str(row.words_id), purpose=row.purpose, why=result.why)
    saved = tickets.save(unit.tx, ticket, fact)
    thread.tell(unit, saved, _why_not(result), "failure")
    post.show_card(unit, saved)


def _why_not(result: Failed | Closed) -> Callable[[], str]:
    if isinstance(result, Failed):
        return lambda: _("The last words did not reach the customer: the channel refused them.")
    if result.why == "blocked":
        return lambda: _("The last words did not reach the customer: they have blocked us.")
    return lambda: _("The last words did not reach the customer: their chat is gone.")
