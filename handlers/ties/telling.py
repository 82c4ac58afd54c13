"""All customers of an incident are told, each once: an agent's words, so they answer each ticket."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Dialog
from bot.core.ticket import Status, Ticket
from handlers import incident_news, lines, offers, post, thread
from handlers.agent import sending
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.lines import SLOT
from handlers.ties import breath, joined, together
from handlers.ties import incidents as one_incident
from handlers.unsent import OF_SEVERAL
from locales import _, ngettext
from storage import tickets, words
from storage.words import Words


def _is_live(ticket: Ticket) -> bool:
    return ticket.status is not Status.CLOSED


def _ask_news(act: Act) -> Dialog | None:
    once = lines.text(_("Each customer reads it once, however many tickets they have here."))
    return together.dialog(act, "tell_all", _("Tell the customers"), _is_live, once)


def _tell(act: Act, values: Values) -> None:
    reached, others = together.reached(act, _is_live)
    written = together.written(act, values, tuple(together.by_language(act, reached)))
    if written is None:
        return
    incident = one_incident.of(act)
    of_customers: dict[UUID, list[Ticket]] = {}
    for one in reached:
        of_customers.setdefault(one.customer_id, []).append(tickets.lock(act.unit.tx, one.id))
    said = [_tell_one(act, theirs, written, str(incident.id)) for theirs in of_customers.values()]
    told = ngettext("{n} customer is told.", "{n} customers are told.", len(of_customers))
    act.whisper(lines.text(told), *one_incident.left_out(others))
    for first, words_id in list(zip(of_customers.values(), said, strict=True))[:1]:
        breath.offer_undo(act.on(first[0]), words_id)


def _tell_one(act: Act, theirs: Sequence[Ticket], written: dict[str, str], incident: str) -> UUID:
    """One message, about all that this customer has here; it is kept and shown with each. Tells the first."""
    unit, language = act.unit, together.language(act, theirs[0])
    text, about = written[language], {"incident": incident, "language": language}
    kept = [words.add(unit.tx, one, author=act.by, kind=OF_SEVERAL, text=text, at=unit.at) for one in theirs]
    for one, said in zip(theirs, kept, strict=True):
        fact = unit.fact(kinds.INFORMED, act.by, words=str(said.id), **about)
        tickets.record(unit.tx, one.id, fact)
        thread.announce(unit, one, act.agent.user, _announced, text, said=said.id)
    ids = [one.id for one in kept]
    incident_news.promise(unit, theirs, ids, text, language, sending.waits_until(unit))
    return kept[0].id


def tell_again(act: Act, kept: Words) -> None:
    """This customer alone, who was not reached: once more in one message, about all that is under way."""
    unit, others = act.unit, list(_copies(act, kept))
    for one, said in others:
        fact = unit.fact(kinds.SENT_AGAIN, act.by, words=str(said.id))
        post.show_card(unit, joined.stays(unit.tx, tickets.save(unit.tx, one, fact)))
        post.show_offers(unit, said.id)
    theirs = [act.ticket, *(one for one, _said in others)]
    copies = [kept.id, *(said.id for _one, said in others)]
    language = incident_news.language(unit, act.ticket, kept.id)
    incident_news.promise(unit, theirs, copies, kept.text, language, sending.waits_until(unit))
    sending.offer_undo(act, kept.id)


def _copies(act: Act, kept: Words) -> Iterator[tuple[Ticket, Words]]:
    """The same news with the customer's other tickets that go on here, where it has not arrived."""
    unit, ticket = act.unit, act.ticket
    for ticket_id, words_id in words.copies(unit.tx, ticket, kept):
        one = tickets.read(unit.tx, ticket_id)
        if one.address_id == ticket.address_id and joined.stays(unit.tx, one).unresolved:
            yield from ((one, said) for said in offers.undelivered(unit, one) if said.id == words_id)


def _announced() -> tuple[str, ...]:
    return (_("{agent} to all customers of this incident:", agent=SLOT),)


FORMS = {"tell_all": Form(_ask_news, _tell, upon=together.upon(_is_live), others=one_incident.all_tied)}
