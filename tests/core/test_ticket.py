"""The table of moves: what can happen to a ticket, and nothing else."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ticket import (
    MERGED,
    MOVES,
    UNRESOLVED,
    NotAllowedError,
    Status,
    Ticket,
    Verb,
    claim,
    close,
    move,
    release,
    reopen,
    resolve,
    transfer,
    unresolve,
    write,
)

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WINDOW = timedelta(hours=72)


def a_ticket(**changes: object) -> Ticket:
    filed: dict[str, Any] = {
        "id": uuid4(),
        "reference": "48291372",
        "customer_id": uuid4(),
        "address_id": uuid4(),
        "policy_hash": "",
        "queue": "support",
        "category": "technical",
        "language": "ar",
        "opened_at": AT,
        "touched_at": AT,
    }
    return Ticket(**(filed | changes))


def test_a_ticket_lives_its_ordinary_life() -> None:
    filed = a_ticket()
    taken = claim(filed, "U1", AT)
    waiting = move(taken, Verb.ASK, AT)
    answered = move(waiting, Verb.WRITE, AT)
    solved = close(resolve(answered, AT), Verb.SOLVE, AT)

    assert [t.status for t in (filed, taken, waiting, answered, solved)] == [
        Status.NEW,
        Status.OPEN,
        Status.PENDING,
        Status.OPEN,
        Status.CLOSED,
    ]
    assert taken.claimer == "U1"
    assert solved.cycle == 1


def test_release_empties_the_claimer_and_keeps_the_status() -> None:
    freed = release(move(claim(a_ticket(), "U1", AT), Verb.ASK, AT), AT)

    assert (freed.claimer, freed.claimed_at, freed.status) == ("", None, Status.PENDING)


def test_customers_words_on_a_resolved_ticket_do_not_reopen_it() -> None:
    assert move(resolve(a_ticket(), AT), Verb.WRITE, AT).status is Status.RESOLVED


def test_words_that_a_question_crossed_end_no_waiting_and_wake_the_ticket() -> None:
    waiting = a_ticket(status=Status.PENDING, snoozed=True)

    for crossed, status in ((True, Status.PENDING), (False, Status.OPEN)):
        written = write(waiting, AT, thanks=False, crossed=crossed)
        assert (written.status, written.snoozed) == (status, False)
    with pytest.raises(NotAllowedError):
        write(a_ticket(status=Status.OPEN), AT, thanks=False, crossed=True)


def test_a_closed_ticket_takes_no_words() -> None:
    closed = close(resolve(a_ticket(), AT), Verb.SOLVE, AT)

    with pytest.raises(NotAllowedError):
        move(closed, Verb.WRITE, AT)


@pytest.mark.parametrize("accepted", [AT + timedelta(minutes=5), None])
def test_the_window_counts_from_the_acceptance_of_the_solution(accepted: datetime | None) -> None:
    resolved = a_ticket(status=Status.RESOLVED, resolved_at=AT, solution_at=accepted)
    end = (accepted or AT) + WINDOW

    assert resolved.reopens(end - timedelta(seconds=1), WINDOW)
    assert not resolved.reopens(end, WINDOW)


def test_the_window_holds_after_solved_too() -> None:
    closed = a_ticket(status=Status.CLOSED, resolved_at=AT, solution_at=AT, closed_at=AT)

    assert closed.reopens(AT + timedelta(hours=71), WINDOW)
    assert not closed.reopens(AT + timedelta(hours=73), WINDOW)


def test_what_was_closed_without_a_solution_is_reopened_within_the_window_too() -> None:
    closed = a_ticket(status=Status.CLOSED, closed_at=AT)

    assert closed.reopens(AT + timedelta(hours=71), WINDOW)
    assert not closed.reopens(AT + timedelta(hours=73), WINDOW)


def test_a_transferred_ticket_is_in_nobodys_hands_and_keeps_its_status() -> None:
    moved = transfer(move(claim(a_ticket(), "U1", AT), Verb.ASK, AT), "billing", AT)

    assert (moved.queue, moved.claimer, moved.status) == ("billing", "", Status.PENDING)


def test_reopening_forgets_the_solution_and_keeps_the_claimer() -> None:
    opened = reopen(resolve(claim(a_ticket(), "U1", AT), AT), AT)

    assert (opened.status, opened.outcome, opened.resolved_at, opened.claimer) == (
        Status.OPEN,
        "",
        None,
        "U1",
    )


@given(st.lists(st.sampled_from(list(Verb)), max_size=8), st.booleans())
def test_to_resolve_and_undo_it_is_to_do_nothing(verbs: list[Verb], snoozed: bool) -> None:
    """What is resolved is in somebody's hands, so it is not new; a snooze is the business of the facts."""
    ticket = claim(a_ticket(cycle=2), "U1", AT)
    for verb in verbs:
        after = move(ticket, verb, AT) if ticket.allows(verb) else ticket
        ticket = after if after.unresolved else ticket
    before = replace(ticket, snoozed=snoozed)
    undone = unresolve(resolve(before, AT), AT, before.status)

    assert replace(undone, snoozed=snoozed) == before


@given(st.lists(st.sampled_from(list(Verb)), max_size=12))
def test_whatever_is_tried_only_the_table_moves_it(verbs: list[Verb]) -> None:
    ticket = a_ticket()
    for verb in verbs:
        expected = MOVES.get((ticket.status, verb))
        if expected is None:
            with pytest.raises(NotAllowedError):
                move(ticket, verb, AT)
        else:
            ticket = move(ticket, verb, AT)
            assert ticket.status is expected


def test_every_status_can_be_reached_and_every_unresolved_one_can_be_resolved() -> None:
    assert {status for (_before, _verb), status in MOVES.items()} | {Status.NEW} == set(Status)
    assert all((status, Verb.RESOLVE) in MOVES for status in UNRESOLVED)


def test_the_chart_in_the_architecture_shows_exactly_these_moves() -> None:
    chart = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    arrows = re.findall(r"^    (\w+) --> (\w+): (.+)$", chart, re.MULTILINE)
    drawn = {
        (Status(before), Verb(verb)): Status(after)
        for before, after, verbs in arrows
        for verb in verbs.split(", ")
    }

    assert drawn == MOVES


def test_what_was_merged_is_never_opened_again() -> None:
    merged = close(a_ticket(), Verb.MERGE, AT, outcome=MERGED)

    assert not merged.allows(Verb.REOPEN)
    assert not merged.reopens(AT, None)
    with pytest.raises(NotAllowedError):
        reopen(merged, AT)
