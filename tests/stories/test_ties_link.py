"""Two tickets are linked: their cards show each other, for agents alone."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from bot.core.ticket import Ticket
from handlers.ties import linking
from storage import Tx, tickets
from storage.dialects import rolled_back
from storage.engines import postgres
from tests.customer_kit import Chat
from tests.desk_kit import Case, bare, beside
from tests.kit import BILLING, World, world


async def test_linked_tickets_show_each_other_to_agents_alone(desk: World) -> None:
    one, other = Chat(desk, desk.customer("en")), Chat(desk, desk.customer("ru", phone="+77010000002"))
    first = Case(desk, one.person, await one.files())
    second = Case(desk, other.person, await other.files("Сайт не открывается с самого утра, войти нельзя"))
    agent = await desk.agent()
    heard = (len(one.person.chat), len(other.person.chat))

    await first.answers(agent, "link", reference=second.reference)

    assert f"Linked with: {second.reference} (New)" in bare((await first.card()).text)
    assert f"Linked with: {first.reference} (New)" in bare((await second.card()).text)
    assert f"@U0AGENT linked this ticket with {first.reference}." in bare(await second.thread())
    await second.clicks(agent, "claim")
    assert f"{second.reference} (Open)" in bare((await first.card()).text), "it follows how the other stands"
    assert (len(one.person.chat), len(other.person.chat)) == heard
    await one.says(second.reference)
    assert "We have no request of yours with this number." in one.told

    await first.answers(agent, "link", reference=second.reference)
    assert "linked already" in beside(agent, "reference")
    dialog = agent.dialog
    assert dialog
    (picked,) = dialog.fields["unlink"].picks
    await first.sends(agent, reference="", unlink=picked)
    assert "Linked" not in bare((await first.card()).text)
    assert "Linked" not in bare((await second.card()).text)
    assert [kind for kind in await second.facts() if "link" in kind] == [
        "linked agent:U0AGENT",
        "unlinked agent:U0AGENT",
    ]


async def test_nobody_links_what_they_may_not_act_on(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    first = Case(desk, chat.person, await chat.files())
    await desk.tells(chat.person, "/new", "billing", "skip", "I was charged twice for one order", "normal")
    await chat.says("skip", "send")
    agent = await desk.agent()

    await first.answers(agent, "link", reference=chat.reference)

    assert "no ticket with this number that you can act on" in beside(agent, "reference")
    assert len(desk.slack.messages(BILLING)) == 1


async def test_a_card_that_is_full_takes_no_link_from_the_other_side(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "MOST", 1)
    chats = [Chat(desk, desk.customer("en", phone=f"+7701000000{number}")) for number in range(3)]
    first, second, third = [Case(desk, chat.person, await chat.files()) for chat in chats]
    agent = await desk.agent()

    await first.answers(agent, "link", reference=second.reference)
    await third.answers(agent, "link", reference=first.reference)

    assert "That ticket has as many links" in beside(agent, "reference")
    assert third.reference not in bare((await first.card()).text)


async def test_tickets_that_are_linked_crosswise_at_once_do_not_wait_for_each_other(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both tickets are held in one order before anything is done: the database has nothing to undo."""
    undone, lock = list[BaseException](), tickets.lock

    def lock_slowly(tx: Tx, ticket_id: UUID) -> Ticket:
        locked = lock(tx, ticket_id)
        tx.connection.exec_driver_sql("select pg_sleep(0.1)")
        return locked

    def is_undone(error: BaseException) -> bool:
        undone.append(error)
        return rolled_back(error)

    async with world(postgres_url, tmp_path) as desk:
        chats = [Chat(desk, desk.customer("en", phone=f"+7701000000{number}")) for number in (1, 2)]
        cases = [Case(desk, one.person, await one.files()) for one in chats]
        agents = await desk.agent(), await desk.agent("U0OTHER", "other")
        for case, agent in zip(cases, agents, strict=True):
            await case.opens(agent, "link")
        monkeypatch.setattr(tickets, "lock", lock_slowly)
        monkeypatch.setattr(postgres, "rolled_back", is_undone)
        first, other = cases
        await asyncio.gather(
            agents[0].submits({"reference": other.reference}),
            agents[1].submits({"reference": first.reference}),
        )
        await desk.settles()

        assert undone == []
        assert f"Linked with: {other.reference}" in bare((await first.card()).text)
        assert f"Linked with: {first.reference}" in bare((await other.card()).text)
