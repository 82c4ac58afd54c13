"""A rush: 500 tickets in a minute for one channel of Slack, with the machine's clock in our hand."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bench.tick import say
from tests.burst_kit import Rush, rush

MANY, BATCH, MINUTE = 500, 25, 60.0


async def main(many: int = MANY) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with rush(f"sqlite+aiosqlite:///{folder}/sanad.db", Path(folder)) as here:
            await measure(here, many)


async def measure(here: Rush, many: int) -> None:
    """File them, then one that is urgent, and wait until everything stands in the channel."""
    began = here.machine.seconds()
    filed = []
    for first in range(0, many, BATCH):
        people = [here.world.customer("en") for _ in range(min(BATCH, many - first))]
        filed += await here.files(people)
        await here.goes(MINUTE * len(people) / many)
    last = here.machine.seconds()
    say(f"{len(filed)} tickets filed in {last - began:.0f} s; {len(here.cards())} of them have cards")
    (urgent,) = await here.files([here.world.customer("en")], "high")
    await here.goes(5)
    say(f"an urgent one, filed last: its card came after {here.waits(urgent, last):.1f} s")
    while len(here.cards()) <= many:
        await here.goes(10)
    say(f"all {many + 1} cards were there {max(here.shown.values()) - began:.0f} s after the first was filed")
    await here.goes(60 + 1.5 * many)
    wrong = [one for one in (*filed, urgent) if here.cards()[one] != 1]
    calls = sum(name == "chat.postMessage" for name, _ in here.world.slack.calls)
    say(f"lost or doubled: {len(wrong)} cards; of {calls} posts in all Slack refused {here.rates.refused}")


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
