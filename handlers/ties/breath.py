"""What was said in one breath to all customers of an incident is taken back from all of them at once."""

from collections.abc import Callable, Iterator
from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.shown import Line
from bot.core.ticket import Fact
from handlers import amending, lines, unsent
from handlers.agent import answers, retold, sending
from handlers.agent.act import Act
from locales import ngettext
from storage import Tx, held, incidents, tickets, words
from storage.words import Words

SAID = frozenset({kinds.INFORMED, kinds.RESOLVED})
"""Facts that name an incident in their data where they belong to what was done to all of its tickets."""

SENT = SAID | {kinds.SENT_AGAIN}

Said = tuple[Act, Words]
UndoDeed = Callable[[Act, Words], None]


def offer_undo(act: Act, words_id: UUID) -> None:
    """One Undo for all of them, by the words to one."""
    sending.offer_undo(act, words_id, _to_all)


def _to_all(seconds: int) -> str:
    return ngettext(
        "This goes to the customers of this incident in {n} second.",
        "This goes to the customers of this incident in {n} seconds.",
        seconds,
    )


def tickets_of(tx: Tx, ticket_id: UUID, words_id: UUID) -> list[UUID]:
    """The tickets of the incident whose customers were told these words; none where they are other words."""
    told = saying(tx, ticket_id, words_id)
    return incidents.tied_to(tx, UUID(told.data["incident"])) if told else []


def take_back(act: Act, kept: Words, undo_deed: UndoDeed) -> bool:
    """Nobody gets it of those who were told at once and do not have it yet.

    False where that is nobody, and from nobody it had been taken back before.
    """
    messages: dict[UUID, list[Said]] = {}
    for there, said in _said_at_once(act, kept):
        one = there.ticket.customer_id if _is_news(there, said) else there.ticket.id
        messages.setdefault(one, []).append((there, said))
    doubted = [about for about in messages.values() if _in_doubt(about)]
    spared = [about for about in messages.values() if _spare(about, undo_deed, doubted=about in doubted)]
    others = [about for about in messages.values() if about not in spared]
    before = [about for about in others if _is_taken_back(about)]
    if spared or before:
        late = [about for about in others if _reached(about)]
        unsure = [about for about in spared if about in doubted]
        sure = [about for about in spared if about not in doubted]
        act.whisper(*_taken_back(*map(_customers, (sure, unsure, before, late))))
    return bool(spared or before)


def _is_news(act: Act, said: Words) -> bool:
    """Whether it was one message about all that the customer has here."""
    told = saying(act.unit.tx, act.ticket.id, said.id)
    return told is not None and told.kind == kinds.INFORMED


def _in_doubt(message: list[Said]) -> bool:
    return any(answers.in_doubt(there.unit, said.id) for there, said in message)


def _spare(message: list[Said], undo_deed: UndoDeed, *, doubted: bool) -> bool:
    """One message may be about all that a customer has here, what went elsewhere since, too."""
    act = message[0][0]
    row = next((row for _there, said in message if (row := held.unsent(act.unit.tx, said.id))), None)
    if row is None or not answers.withdraw_row(act.unit, row):
        return False
    copies = list(answers.kept_as(act, row))
    for there, said in copies:
        unsent.goes_back(there.unit, there.ticket, said, there.by)
        undo_deed(there, said)
    retold.taken_back(copies, doubted=doubted)
    return True


def _reached(message: list[Said]) -> bool:
    return any(amending.reached(there.unit, there.ticket, said.id) for there, said in message)


def _is_taken_back(message: list[Said]) -> bool:
    """Whether their customer does not get it already, for what happened to the ticket since."""
    facts = ((tickets.history(there.unit.tx, there.ticket.id), said.id) for there, said in message)
    return all(said in arrivals.taken_back(happened) for happened, said in facts)


def _customers(messages: list[list[Said]]) -> int:
    return len({there.ticket.customer_id for message in messages for there, _said in message})


def _taken_back(spared: int, doubted: int, before: int, told: int) -> Iterator[Line]:
    if spared:
        yield lines.text(
            ngettext(
                "Your words were taken back: {n} customer does not get them.",
                "Your words were taken back: {n} customers do not get them.",
                spared,
            )
        )
    if doubted:
        yield lines.text(
            ngettext(
                "Your words were taken back, but {n} customer may have them already: "
                "a backup was put back since.",
                "Your words were taken back, but {n} customers may have them already: "
                "a backup was put back since.",
                doubted,
            )
        )
    if before:
        yield lines.text(
            ngettext(
                "{n} customer does not get these words: they had been taken back before.",
                "{n} customers do not get these words: they had been taken back before.",
                before,
            )
        )
    if told:
        yield lines.text(ngettext("{n} customer has them already.", "{n} customers have them already.", told))


def _said_at_once(act: Act, kept: Words) -> Iterator[Said]:
    """What was said to the incident's customers in the same breath, ticket by ticket."""
    tx = act.unit.tx
    if saying(tx, act.ticket.id, kept.id) is None:
        return
    sent = _sent(tx, act.ticket.id)[kept.id]
    for ticket_id in dict.fromkeys((act.ticket.id, *tickets_of(tx, act.ticket.id, kept.id))):
        there = act.on(tickets.lock(tx, ticket_id))
        alike = [words_id for words_id, fact in _sent(tx, ticket_id).items() if same(fact, sent)]
        for said in (words.find_if_any(tx, there.ticket, words_id) for words_id in alike):
            if said:
                yield there, said


def _sent(tx: Tx, ticket_id: UUID) -> dict[UUID, Fact]:
    """How each of the ticket's words went out last: what was sent again was said in another breath."""
    sent = (fact for fact in tickets.history(tx, ticket_id) if fact.kind in SENT and "words" in fact.data)
    return {UUID(fact.data["words"]): fact for fact in sent}


def saying(tx: Tx, ticket_id: UUID, words_id: UUID) -> Fact | None:
    """That the ticket's customer was told these words with all others."""
    found = (fact for fact in tickets.history(tx, ticket_id) if fact.kind in SAID and "incident" in fact.data)
    return next((fact for fact in found if fact.data["words"] == str(words_id)), None)


def same(one: Fact, told: Fact) -> bool:
    """Whether both are about what was said in one breath."""
    alike = one.kind == told.kind and one.at == told.at and one.by == told.by
    return alike and one.data.get("incident") == told.data.get("incident")
