"""The morning digest: how each queue stands, once a working day, when it opens."""

from pathlib import Path

from tests.customer_kit import resolved
from tests.desk_kit import bare
from tests.kit import SUPPORT, World
from tests.time_kit import at, files, promising

PROMISES = """
[[targets]]
what = "first_response"
within = "10 business hours"
[[targets]]
what = "resolution"
within = "3 business days"
"""


def digests(world: World) -> list[str]:
    """What the support queue was told in the mornings."""
    told = [bare(message.text) for message in world.slack.messages(SUPPORT)]
    return [text for text in told if text.startswith("This morning in")]


async def test_a_queue_is_told_in_the_morning_how_it_stands_and_once(
    database_url: str, tmp_path: Path
) -> None:
    async with promising(database_url, tmp_path, PROMISES) as desk:
        _, due = await files(desk, "The printer is silent since noon")
        asked, waiting = await files(desk, "The lamp in the hall is dark")
        rating, rated = await files(desk, "The door does not close any more")
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(waiting))
        await desk.settles()
        await agent.clicks("ask", await desk.card(waiting))
        await desk.settles()
        await agent.submits({"text": "Which lamp is it?"})
        await desk.settles()
        assert "Which lamp is it?" in asked.person.chat[-1].text
        await rating.presses("solved", await resolved(desk, rating, rated))
        await rating.presses("4")
        await desk.passes(hours=22, minutes=50)
        assert digests(desk) == []
        await desk.passes(hours=7)  # it is Monday, 16:00

        (told,) = digests(desk)
        assert told.splitlines() == [
            "This morning in Support",
            "Due today: 1",
            f"{due} · The first answer is due: Monday, 2 November, 12:00.",
            "Waiting for the customer: 1",
            "Claimed by nobody: 1",
            f"{due} · sent: Sunday, 1 November, 10:00",
            "Ratings since the last working day began:",
            "Rating: 4.0 of 5 (1)",
        ]
        await desk.passes(days=1)
        assert len(digests(desk)) == 2
        assert (
            f"{due} · The first answer is overdue. It was due: Monday, 2 November, 12:00." in digests(desk)[1]
        )


async def test_a_desk_that_stood_still_is_told_of_today_and_not_of_the_days_before(
    database_url: str, tmp_path: Path
) -> None:
    """Nor at the weekend, nor when the day is over, nor of what came when it had begun."""
    async with promising(database_url, tmp_path, PROMISES) as desk:
        _, before = await files(desk)
        desk.clock.becomes(at(4, 18))
        await desk.ticks()
        assert digests(desk) == []
        desk.clock.becomes(at(5, 12))
        _, since = await files(desk)
        await desk.ticks()
        await desk.ticks()
        (told,) = digests(desk)
        assert before in told
        assert since not in told
        await desk.passes(days=2, hours=20)
        assert len(digests(desk)) == 1  # Sunday, 08:00
        await desk.passes(hours=2)
        assert len(digests(desk)) == 2


async def test_where_no_week_is_known_every_day_begins_at_nine(desk: World) -> None:
    """In the desk's zone, which is UTC where nothing else is said."""
    desk.clock.becomes(at(6, 11))  # a Friday, 08:00 UTC
    await desk.files(desk.customer("en"))
    await desk.passes(minutes=50)
    assert digests(desk) == []
    await desk.passes(minutes=20)
    assert len(digests(desk)) == 1
    assert [message.text for message in desk.slack.messages("C0BILLING")] == []
