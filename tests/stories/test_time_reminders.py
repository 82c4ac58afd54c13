"""Time reminds the desk: before a promise ends and when it has ended, once, in the hours of people."""

import asyncio
from dataclasses import replace
from pathlib import Path

from structlog.testing import capture_logs

from storage import Tx
from storage.schema import dues, tickets
from tests.customer_kit import gives
from tests.desk_kit import bare
from tests.kit import SUPPORT, TUNING, World, living_in, street
from tests.time_kit import POLICY, at, count, files, happened, promising

ANSWER = """
[[targets]]
what = "first_response"
within = "4 business hours"
remind = ["50%", "30 business minutes before"]
"""


async def test_the_claimer_is_reminded_in_the_thread_before_and_at_the_breach(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-12: dues and breaches are on record, each once."""
    async with promising(database_url, tmp_path, ANSWER) as desk:
        _, reference = await files(desk)
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(reference))
        await desk.passes(hours=2, minutes=1)
        thread = await desk.thread(reference)
        assert "The first answer is due: " in thread
        assert f"@{agent.id}" in thread
        assert "overdue" not in thread
        assert len(desk.slack.messages(SUPPORT)) == 1  # the claimer is told, and not everybody

        await desk.passes(hours=3)
        await desk.ticks()
        thread = await desk.thread(reference)
        assert thread.count("The first answer is due: ") == 2
        assert thread.count("The first answer is overdue. It was due: ") == 1
        _card, late = desk.slack.messages(SUPPORT)  # now everybody is
        assert late.raw["subtype"] == "thread_broadcast"
        assert "The first answer is overdue. It was due: " in bare(late.text)
        assert await happened(desk, reference, "reminded", "breached", "skipped") == [
            ("reminded", "50%"),
            ("reminded", "30 business minutes before"),
            ("breached", "first_response"),
            ("reminded", "overdue"),
        ]


async def test_what_nobody_claimed_is_seen_in_the_channel(database_url: str, tmp_path: Path) -> None:
    async with promising(database_url, tmp_path, ANSWER) as desk:
        _, reference = await files(desk)
        await desk.passes(hours=2, minutes=1)

        reminder = desk.slack.messages(SUPPORT)[-1]
        assert "Nobody has claimed this ticket" in reminder.text
        assert reminder.raw["subtype"] == "thread_broadcast"
        assert reminder.text in await desk.thread(reference)


async def test_people_are_told_in_their_hours_the_breach_is_on_record_at_its_moment(
    database_url: str, tmp_path: Path
) -> None:
    """The promise runs at night, people do not: what falls into the night is said before closing."""
    plain = '[[targets]]\nwhat = "first_response"\nwithin = "12 hours"\nremind = ["50%"]'
    async with promising(database_url, tmp_path, plain, starts=at(1, 16)) as desk:
        _, reference = await files(desk)
        await desk.passes(hours=13)
        assert await happened(desk, reference, "reminded", "breached") == [
            ("reminded", "50%"),
            ("breached", "first_response"),
        ]
        assert "overdue" not in await desk.thread(reference)
        await desk.passes(hours=5)
        assert "The first answer is overdue" in await desk.thread(reference)


async def test_after_a_standstill_only_the_last_is_said_and_the_rest_is_on_record_as_passed_over(
    database_url: str, tmp_path: Path
) -> None:
    async with promising(database_url, tmp_path, ANSWER) as desk:
        _, reference = await files(desk)
        desk.clock.goes(days=3)
        await desk.ticks()

        thread = await desk.thread(reference)
        assert thread.count("The first answer is") == 1
        assert "The first answer is overdue" in thread
        assert await happened(desk, reference, "reminded", "breached", "skipped") == [
            ("skipped", "50%"),
            ("skipped", "30 business minutes before"),
            ("breached", "first_response"),
            ("reminded", "overdue"),
        ]


async def test_the_desk_ticks_by_itself_every_second_and_at_its_start(
    database_url: str, tmp_path: Path
) -> None:
    """What became due while it was down is done when it is up again."""
    async with street(database_url, tmp_path) as place:
        place.clock.becomes(at(1, 10))
        gives(place, POLICY + ANSWER)
        async with living_in(place) as desk:
            await place.listens()
            _, late = await files(desk)
        place.clock.goes(hours=5)
        async with living_in(place, tuning=replace(TUNING, tick=0.2)) as desk:
            await place.listens()
            await desk.slack.sees(SUPPORT, lambda message: "It was due" in message.text)
            _, later = await files(desk, "The printer on the second floor is silent")
            place.clock.goes(days=1)
            await desk.slack.until(lambda: len(_reminders(desk)) > 1 or None)

            for reference in (late, later):
                assert await happened(desk, reference, "breached") == [("breached", "first_response")]


def _reminders(world: World) -> list[str]:
    told = [message.text for message in world.slack.messages(SUPPORT)]
    return [text for text in told if "It was due" in text and "This morning in" not in text]


async def test_an_answer_in_time_ends_it(database_url: str, tmp_path: Path) -> None:
    async with promising(database_url, tmp_path, ANSWER) as desk:
        _, reference = await files(desk)
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(reference))
        await desk.settles()
        await agent.writes(await desk.card(reference), "We are looking at it")
        await desk.settles()
        await desk.passes(days=2)

        assert await happened(desk, reference, "reminded", "breached", "met") == [("met", "first_response")]


async def test_many_reminders_of_one_tick_are_one_post_the_most_severe_first(
    database_url: str, tmp_path: Path
) -> None:
    async with promising(database_url, tmp_path, ANSWER) as desk:
        early = [(await files(desk, f"The printer of room {room} is silent"))[1] for room in range(2)]
        desk.clock.goes(hours=2, minutes=30)
        late = [(await files(desk, f"The lamp of room {room} is dark"))[1] for room in range(4)]
        desk.clock.goes(hours=2, minutes=30)
        await desk.ticks()

        post = desk.slack.messages(SUPPORT)[-1]
        lines = bare(post.text).splitlines()
        assert lines[0] == "6 reminders"
        assert sorted(line[:9] for line in lines[1:3]) == sorted(early)
        assert all("overdue" in line for line in lines[1:3])
        assert sorted(line[:9] for line in lines[3:]) == sorted(late)
        assert "due" not in "".join([await desk.thread(reference) for reference in (*early, *late)])
        assert await count(desk, "reminded") == 6


async def test_ticks_side_by_side_do_each_thing_once(database_url: str, tmp_path: Path) -> None:
    """As many processes as there may be: who finds a ticket in other hands leaves it alone."""
    async with promising(database_url, tmp_path, ANSWER) as desk:
        for room in range(8):
            await files(desk, f"The printer of room {room} is silent")
        desk.clock.goes(days=1)
        with capture_logs() as logs:
            await asyncio.gather(*(desk.app.tick() for _process in range(4)))
        assert logs == []  # nobody stumbled over another
        await desk.ticks()

        assert await count(desk, "breached") == await count(desk, "reminded") == 8
        told = [message.text for message in desk.slack.messages(SUPPORT)]
        assert sum("This morning in" in text for text in told) == 1
        reminders = [text for text in told if "This morning in" not in text]
        assert "\n".join(reminders).count("The first answer is overdue") == 8


async def test_a_ticket_that_cannot_be_done_is_put_off_and_the_others_go_on(
    database_url: str, tmp_path: Path
) -> None:
    async with promising(database_url, tmp_path, ANSWER) as desk:
        _, broken = await files(desk, "The printer of room 1 is silent")
        _, whole = await files(desk, "The printer of room 2 is silent")
        await damages(desk, broken)
        desk.clock.goes(days=1)
        await desk.app.tick()
        await desk.app.tick()

        assert await happened(desk, whole, "breached") == [("breached", "first_response")]
        assert await count(desk, "breached") == 1
        assert await tries(desk) == {1}


async def damages(world: World, reference: str) -> None:
    """What is sealed in a ticket can no longer be read."""

    def damage(tx: Tx) -> None:
        ours = tickets.c.reference == reference.replace("-", "")
        tx.connection.execute(tickets.update().where(ours).values(title=b"no seal"))

    await world.app.store.do(damage)


async def tries(world: World) -> set[int]:
    """How often what is planned has failed."""
    return await world.app.store.read(
        lambda tx: {row.attempts for row in tx.connection.execute(dues.select())}
    )
