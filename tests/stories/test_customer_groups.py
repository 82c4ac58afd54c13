"""In a Telegram group the bot points to the private chat and stores nothing but the inbox key (CAP-1)."""

from pathlib import Path

from sqlalchemy import func, select

from bot.playground.telegram.groups import Group
from storage import Tx, inbox
from storage.schema import addresses, customers, places
from storage.schema import inbox as heard
from tests.kit import World, world


def told(group: Group) -> list[str]:
    return [message.text for message in group.chat if message.from_bot]


def kept(tx: Tx) -> tuple[int, int]:
    """How many people, addresses and conversations there are, and payloads that were not emptied."""
    people = sum(
        tx.connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (customers, addresses, places)
    )
    left = select(func.count()).select_from(heard).where(heard.c.payload.is_not(None))
    return people, tx.connection.execute(left).scalar_one()


async def test_cap_1_a_group_is_pointed_to_the_private_chat_and_to_the_official_addresses(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-1: nothing that was said there is taken, and nobody is noted."""
    async with world(database_url, tmp_path, policy="captain-mama") as here:
        person = here.customer("ru", name="a Russian customer")
        group = here.telegram.group("Parents of class 3B")
        await group.adds_bot(person)
        await here.settles()

        [pointed] = told(group)
        assert "В группах мы не принимаем обращения" in pointed
        assert "support@captainmama.org" in pointed
        [[button]] = group.chat[-1].raw["reply_markup"]["inline_keyboard"]
        assert button["url"] == "https://t.me/sanad_local_bot?start=group"
        assert await here.app.store.read(kept) == (0, 0)

        await group.says(person, "/new my password is hunter2")
        await group.says(person, "Does anybody know?", group.chat[0])
        await here.settles()
        assert told(group) == [pointed], "a lively group would hear nothing else"

        here.clock.goes(minutes=11)
        await group.says(person, "/status 4829-1372")
        await group.removes_bot(person)
        await here.settles()
        assert told(group) == [pointed, pointed]
        assert await here.app.store.read(kept) == (0, 0)
        assert await here.app.store.read(inbox.parked) == []

        await person.says("/start group")
        await here.settles()
        assert await here.app.store.read(lambda tx: kept(tx)[0]) == 3  # now they are here by themselves


async def test_talk_that_is_not_for_the_bot_is_not_answered(desk: World) -> None:
    person = desk.customer("ar")
    group = desk.telegram.group("Neighbours")
    await group.says(person, "The site is down again")
    await desk.settles()

    assert told(group) == []
    assert await desk.app.store.read(kept) == (0, 0)
