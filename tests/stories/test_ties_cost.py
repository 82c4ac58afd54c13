"""However many tickets were merged into one, what is asked about one thing of them is looked up by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.playground.slack import Agent
from handlers.ties import joined
from storage import Tx, drivers, prepared, tickets
from tests.customer_kit import Chat
from tests.desk_kit import Case, a_desk

ABOUT_TICKETS = ("FROM tickets WHERE tickets.id", "FROM words WHERE", "FROM facts WHERE facts.ticket_id")


@contextmanager
def looking_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked of the database about single tickets; what runs beside it asks otherwise."""
    asked: list[str] = []
    run = drivers.driven

    def note(sql: str) -> None:
        flat = " ".join(sql.split())
        asked.extend(flat for about in ABOUT_TICKETS if about in flat)

    def driven(connection: Any, sql: str, *values: Any, **more: Any) -> Any:
        note(sql)
        return run(connection, sql, *values, **more)

    def executed(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        note(sql)

    event.listen(Engine, "before_cursor_execute", executed)
    with monkeypatch.context() as patched:
        patched.setattr(prepared, "driven", driven)
        yield asked
    event.remove(Engine, "before_cursor_execute", executed)


async def test_one_message_and_the_history_cost_the_same_however_many_tickets_were_merged(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files("The site is down since this morning"))
        await case.clicks(agent, "claim")
        choosing, reading = list[int](), list[int]()

        for merged in (1, 3):
            for number in range(merged):
                other = Case(desk, chat.person, await chat.files(f"The site is down, {merged} {number}"))
                await other.answers(agent, "merge", reference=case.reference)
            choosing.append(await chooses(case, agent, monkeypatch))
            reading.append(await reads(case, agent, monkeypatch))

        assert choosing[0] == choosing[1] > 2
        assert reading[0] == reading[1] > 2


async def test_only_what_was_merged_into_a_ticket_is_redacted_from_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Nobody reaches the words of another ticket by their right over this one."""
    async with a_desk(sqlite_url, tmp_path) as desk:
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        cases = [
            Case(desk, chat.person, await chat.files(f"The site is down since {day}"))
            for day in ("Sunday", "Monday", "Tuesday", "Wednesday")
        ]
        first, second, third, stranger = cases
        await first.answers(agent, "merge", reference=second.reference)
        await second.answers(agent, "merge", reference=third.reference)

        for case, staying in ((first, third), (second, third), (third, third)):
            assert await desk.app.store.do(partial(goes_on_as, case=case, staying=staying))
        for case, staying in ((stranger, third), (third, first)):
            assert not await desk.app.store.do(partial(goes_on_as, case=case, staying=staying))

        await third.clicks(agent, "claim")
        theirs = list((await third.opens(agent, "redact")).fields["words"].picks)[:3]
        await agent.dismisses()
        for key in theirs:
            await third.opens(agent, "redact")
            await third.sends(agent, words=key)
            await third.sends(agent)
            assert agent.dialog
            assert "It is redacted here" in agent.dialog.text
            await agent.dismisses()
        left = [await case.thread() for case in cases]
        assert ["The site is down" in thread for thread in left] == [False, False, False, True]


def goes_on_as(tx: Tx, case: Case, staying: Case) -> bool:
    """Slack offers nobody the words of a stranger; who forges what Slack sends is refused by this."""
    ticket, other = (tickets.find(tx, one.reference.replace("-", "")) for one in (case, staying))
    assert ticket
    assert other
    return joined.goes_on_as(tx, ticket, other.id)


async def chooses(case: Case, agent: Agent, monkeypatch: pytest.MonkeyPatch) -> int:
    """The newest message, which is of the ticket that was merged last."""
    listed = await case.opens(agent, "redact")
    newest = next(iter(listed.fields["words"].picks))
    with looking_up(monkeypatch) as asked:
        await case.sends(agent, words=newest)
    assert "site is down" in str(agent.dialog)
    await agent.dismisses()
    return len(asked)


async def reads(case: Case, agent: Agent, monkeypatch: pytest.MonkeyPatch) -> int:
    await agent.gives("/ticket", case.reference)
    await case.world.settles()
    with looking_up(monkeypatch) as asked:
        await agent.clicks("history", agent.whispers[-1])
        await case.world.settles()
    await agent.dismisses()
    return len(asked)
