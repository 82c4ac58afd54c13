"""What was never sent expires politely: after a week, at a civil hour, with one word."""

from pathlib import Path

from tests.customer_kit import WRITTEN, cards, chat
from tests.kit import World
from tests.time_kit import at, files, promising

GONE = "unfinished request has been waiting here for a week"


async def test_an_unfinished_request_expires_after_a_week_with_one_word(desk: World) -> None:
    desk.clock.becomes(at(1, 5))  # 02:00 UTC, the desk's zone
    customer, other = chat(desk), chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low")
    await other.says("/new", "technical", "app", WRITTEN, "/help")  # set aside, and kept as well
    await desk.passes(days=6, hours=23)
    await other.says("/new")  # they come back to it
    await desk.passes(hours=7, minutes=50)
    assert GONE not in customer.told
    assert customer.person.keyboard
    await desk.passes(minutes=20)
    assert GONE in customer.told
    assert not customer.person.keyboard
    assert GONE not in other.told
    await desk.passes(days=3)
    assert customer.told.count(GONE) == 1

    await customer.says("/new")
    assert "not sent yet" not in customer.told
    assert "What is it about?" in customer.told


async def test_a_question_that_holds_nothing_of_theirs_is_left_alone(
    database_url: str, tmp_path: Path
) -> None:
    """A survey may be answered later than that."""
    async with promising(database_url, tmp_path, '[resolved]\nclose_after = "24 hours"\n') as desk:
        customer, reference = await files(desk)
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(reference))
        await desk.settles()
        await agent.clicks("resolve", await desk.card(reference))
        await desk.settles()
        await agent.submits({"text": "Done."})
        await desk.passes(days=12)
        assert GONE not in customer.told
        await customer.presses("4")

        assert "4 of 5" in (await desk.card(reference)).text
        assert await cards(desk) == 1
