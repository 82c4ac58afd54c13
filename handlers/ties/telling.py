"""All customers of an incident are told, each once.

Words to everybody answer nobody in particular: no clock of any ticket is met by them.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Line
from bot.core.ticket import Fact, Status, Ticket
from bot.core.words import Say
from handlers import lines, post, thread
from handlers.agent import answers, sending
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.lines import SLOT
from handlers.ties import incidents as one_incident
from handlers.ties import together
from handlers.unsent import OF_SEVERAL
from locales import _, listed, ngettext
from storage import Tx, incidents, tickets, words
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
    said = [
        _tell_one(act, theirs, written[together.language(act, theirs[0])], str(incident.id))
        for theirs in of_customers.values()
    ]
    told = ngettext("{n} customer is told.", "{n} customers are told.", len(of_customers))
    act.whisper(lines.text(told), *one_incident.left_out(others))
    for first, words_id in list(zip(of_customers.values(), said, strict=True))[:1]:
        sending.offer_undo(act.on(first[0]), words_id, _to_all)


def _to_all(seconds: int) -> str:
    return ngettext(
        "This goes to the customers of this incident in {n} second.",
        "This goes to the customers of this incident in {n} seconds.",
        seconds,
    )


def _tell_one(act: Act, theirs: Sequence[Ticket], text: str, incident: str) -> UUID:
    """One message, about all that this customer has here; it is kept and shown with each. Tells the first."""
    unit = act.unit
    kept = [words.add(unit.tx, one, author=act.by, kind=OF_SEVERAL, text=text, at=unit.at) for one in theirs]
    for one, said in zip(theirs, kept, strict=True):
        fact = unit.fact(kinds.INFORMED, act.by, incident=incident, words=str(said.id))
        tickets.record(unit.tx, one.id, fact)
        thread.announce(unit, one, act.agent.user, _announced, text, said=said.id)
    with post.speaking_to_customer(unit, theirs[0]):
        say = Say(text=_news(theirs, text))
    post.to_ticket_customer(
        unit,
        theirs[0],
        say,
        "incident",
        words_id=kept[0].id,
        not_before=sending.waits_until(unit),
        copies=[one.id for one in kept[1:]],
    )
    return kept[0].id


def _announced() -> tuple[str, ...]:
    return (_("{agent} to all customers of this incident:", agent=SLOT),)


def _news(theirs: Sequence[Ticket], text: str) -> str:
    shown = listed([reference.unbroken(one.reference) for one in theirs])
    heading = ngettext(
        "About your request {references}:", "About your requests {references}:", len(theirs), references=shown
    )
    return f"{heading}\n\n{text}"


# Taken back together


def told_with(tx: Tx, ticket_id: UUID, words_id: UUID) -> list[UUID]:
    """The tickets of the incident whose customers were told these words; none where they are other words."""
    told = _telling(tx, ticket_id, words_id)
    return incidents.tied_to(tx, UUID(told.data["incident"])) if told else []


def take_back(act: Act, kept: Words) -> bool:
    """Nobody gets it of those who were told at once and do not have it yet. False where all have it."""
    reached: dict[UUID, list[tuple[Act, Words]]] = {}
    for there, said in _said_at_once(act, kept):
        reached.setdefault(there.ticket.customer_id, []).append((there, said))
    spared = [theirs for theirs in reached.values() if _spare(theirs)]
    if spared:
        act.whisper(*_taken_back(len(spared), len(reached) - len(spared)))
    return bool(spared)


def _spare(theirs: list[tuple[Act, Words]]) -> bool:
    """One message waits for all that a customer has here."""
    if not any(answers.withdraw(there.unit, said.id) for there, said in theirs):
        return False
    for there, said in theirs:
        answers.stays_here(there, said)
        answers.announce_taken_back(there, said)
    return True


def _taken_back(spared: int, told: int) -> Iterator[Line]:
    yield lines.text(
        ngettext(
            "Your words were taken back: {n} customer does not get them.",
            "Your words were taken back: {n} customers do not get them.",
            spared,
        )
    )
    if told:
        yield lines.text(ngettext("{n} customer has them already.", "{n} customers have them already.", told))


def _said_at_once(act: Act, kept: Words) -> Iterator[tuple[Act, Words]]:
    """What was said to the incident's customers in the same breath, ticket by ticket."""
    tx, told = act.unit.tx, _telling(act.unit.tx, act.ticket.id, kept.id)
    known = dict.fromkeys((act.ticket.id, *told_with(tx, act.ticket.id, kept.id))) if told else {}
    for ticket_id in known:
        there = act.on(tickets.lock(tx, ticket_id))
        same = [fact for fact in tickets.history(tx, ticket_id) if told and _same(fact, told)]
        for said in (words.find_if_any(tx, there.ticket, UUID(fact.data["words"])) for fact in same):
            if said and there.may_act:
                yield there, said


def _telling(tx: Tx, ticket_id: UUID, words_id: UUID) -> Fact | None:
    """That the ticket's customer was told these words with all others."""
    told = (fact for fact in tickets.history(tx, ticket_id) if fact.kind == kinds.INFORMED)
    return next((fact for fact in told if fact.data["words"] == str(words_id)), None)


def _same(one: Fact, told: Fact) -> bool:
    alike = one.kind == told.kind and one.at == told.at and one.by == told.by
    return alike and one.data["incident"] == told.data["incident"]


FORMS = {"tell_all": Form(_ask_news, _tell, upon=together.upon(_is_live), others=one_incident.all_tied)}
