"""Search: by number, by customer, by words; everybody finds what is theirs to see, and nothing else."""

from pathlib import Path

from sqlalchemy import delete

from bot import jobs
from bot.playground.slack import Agent
from bot.playground.slack.seen import Dialog
from storage import Tx, readings, tickets
from storage.schema import settings, stems
from tests.desk_kit import Case, a_case, bare
from tests.kit import World, world


async def finds(desk: World, agent: Agent, sought: str) -> Dialog:
    await agent.gives("/tickets", f"find {sought}")
    await desk.settles()
    return await desk.slack.until(lambda: agent.dialog)


async def sees(desk: World, agent: Agent, sought: str, *expected: Case) -> None:
    """They find exactly these."""
    told = await finds(desk, agent, sought)
    assert f"Found: {len(expected)}" in bare(told.text), sought
    assert all(case.reference in bare(told.text) for case in expected)


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
        tx.connection.execute(delete(settings).where(settings.c.name == "search"))

    await desk.app.store.do(as_before)
    assert "still being indexed" in (await finds(desk, agent, "turbine")).text
    await jobs.catch_up(desk.app.store, desk.app.office, desk.clock())
    await sees(desk, agent, "turbine", case)
