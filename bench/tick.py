"""What a tick costs: 100 tickets due among ever more that are open, and how late 10,000 in a minute get."""

import asyncio
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

from bench.crowd import AN_HOUR, Crowd
from bench.databases import DATABASES
from bot.ticks import Tick
from storage import Store, Tx
from storage.schema import outbox

DUE = 100
ROUNDS = 3
OPEN = (10_000, 100_000, 1_000_000)
CROWD = 10_000
BEGINS = datetime(2027, 2, 1, tzinfo=UTC)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def cost_of_a_tick(store: Store) -> None:
    """Seconds of one pass over 100 due tickets, as ratios to the pass among the fewest open ones."""
    crowd, at, first = Crowd(store), BEGINS, 0.0
    for many in OPEN:
        await crowd.waits(many, at)
        passes = []
        for _ in range(ROUNDS):
            await crowd.files(DUE, at)
            at += AN_HOUR
            began = time.perf_counter()
            await Tick(store, crowd.office, at, at).run()
            passes.append(time.perf_counter() - began)
            at += AN_HOUR
        took = statistics.median(passes)
        first = first or took
        idle = await _idle(store, crowd, at)
        say(
            f"  {many:>9,} open: {took / first:5.2f} of the first ({took * 1000:.0f} ms for {DUE} due, "
            f"{idle * 1000:.2f} ms with none)"
        )


async def _idle(store: Store, crowd: Crowd, at: datetime) -> float:
    began = time.perf_counter()
    for _ in range(20):
        await Tick(store, crowd.office, at, at).run()
    return (time.perf_counter() - began) / 20


async def lateness(store: Store) -> None:
    """From the due moment of each of 10,000 tickets in one minute to the commit that holds its outbox row."""
    crowd, minute = Crowd(store), timedelta(minutes=1)
    now = datetime.now(UTC)
    await crowd.files(CROWD, now - AN_HOUR, within=minute)
    late: list[float] = []
    seen = await _shown(store)
    offset = datetime.now(UTC) - now  # filing took its time: desk time begins when it is over
    while len(late) < CROWD:
        at = datetime.now(UTC) - offset
        await Tick(store, crowd.office, at, at).run()
        done = datetime.now(UTC) - offset
        due = [now + minute * number / CROWD for number in range(seen, await _shown(store))]
        late += [(done - moment).total_seconds() for moment in due]
        seen += len(due)
        await asyncio.sleep(max(0.0, 1.0 - (done - at).total_seconds()))
    cuts = statistics.quantiles(late, n=100)
    say(
        f"  {CROWD:,} due in one minute: {cuts[49]:.1f} s late in the middle, {cuts[94]:.1f} s for 95 %, "
        f"{max(late):.1f} s at most, while a tick comes each second"
    )


async def _shown(store: Store) -> int:
    """How many tickets have a row in the outbox: a card is drawn again for each."""

    def count(tx: Tx) -> int:
        return len(tx.connection.execute(outbox.select().where(outbox.c.kind == "show")).all())

    return await store.read(count)


async def main() -> None:
    for name, opened in DATABASES.items():
        say(f"{name}: a tick with {DUE} due tickets among many open ones")
        async with opened() as store:
            await cost_of_a_tick(store)
        async with opened() as store:
            await lateness(store)


if __name__ == "__main__":
    asyncio.run(main())
