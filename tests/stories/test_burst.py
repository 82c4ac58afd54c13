"""Many file at once: Slack takes about one post a second, so what is urgent or late goes first."""

from pathlib import Path

from tests.burst_kit import rush
from tests.kit import SUPPORT, World

MANY = 20


async def test_what_is_urgent_or_late_goes_before_the_rest_of_a_rush(
    database_url: str, tmp_path: Path
) -> None:
    async with rush(database_url, tmp_path) as here:
        (early,) = await here.files([here.world.customer("en")])
        await here.goes(5)
        here.world.clock.goes(minutes=59)
        filed = await here.files([here.world.customer("en") for _ in range(MANY)])
        await here.goes(3)
        assert len(here.cards()) < MANY / 2

        began = here.machine.seconds()
        (urgent,) = await here.files([here.world.customer("en")], "high")
        await here.goes(3)
        assert here.waits(urgent, began) <= 3

        here.world.clock.goes(minutes=1)
        await here.world.app.tick()
        await here.goes(3)
        assert "Nobody has claimed this ticket" in _thread(here.world, early)
        assert len(here.cards()) < MANY

        await here.goes(2.5 * MANY)
        assert here.cards() == dict.fromkeys([early, *filed, urgent], 1)
        assert all(_thread(here.world, one).count("The customer wrote:") == 1 for one in filed)
        assert here.rates.refused == 0


async def test_words_that_wait_for_their_turn_arrive_in_one_post(database_url: str, tmp_path: Path) -> None:
    async with rush(database_url, tmp_path) as here:
        crowd = [here.world.customer("en") for _ in range(6)]
        filed = await here.files(crowd)
        last = next(one for one in filed if one not in here.cards())
        person = crowd[filed.index(last)]
        for words in ("Are you there?", "It says 502", "And now 504"):
            await person.says(words)
            await here.settles()
        await here.goes(20)

        thread = _thread(here.world, last)
        assert thread.count("The customer wrote:") == 1
        assert thread.index("Are you there?") < thread.index("It says 502") < thread.index("And now 504")


def _thread(world: World, reference: str) -> str:
    """What stands in a thread now: nothing is waited for."""
    card = next(one for one in world.slack.messages(SUPPORT) if one.text.startswith(reference))
    return "\n".join(reply.text for reply in card.thread)
