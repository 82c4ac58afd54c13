"""What silence leads to, and when; and the hours in which customers may be spoken to unasked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core import facts as kinds
from bot.core.civil import civil, is_civil
from bot.core.ledger import Ledger
from bot.core.policy.rules import Unanswered
from bot.core.silences import open_question, questions, resolved, unanswered
from bot.core.wakes import Wake, ripe
from tests.core.story import OFFICE, RIYADH, Story, at, promises

ZONES = [ZoneInfo(name) for name in ("Asia/Riyadh", "Asia/Almaty", "America/New_York", "Pacific/Apia")]
WAITS = Unanswered.model_validate({"within": "8 business hours", "then": "close", "remind": ["50%"]})
DAY = timedelta(hours=24)
NINE = at(1, 9)


def ledger(told: Story) -> Ledger:
    return Ledger(told.facts)


def steps(planned: tuple[Wake, ...]) -> dict[str, datetime]:
    return {wake.step: wake.at for wake in planned}


@given(st.integers(0, 40 * 365 * 24 * 60), st.sampled_from(ZONES))
def test_a_civil_moment_is_the_next_one_and_stays_itself(minutes: int, zone: ZoneInfo) -> None:
    moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = civil(moment, zone)

    assert is_civil(found, zone)
    assert civil(found, zone) == found
    assert found == moment if is_civil(moment, zone) else moment < found <= moment + timedelta(hours=38)
    assert not is_civil(found - timedelta(seconds=1), zone) or found == moment


def test_edc_10_the_limit_counts_from_the_acceptance_of_the_question_in_open_hours() -> None:
    """EDC-10: asked on Thursday at 15:00, accepted at 16:00, over on Sunday at 16:00."""
    told = Story(promises()).filed(at(5, 9))
    told.says(kinds.ASKED, at(5, 15), at(5, 16))

    assert steps(unanswered(ledger(told), WAITS, OFFICE, RIYADH)) == {"50%": at(8, 12), "end": at(8, 16)}


def test_while_a_question_is_on_its_way_nothing_is_judged() -> None:
    told = Story(promises()).filed(at(1, 9)).asked(at(1, 10))
    words = told.says(kinds.ASKED, at(1, 12))
    assert unanswered(ledger(told), WAITS, OFFICE, RIYADH) == ()

    told.happened(kinds.UNDELIVERED, at(1, 13), "desk", words=words, purpose="ask", why="blocked")
    planned = unanswered(ledger(told), WAITS, OFFICE, RIYADH)
    assert steps(planned)["end"] == at(2, 10)  # the earlier question stands


def test_a_question_that_was_lost_and_is_asked_again_waits_from_its_arrival_and_not_before() -> None:
    told = Story(promises()).filed(at(1, 9))
    words = told.says(kinds.ASKED, at(1, 10))
    told.happened(kinds.UNDELIVERED, at(1, 11), "desk", words=words, purpose="ask", why="blocked")
    told.happened(kinds.RESUMED, at(1, 11), "desk")
    told.happened(kinds.ASKED, at(2, 9), words=words)
    told.happened(kinds.DELIVERED, at(2, 9), "desk", words=words, accepted_at=at(2, 9).isoformat())

    [spell] = ledger(told).spells
    assert (spell.since, spell.until) == (at(2, 9), None)
    assert steps(unanswered(ledger(told), WAITS, OFFICE, RIYADH))["end"] == at(2, 17)


def test_words_that_a_question_crossed_end_no_silence_and_no_pause() -> None:
    """Reminders and the end count from the acceptance, and so does the pause; a real answer ends both."""
    told = Story(promises({"what": "resolution", "within": "8 business hours"}, pauses=["pending"]))
    words = told.filed(at(1, 9)).says(kinds.ASKED, at(1, 10))
    told.wrote(at(1, 11), crossed=words)
    assert unanswered(ledger(told), WAITS, OFFICE, RIYADH) == ()
    assert told.clock("resolution", at(1, 11)).due_at == at(1, 17)

    told.accepted(words, at(1, 12)).wrote(at(1, 11, 30), crossed=words)
    assert steps(unanswered(ledger(told), WAITS, OFFICE, RIYADH)) == {"50%": at(1, 16), "end": at(2, 12)}
    assert told.clock("resolution", at(1, 13)).paused_at == at(1, 12)

    told.wrote(at(1, 14))
    assert unanswered(ledger(told), WAITS, OFFICE, RIYADH) == ()
    assert told.clock("resolution", at(1, 15)).due_at == at(2, 11)


def test_words_between_two_questions_answer_the_first() -> None:
    told = Story(promises()).filed(at(1, 9)).asked(at(1, 10))
    later = told.says(kinds.ASKED, at(1, 11))
    told.wrote(at(1, 12), crossed=later)
    told.accepted(later, at(1, 14))

    assert [(spell.since, spell.until) for spell in ledger(told).spells] == [
        (at(1, 10), at(1, 12)),
        (at(1, 14), None),
    ]
    assert steps(unanswered(ledger(told), WAITS, OFFICE, RIYADH))["end"] == at(2, 14)


@dataclass
class Waiting:
    """Questions and words as they come, counted by hand: a minute passes with each."""

    told: Story = field(default_factory=lambda: Story(promises()).filed(NINE))
    now: datetime = NINE
    asked: list[str] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    paused: set[datetime] = field(default_factory=set)

    def does(self, deed: str) -> None:
        if any(words in self.there for words in self.asked):
            self.paused.add(self.now)
        self.now += timedelta(minutes=1)
        on_its_way = [words for words in self.asked if words not in self.there]
        if deed == "ask":
            self.asked.append(self.told.says(kinds.ASKED, self.now))
        elif deed == "arrive" and on_its_way:
            self.told.accepted(on_its_way[0], self.now)
            self.there.add(on_its_way[0])
        elif deed in {kinds.TAKEN_BACK, kinds.UNDELIVERED} and on_its_way:
            self.told.happened(deed, self.now, words=on_its_way[-1])
            self.asked.remove(on_its_way[-1])
            if not self.asked:
                self.told.happened(kinds.RESUMED, self.now)
        elif deed == "write":
            crossed = {"crossed": on_its_way[0]} if on_its_way else {}
            self.told.wrote(self.now, **crossed)
            self.asked = on_its_way
        elif deed == "rest":
            self.told.happened(kinds.HELD, self.now)
        elif deed == "hold":
            self.told.happened(kinds.HELD, self.now).happened(kinds.RESUMED, self.now)
            self.asked = []


DEEDS = ("ask", "arrive", "write", "hold", kinds.TAKEN_BACK, kinds.UNDELIVERED)


@given(st.lists(st.sampled_from(DEEDS), max_size=14))
def test_whatever_crosses_what_only_questions_that_have_arrived_make_it_stand(deeds: list[str]) -> None:
    waiting = Waiting()
    for deed in deeds:
        waiting.does(deed)
    known, asked, there = ledger(waiting.told), waiting.asked, waiting.there
    pending = [spell for spell in known.spells if spell.status == "pending"]

    assert [fact.data["words"] for fact in questions(known.facts)] == asked
    minutes = [waiting.told.facts[0].at + n * timedelta(minutes=1) for n in range(len(deeds))]
    stood = {m for m in minutes for one in pending if one.since <= m < (one.until or waiting.now)}
    assert stood == waiting.paused
    question = open_question(known)
    assert (question.words if question else "") == (asked[-1] if asked and asked[-1] in there else "")


PAUSING = promises(
    {"what": "resolution", "within": "8 business hours"},
    {"what": "next_response", "within": "2 hours"},
    pauses=["pending", "on_hold"],
)


@given(st.lists(st.sampled_from((*DEEDS, "rest")), max_size=9), st.integers(0, 30), st.integers(0, 30))
def test_a_solution_that_is_undone_changes_nothing_whatever_happened_meanwhile(
    deeds: list[str], resolved_after: int, undone_after: int
) -> None:
    without = Waiting(Story(PAUSING).filed(NINE))
    for deed in deeds:
        without.does(deed)
    facts = without.told.facts
    begun, over = (min(place, len(facts)) for place in sorted((resolved_after + 1, undone_after + 1)))
    slip = Story(PAUSING, facts=facts[:begun])
    words = {"words": "a slip"}
    slip.happened(kinds.RESOLVED, facts[begun - 1].at, outcome="solved", **words)
    slip.facts += facts[begun:over]
    slip.happened(kinds.TAKEN_BACK, facts[over - 1].at, **words)
    slip.happened(kinds.UNDONE, facts[over - 1].at, **words)
    slip.facts += facts[over:]

    assert all_that_follows(slip, without.now) == all_that_follows(without.told, without.now)


def all_that_follows(told: Story, now: datetime) -> list[object]:
    """From the facts alone, wherever in the ledger they stand."""
    known, clocks = ledger(told), told.clocks(now)
    return [
        known.standstill,
        [(spell.status, spell.since, spell.until, spell.words) for spell in known.spells],
        [call.at for call in known.calls],
        [fact.data["words"] for fact in questions(known.facts)],
        unanswered(known, WAITS, OFFICE, RIYADH),
        {name: (one.due_at, one.paused_at, one.left, one.running) for name, one in clocks.items()},
    ]


def test_after_a_standstill_nobody_is_reminded_of_what_is_over() -> None:
    told = Story(promises()).filed(at(1, 9)).asked(at(1, 10))
    found = ripe(unanswered(ledger(told), WAITS, OFFICE, RIYADH), at(9), ())

    assert [wake.step for wake in found.fire] == ["end"]
    assert [wake.step for wake in found.skipped] == ["50%"]


def test_a_limit_that_could_only_be_assumed_ends_nothing() -> None:
    told = Story(promises()).filed(at(1, 9)).asked(at(1, 10))

    assert "end" not in steps(unanswered(ledger(told), WAITS, None, RIYADH))
    assert "offer" in steps(unanswered(ledger(told), WAITS, None, RIYADH))


def test_cmp_5_a_solution_lapses_24_plain_hours_after_its_delivery() -> None:
    """CMP-5: counted from the acceptance; while it is on its way nothing lapses."""
    told = Story(promises()).filed(at(5, 9))
    words = told.says(kinds.RESOLVED, at(5, 16), outcome="solved")
    assert resolved(ledger(told), DAY, RIYADH) == ()
    assert steps(resolved(ledger(told.accepted(words, at(5, 17))), DAY, RIYADH)) == {"lapse": at(6, 17)}
    assert resolved(ledger(told), None, RIYADH) == ()
    told.wrote(at(6, 9), thanks=True)
    assert steps(resolved(ledger(told), DAY, RIYADH)) == {"lapse": at(6, 17)}
    told.wrote(at(6, 16))  # not silent, so the silence begins anew
    assert steps(resolved(ledger(told), DAY, RIYADH)) == {"lapse": at(7, 16)}
    told.reopened(at(6, 17))
    assert resolved(ledger(told), DAY, RIYADH) == ()


def test_what_lapsed_in_the_night_is_told_and_surveyed_in_the_morning() -> None:
    told = Story(promises()).filed(at(1, 9)).resolved(at(1, 23))
    told.happened(kinds.LAPSED, at(2, 23), "desk")

    assert steps(resolved(ledger(told), DAY, RIYADH)) == {"told": at(3, 9), "survey": at(3, 9)}
    busy = resolved(ledger(told), DAY, RIYADH, busy_until=at(3, 10))
    assert steps(busy) == {"told": at(3, 9), "survey": at(3, 10)}


def test_what_a_person_closed_time_tells_nobody() -> None:
    solved = (
        Story(promises()).filed(at(1, 9)).resolved(at(1, 12)).happened(kinds.SOLVED, at(1, 13), "customer")
    )
    ended = Story(promises()).filed(at(1, 9)).asked(at(1, 12)).happened(kinds.ENDED, at(3, 13))

    assert resolved(ledger(solved), DAY, RIYADH) == resolved(ledger(ended), DAY, RIYADH) == ()
