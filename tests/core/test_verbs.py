"""What agents are offered: by the table of moves, by the ticket's own policy, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.core.calendar import Calendar
from bot.core.ledger import Ledger
from bot.core.policy import Policy
from bot.core.situation import Situation
from bot.core.sla import clocks
from bot.core.ticket import Fact, Status, Ticket, Verb
from bot.core.verbs import DEEDS, deed, offered

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORDS = "11111111-1111-4111-8111-111111111111"

SILENT = """
name = "silent"
organisation = { en = "A desk" }
languages = ["en"]
[[queues]]
key = "support"
title = { en = "Support" }
[[categories]]
key = "technical"
queue = "support"
title = { en = "Technical problem" }
"""
PROMISING = (
    SILENT
    + """
[[priorities]]
key = "high"
title = { en = "High" }
[[complexities]]
key = "simple"
title = { en = "Simple" }
[[targets]]
what = "resolution"
within = "8 hours"
[extending]
reason = { en = "Further communication is needed" }
[unanswered]
within = "8 hours"
then = "offer"
"""
)


def a_situation(policy: str = PROMISING, *happened: Fact, at: datetime = AT, **changes: object) -> Situation:
    ticket = Ticket(
        id=uuid4(),
        reference="48291372",
        customer_id=UUID(int=1),
        address_id=UUID(int=2),
        policy_hash="",
        queue="support",
        category="technical",
        language="en",
        opened_at=AT,
        touched_at=AT,
    )
    facts = [Fact(kind="filed", at=AT, by="customer"), *happened]
    known = Policy.load(policy, "policy.toml")
    return Situation(
        ticket=replace(ticket, **changes),  # type: ignore[arg-type]  # the story says what differs
        policy=known,
        ledger=Ledger(facts),
        clocks=clocks(Ledger(facts), known, None, at),
        queues=("billing",),
        at=at,
    )


def verbs(situation: Situation) -> set[str]:
    return {one.verb for one in offered(situation)}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("claimer", ["", "U1"])
def test_only_what_the_table_of_moves_allows_is_offered(status: Status, claimer: str) -> None:
    situation = a_situation(status=status, claimer=claimer)

    for one in DEEDS:
        if one.moves and not situation.ticket.allows(one.moves):
            assert deed(situation, one.verb) is None


def test_a_silent_policy_offers_nothing_about_time_or_triage() -> None:
    """CAP-14: what a source does not state is not offered."""
    situation = a_situation(SILENT, status=Status.PENDING, claimer="U1")

    assert not verbs(situation) & {"priority", "complexity", "extend", "end", "why", "escalate"}
    assert {"priority", "complexity", "extend", "why"} <= verbs(a_situation(status=Status.OPEN, claimer="U1"))


def test_an_unanswered_question_may_be_ended_when_its_time_is_over_and_not_before() -> None:
    """EDC-10: eight hours from when the channel took the question; a later question counts anew."""
    told = {"words": WORDS, "purpose": "ask", "accepted_at": (AT + timedelta(minutes=5)).isoformat()}
    asked = Fact(kind="asked", at=AT, by="agent:U1", data={"words": WORDS})
    reached = Fact(kind="delivered", at=AT, by="desk", data=told)
    again = Fact(kind="asked", at=AT + timedelta(hours=7), by="agent:U1", data={"words": "another"})

    def at(moment: datetime, *facts: Fact) -> bool:
        waiting = a_situation(PROMISING, *facts, at=moment, status=Status.PENDING, claimer="U1")
        return "end" in verbs(waiting)

    over = AT + timedelta(hours=8, minutes=5)
    assert not at(over - timedelta(seconds=1), asked, reached)
    assert at(over, asked, reached)
    assert not at(over, asked)
    assert not at(over, asked, reached, again)


def test_no_ticket_is_ended_by_a_limit_that_is_only_assumed() -> None:
    """EDC-10: where no working week is known, nobody can say that eight working hours are over."""
    working = PROMISING.replace('within = "8 hours"\nthen', 'within = "8 business hours"\nthen')
    told = {"words": WORDS, "purpose": "ask", "accepted_at": AT.isoformat()}
    facts = (
        Fact(kind="asked", at=AT, by="agent:U1", data={"words": WORDS}),
        Fact(kind="delivered", at=AT, by="desk", data=told),
    )
    situation = a_situation(working, *facts, at=AT + timedelta(days=9), status=Status.PENDING, claimer="U1")
    week = Calendar.model_validate({"timezone": "Asia/Almaty", "week": {"mon": [("09:00", "18:00")]}})

    assert "end" not in verbs(situation)
    assert "end" in verbs(replace(situation, calendar=week))


def test_every_verb_that_moves_a_ticket_says_so() -> None:
    known = {one.verb: one.moves for one in DEEDS}

    assert all(known[verb] == Verb(verb) for verb in known if verb in set(Verb))
