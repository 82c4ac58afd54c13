"""Search: by number, by customer, by words; everybody finds what is theirs to see, and nothing else."""

from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from bot import jobs
from bot.core import facts as kinds
from bot.core.ticket import Fact
from bot.playground.slack import Agent
from bot.playground.slack.seen import Dialog
from handlers.views import finding
from storage import Tx, readings, search, tickets
from storage.schema import settings, stems
from storage.stems import stem
from tests.desk_kit import Case, a_case, bare
from tests.kit import World, world
from tests.ticket_rows import FILED_AT, a_ticket


async def finds(desk: World, agent: Agent, sought: str) -> Dialog:
    await agent.gives("/tickets", f"find {sought}")
    await desk.settles()
    return await desk.slack.until(lambda: agent.dialog)


async def sees(desk: World, agent: Agent, sought: str, *expected: Case) -> None:
    """They find exactly these."""
    told = await finds(desk, agent, sought)
    assert f"Found: {len(expected)}" in bare(told.text), sought
    assert all(case.reference in bare(told.text) for case in expected)


async def test_a_file_is_found_by_any_word_of_its_name_until_it_is_redacted(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        agent, case = await desk.agent(), await a_case(desk)
        await case.clicks(agent, "claim")
        await case.customer.sends("document", name="تقرير_المبيعات.pdf", content=b"%PDF", caption="Look")
        await desk.settles()
        await sees(desk, agent, "المبيعات", case)
        await sees(desk, agent, "تقرير المبيعات", case)

        dialog = await case.opens(agent, "redact")
        [look] = [key for key, title in dialog.fields["words"].picks.items() if "Look" in bare(title)]
        await case.sends(agent, words=look)
        await case.sends(agent)
        await agent.dismisses()
        await sees(desk, agent, "المبيعات")


async def test_words_are_found_in_any_of_their_forms_by_who_may_see_them(
    database_url: str, tmp_path: Path
) -> None:
    """By stems, in three languages, all of the words; by name and number; what is opened is on record."""
    async with world(database_url, tmp_path, extra='reviewers = ["U0REVIEW"]') as desk:
        agent, reviewer = await desk.agent(), desk.slack.agent("U0REVIEW", "reviewer")
        stranger = desk.slack.agent("U0STRANGER", "stranger")
        arabic = await a_case(desk, "لم تصل طلباتي والفاتورة غير صحيحة منذ أسبوع", language="ar", name="زائر")
        russian = await a_case(desk, "Не приходит посылка с заказом, ещё и деньги списали", name="клиент")
        await russian.says(agent, "We are looking for the missing parcels")

        await sees(desk, agent, "فاتوره", arabic)
        await sees(desk, agent, "посылкой заказы", russian)
        await sees(desk, agent, "еще деньгами", russian)
        await sees(desk, reviewer, "parcel", russian)
        await sees(desk, agent, "посылка лопата")
        await sees(desk, agent, "زائر", arabic)
        await sees(desk, agent, russian.reference, russian)
        await sees(desk, stranger, "посылка")
        await sees(desk, stranger, russian.reference)

        told = await finds(desk, agent, "посылка")
        await agent.clicks("found", told)
        await desk.settles()
        assert agent.dialog is not None
        assert f"{russian.reference} · New" in bare(agent.dialog.text)
        assert await on_record(russian) == [("agent:U0AGENT", "search")]


async def on_record(case: Case) -> list[tuple[str, str]]:
    def look(tx: Tx) -> list[tuple[str, str]]:
        ticket = tickets.find(tx, case.reference.replace("-", ""))
        assert ticket
        return [(reading.by, reading.what) for reading in readings.of_ticket(tx, ticket.id)]

    return await case.world.app.store.read(look)


async def test_the_box_on_home_searches_and_what_is_changed_or_redacted_is_found_no_more(desk: World) -> None:
    case, agent = await a_case(desk, "The turbine makes a noise"), await desk.agent()
    note = await case.says(agent, "its serial is ZX81")
    await agent.opens_home()
    await desk.settles()
    await agent.clicks("find")
    await desk.slack.until(lambda: agent.dialog)
    await agent.submits({"find": "   "})
    assert agent.dialog
    assert agent.dialog.errors["find"] == "Please write a few words."
    await agent.submits({"find": "turbines"})
    assert case.reference in bare((await desk.slack.until(lambda: agent.dialog)).text)

    await sees(desk, agent, "zx81", case)
    await agent.edits(note, "its serial is unknown")
    await desk.settles()
    await sees(desk, agent, "zx81")
    await sees(desk, agent, "unknown", case)


async def test_what_an_older_version_kept_is_indexed_after_the_upgrade(desk: World) -> None:
    """In batches, and gone on with where a process died; until then the search says so."""
    case, agent = await a_case(desk, "The turbine makes a noise"), await desk.agent()

    def as_before(tx: Tx) -> None:
        tx.connection.execute(delete(stems))
        tx.connection.execute(delete(settings).where(settings.c.name.startswith("search")))

    await desk.app.store.do(as_before)
    assert "still being indexed" in (await finds(desk, agent, "turbine")).text
    await jobs.catch_up(desk.app.store, desk.app.office, desk.clock())
    await sees(desk, agent, "turbine", case)


async def test_what_was_indexed_before_is_found_as_one_word_after_the_upgrade(desk: World) -> None:
    """Gone on with where a process died; what was found before is found meanwhile."""
    first, agent = await a_case(desk, "The Wi-Fi of the shop is slow"), await desk.agent()
    second = await a_case(desk, "لم يصل طلب عبد الله حتى الآن", language="ar")

    def as_before(tx: Tx) -> None:
        joined = [tx.hash("stem", stem(word))[: search.SIZE] for word in ("wifi", "عبدالله")]
        tx.connection.execute(delete(stems).where(stems.c.hash.in_(joined)))
        tx.connection.execute(
            update(settings).where(settings.c.name == search.PROGRESS).values(name="search")
        )

    store = desk.app.store
    await jobs.catch_up(store, desk.app.office, desk.clock())
    await store.do(as_before)
    told = bare((await finds(desk, agent, "Wi-Fi")).text)
    assert "Found: 1. Older tickets are still being indexed" in told
    assert "Found: 0" in bare((await finds(desk, agent, "wifi")).text)

    await store.do(partial(search.reach, ticket_id=await store.do(partial(_named, case=first))))
    await jobs.catch_up(store, desk.app.office, desk.clock())
    await sees(desk, agent, "عبدالله", second)
    await sees(desk, agent, "wifi")
    await store.do(
        lambda tx: tx.connection.execute(delete(settings).where(settings.c.name == search.PROGRESS))
    )
    await jobs.catch_up(store, desk.app.office, desk.clock())
    await sees(desk, agent, "wifi", first)
    await sees(desk, agent, "عبد الله", second)


def _named(tx: Tx, case: Case) -> UUID:
    ticket = tickets.find(tx, case.reference.replace("-", ""))
    assert ticket
    return ticket.id


def escalates(tx: Tx, level: str, numbers: range) -> None:
    """Tickets of a word that were escalated to a level, filed one after the other."""
    for number in numbers:
        ticket_id = a_ticket(tx, number)
        search.of_words(tx, ticket_id, tx.new_id(), "a turbine")
        data = {"level": level, "step": f"step {level}", "target": "resolution", "cycle": 0}
        fact = Fact(kind=kinds.ESCALATED, at=FILED_AT, by="desk", data=data)
        tickets.record(tx, ticket_id, fact)


async def test_what_was_escalated_to_somebody_is_found_behind_newer_tickets_of_others(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CMP-3: however many there are that they may not see; where not all are looked at, that is said."""
    monkeypatch.setattr(finding, "MOST", 4)
    monkeypatch.setattr(finding, "LOOKED_AT", 8)
    levels = '[levels.lead]\nusers = ["U0LEAD"]\n[levels.chief]\nusers = ["U0CHIEF"]'
    async with world(database_url, tmp_path, extra=levels) as desk:
        lead, store = desk.slack.agent("U0LEAD", "lead"), desk.app.store
        await store.do(lambda tx: escalates(tx, "lead", range(1, 3)))
        await store.do(lambda tx: escalates(tx, "chief", range(3, 8)))
        told = bare((await finds(desk, lead, "turbine")).text)
        assert "Found: 2" in told
        assert "0000-0001" in told
        assert "not all" not in told.lower()

        await store.do(lambda tx: escalates(tx, "chief", range(8, 10)))
        told = bare((await finds(desk, lead, "turbine")).text)
        assert "Found: 1. Not all older tickets were looked at" in told
        await store.do(lambda tx: escalates(tx, "lead", range(10, 15)))
        told = bare((await finds(desk, lead, "turbine")).text)
        assert "The newest 4 that were found" in told
        assert "0000-0014" in told
        assert "0000-0010" not in told
