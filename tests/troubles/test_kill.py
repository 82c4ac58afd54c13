"""The bot is killed at every named point, and comes back: nothing is lost, and nothing is there twice.

One thing may be told twice: what Telegram had taken when the bot died before it could write that down.
"""

import asyncio
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.checkpoints import (
    DELIVER_AFTER_SEND,
    DELIVER_BEFORE_SEND,
    FILE_BEFORE_COMMIT,
    HANDLE_AFTER_COMMIT,
    HANDLE_BEFORE_COMMIT,
    HEAR_AFTER_COMMIT,
    HEAR_BEFORE_COMMIT,
    SETTLE_AFTER_COMMIT,
)
from storage import Store
from storage.leases import let_go
from tests.kit import SUPPORT, street
from tests.processes import Plan, bot
from tests.troubles import day, record


class Window:
    """What Telegram had taken when the bot died, and what of it was not written down."""

    def __init__(self, today: day.Day, store: Store) -> None:
        self._today, self._store = today, store
        self._unrecorded = 0

    async def look(self) -> None:
        """Look, and let the leases of the dead end, as they would in half a minute."""
        await self._store.do(let_go)
        self._unrecorded = len(day.answers_to(self._today.customer)) - await record.recorded(self._store)

    def explains_every_repeat(self) -> None:
        """All is told in order, and again only what was in the window."""
        told = day.answers_to(self._today.customer)
        assert len(told) - len(day.ANSWERS) <= self._unrecorded
        day.each_holds(day.answers_to(self._today.customer, repeats=False), day.ANSWERS)


EARLY, LATE = (1, 4, 7, 10), (2, 6, 9)
DELIVERIES, OTHERS = (2, 8, 11, 17), (5, 10, 14)


@pytest.mark.parametrize(
    ("point", "passings"),
    [
        (HEAR_BEFORE_COMMIT, {"sqlite": EARLY, "postgresql": LATE}),
        (HEAR_AFTER_COMMIT, {"sqlite": LATE, "postgresql": EARLY}),
        (HANDLE_BEFORE_COMMIT, {"sqlite": EARLY, "postgresql": LATE}),
        (HANDLE_AFTER_COMMIT, {"sqlite": EARLY, "postgresql": LATE}),
        (DELIVER_BEFORE_SEND, {"sqlite": DELIVERIES, "postgresql": OTHERS}),
        (DELIVER_AFTER_SEND, {"sqlite": DELIVERIES, "postgresql": OTHERS}),
        (SETTLE_AFTER_COMMIT, {"sqlite": DELIVERIES, "postgresql": OTHERS}),
    ],
)
async def test_a_day_with_sudden_deaths_ends_as_any_other(
    point: str, passings: dict[str, tuple[int, ...]], database_url: str, tmp_path: Path
) -> None:
    plan = Plan(point, *passings[make_url(database_url).get_backend_name()])
    async with street(database_url, tmp_path) as place, record.looking(database_url) as store:
        today = day.of(place, lambda: record.at_rest(place, store))
        window = Window(today, store)
        async with bot(place, tmp_path, plan, window.look) as family:
            await today.goes_by()
            await day.nothing_is_missing(today, store)
        assert plan.done
        assert family.mistakes() == []
    window.explains_every_repeat()


@pytest.mark.parametrize("point", [HEAR_BEFORE_COMMIT, HEAR_AFTER_COMMIT])
async def test_a_desk_in_public_dies_before_it_can_say_yes(
    point: str, sqlite_url: str, tmp_path: Path
) -> None:
    """Webhook and HTTP events: what had no answer comes again."""
    plan = Plan(point, 2, 5, 9)
    async with street(sqlite_url, tmp_path, public=True) as place, record.looking(sqlite_url) as store:
        today = day.of(place, lambda: record.at_rest(place, store))
        window = Window(today, store)
        async with bot(place, tmp_path, plan, window.look) as family:
            await today.goes_by()
            await day.nothing_is_missing(today, store)
        assert plan.done
        assert family.mistakes() == []
    window.explains_every_repeat()


async def test_people_who_do_not_wait_lose_nothing_either(database_url: str, tmp_path: Path) -> None:
    """Deaths at any point, while several things are under way at once."""
    passed = count(1)

    async def every_so_often(_name: str, _point: str) -> bool:
        return next(passed) % 29 != 0

    async with street(database_url, tmp_path) as place, record.looking(database_url) as store:
        today = day.of(place, day.no_breath)
        window = Window(today, store)
        async with bot(place, tmp_path, every_so_often, window.look) as family:
            await today.goes_by()
            await day.nothing_is_missing(today, store)
        assert family.deaths > 2
        assert family.mistakes() == []
    window.explains_every_repeat()


FILE = b"%PDF-1.7 " + b"\x00\xff" * 100_000


async def test_files_of_both_sides_are_there_once_after_deaths_on_their_way(
    sqlite_url: str, tmp_path: Path
) -> None:
    """It died when the bytes were here and not on record, and when Slack showed them and nobody knew."""
    due = [FILE_BEFORE_COMMIT, DELIVER_AFTER_SEND, FILE_BEFORE_COMMIT]
    async with street(sqlite_url, tmp_path) as place, record.looking(sqlite_url) as store:
        today = day.of(place, day.no_breath)

        def shown() -> list[tuple[str, bytes | None]]:
            thread = [reply for card in place.slack.messages(SUPPORT) for reply in card.thread]
            files = [file for reply in thread for file in reply.raw.get("files", ())]
            return [(file["name"], place.slack.file(file["id"])) for file in files]

        async def dies_on_their_way(_name: str, point: str) -> bool:
            if due[:1] != [point] or (point == DELIVER_AFTER_SEND and not shown()):
                return True
            due.pop(0)
            return False

        async with bot(place, tmp_path, dies_on_their_way, lambda: store.do(let_go)) as family:
            card = await today.files()
            await today.customer.sends("document", name="log.pdf", content=FILE)
            await place.slack.until(lambda: len(due) == 1, within=day.PATIENT)
            await today.claims(card)
            await today.agent.sends(card, "how.pdf", FILE[::-1])
            came = await today.customer.sees(lambda message: message.file is not None, day.PATIENT)
            await record.at_rest(place, store)
        assert due == []
        assert family.mistakes() == []
        assert shown() == [("log.pdf", FILE), ("how.pdf", FILE[::-1])]
        [sent] = [one.file for one in today.customer.chat if one.from_bot and one.file]
        assert sent == came.file
        assert place.telegram.file(sent["id"]) == FILE[::-1]


async def test_words_in_a_thread_wait_until_the_bot_knows_whose_it_is(
    database_url: str, tmp_path: Path
) -> None:
    """It died when Slack had shown the card and it had not written down where: an agent answers there."""
    async with street(database_url, tmp_path) as place, record.looking(database_url) as store:
        today = day.of(place, day.no_breath)

        died = asyncio.Event()

        async def dies_after_the_card(_name: str, point: str) -> bool:
            if died.is_set() or point != DELIVER_AFTER_SEND or not place.slack.messages(SUPPORT):
                return True
            died.set()
            return False

        place.slack.faults.hang("conversations.history", seconds=0.8)
        async with bot(place, tmp_path, dies_after_the_card, lambda: store.do(let_go)):
            await today.says_it_all()
            await died.wait()
            (card,) = place.slack.messages(SUPPORT)
            await today.agent.writes(card, ";; known since this morning")
            await record.at_rest(place, store)
        (ticket,) = await record.filed(store)
    assert ticket.words[1:] == (("agent:U0AGENT", "note", "known since this morning"),)
