"""What a customer's silence leads to, and when: after a question, after a solution, and after the closing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from bot.core import facts as kinds
from bot.core.calendar import Calendar
from bot.core.civil import civil
from bot.core.ledger import Answer, Ledger, moment, wants_answer
from bot.core.policy.rules import Unanswered
from bot.core.spells import Spell
from bot.core.ticket import Fact, Status
from bot.core.wakes import Wake, reminder_at

PENDING, RESOLVED, CLOSED, SNOOZED = "pending", "resolved", "closed", "snoozed"
"""What a silence is about: targets of its own, beside those of the clocks."""

OFFER, END, LAPSE, TOLD, SURVEY, WAKE = "offer", "end", "lapse", "told", "survey", "wake"


@dataclass(frozen=True, slots=True)
class Question:
    """The question that waits for an answer, since the channel accepted it; `cycle` numbers all questions."""

    cycle: int
    since: datetime
    words: str


def open_question(ledger: Ledger) -> Question | None:
    """The last question that reached the customer, if nothing has ended the waiting.

    None while a later one is on its way: with it the waiting starts anew.
    """
    spell = ledger.spells[-1] if ledger.spells else None
    if spell is None or spell.status != "pending" or spell.until:
        return None
    asked = [answer for answer in ledger.answers if answer.seq >= spell.seq and _asks(ledger, answer)]
    reached = [(answer.seq, answer.accepted_at) for answer in asked if answer.accepted_at]
    seq, since = reached[-1] if reached else (-1, None)
    if since is None or any(answer.seq > seq and not answer.settled for answer in asked):
        return None
    before = sum(fact.kind == kinds.ASKED for fact in ledger.facts[:seq])
    return Question(before, since, str(ledger.facts[seq].data["words"]))


def asks(happened: Iterable[Fact]) -> bool:
    """Whether the customer has a question waiting, or will have it."""
    return bool(questions(happened))


def questions(happened: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those that wait for the customer's answer, or will, in order: not answered, taken back or lost.

    Nor are they from before the desk went on without an answer.
    """
    asked = dict[str, Fact]()
    for fact in happened:
        if fact.kind in {kinds.ASKED, kinds.TAKEN_BACK, kinds.UNDELIVERED}:
            asked.pop(fact.data["words"], None)
        if fact.kind == kinds.ASKED:
            asked[fact.data["words"]] = fact
        elif fact.kind in {kinds.CUSTOMER_WROTE, kinds.RESUMED, kinds.REOPENED}:
            asked = _since(asked, fact.data.get("crossed"))
    return tuple(asked.values())


def without_solution(happened: Sequence[Fact], words: str) -> Status:
    """How a ticket would stand that was resolved by these words, had nobody written them."""
    undone = Fact(kind=kinds.UNDONE, at=happened[-1].at, by="desk", data={"words": words})
    still = Ledger((*happened, undone)).standstill
    if still == "on_hold":
        return Status.ON_HOLD
    return Status.PENDING if still == "pending" and asks(happened) else Status.OPEN


def _since(asked: dict[str, Fact], words: str | None) -> dict[str, Fact]:
    """The questions from that of these words on."""
    known = list(asked)
    return {name: asked[name] for name in known[known.index(words) :]} if words in asked else {}


def unanswered(
    ledger: Ledger, rule: Unanswered | None, calendar: Calendar | None, zone: tzinfo = UTC
) -> tuple[Wake, ...]:
    """What becomes of a question without an answer: words to the customer, then the end, or its offer.

    A limit for which a week would have to be assumed ends nothing: it is only offered.
    """
    question = open_question(ledger)
    if rule is None or question is None:
        return ()
    over = rule.within.due(question.since, calendar, zone)
    ends = rule.then == "close" and not rule.within.assumed(calendar)
    words = tuple(_words(question, rule, over, calendar, zone))
    if ends:
        return (*words, Wake(PENDING, question.cycle, END, "end", over, over))
    seen = calendar.next_open(over) if calendar else over
    return (*words, Wake(PENDING, question.cycle, OFFER, "offer", over, seen))


def _words(
    question: Question, rule: Unanswered, over: datetime, calendar: Calendar | None, zone: tzinfo
) -> Iterator[Wake]:
    """The reminders to the customer: at a civil hour, and never when it would be too late to answer."""
    for reminder in rule.remind:
        due_at = reminder_at(reminder, rule.within, question.since, over, calendar, zone)
        at = civil(due_at, zone)
        if question.since < due_at and at < over:
            yield Wake(PENDING, question.cycle, str(reminder.said()), "word", due_at, at)


def resolved(
    ledger: Ledger, close_after: timedelta | None, zone: tzinfo = UTC, busy_until: datetime | None = None
) -> tuple[Wake, ...]:
    """What becomes of a ticket that was finished: CMP-5, it closes when the window is over.

    `close_after` is plain time without a word of the customer's, None is never. What closed by itself is
    told at a civil hour, and surveyed then; not before `busy_until`, while the customer is at something else.
    """
    spell = ledger.finished
    if spell is None:
        return ()
    cycle = sum(one.status == "finished" for one in ledger.spells) - 1
    closed = _closed_by_time(ledger, spell)
    if closed:
        return tuple(_after_closing(spell, cycle, closed, zone, busy_until))
    since = _silent_since(ledger, spell)
    if close_after is None or since is None:
        return ()
    over = since + close_after
    return (Wake(RESOLVED, cycle, LAPSE, "lapse", over, over),)


def snoozed(ledger: Ledger) -> tuple[Wake, ...]:
    """When the desk looks again at a snoozed ticket; nothing where only its customer's word wakes it."""
    until = snoozed_until(ledger)
    cycle = sum(fact.kind == kinds.SNOOZED for fact in ledger.facts)
    return (Wake(SNOOZED, cycle, WAKE, "wake", until, until),) if until else ()


def snoozed_until(ledger: Ledger) -> datetime | None:
    """The moment of the last snooze, if it has one."""
    last = [fact for fact in ledger.facts if fact.kind == kinds.SNOOZED][-1:]
    return next((moment(fact.data["until"]) for fact in last if "until" in fact.data), None)


def _after_closing(
    spell: Spell, cycle: int, closed_at: datetime, zone: tzinfo, busy_until: datetime | None
) -> Iterator[Wake]:
    told_at = civil(closed_at, zone)
    yield Wake(CLOSED, cycle, TOLD, "told", closed_at, told_at)
    if spell.resolved:
        asked_at = max(told_at, civil(busy_until, zone)) if busy_until else told_at
        yield Wake(CLOSED, cycle, SURVEY, "survey", closed_at, asked_at)


def _closed_by_time(ledger: Ledger, spell: Spell) -> datetime | None:
    """When time itself closed what is finished now."""
    later = (fact for fact in ledger.facts[spell.seq :] if fact.kind in {kinds.LAPSED, kinds.ENDED})
    return next((fact.at for fact in later if fact.by == "desk"), None)


def _silent_since(ledger: Ledger, spell: Spell) -> datetime | None:
    """Since when the solution has waited for the customer's word; None where nothing waits, or not yet.

    One that never reached them counts from when it was written, as the window to reopen does. Words that are
    more than thanks are answered with a question, and it is that which waits since then.
    """
    over = any(fact.kind in {kinds.SOLVED, kinds.LAPSED} for fact in ledger.facts[spell.seq :])
    answer = next((answer for answer in ledger.answers if answer.seq == spell.seq), None)
    if over or not spell.resolved or (answer and not answer.settled):
        return None
    offered_at = (answer.accepted_at if answer else None) or spell.since
    return max([offered_at, *(fact.at for fact in ledger.facts[spell.seq :] if wants_answer(fact))])


def _asks(ledger: Ledger, answer: Answer) -> bool:
    return ledger.facts[answer.seq].kind == kinds.ASKED
