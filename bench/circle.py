"""What a message costs: 200 customers file and write on their tickets, beside a stock echo bot, as ratios."""

import asyncio
import base64
import math
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import children, parts
from bench.children import Child
from bench.crowd import Crowd as Tickets
from bench.customers import MORE, WHOLE, Crowd, Script
from bench.http import served
from bench.slack import LeanSlack
from bench.telegram import TOKEN, LeanTelegram
from bench.tick import say
from storage import Keyring, Store, search

CUSTOMERS = 200
ROUNDS = 3
DELAY = 0.05
QUIET = 1.0
SECONDS = 12.0
"""How long customers go on writing who would never come to an end, or not for minutes."""
STORED = (1_000, 1_000_000)

DESK = """
[queues.support]
channel = "C0SUPPORT"
language = "en"
[queues.billing]
channel = "C0BILLING"
language = "en"
"""
KEYS = "bench:" + base64.b64encode(os.urandom(32)).decode()


@dataclass(frozen=True, slots=True)
class Run:
    """One bot's turn."""

    messages: int
    seconds: float
    took: list[float]
    cpu: float
    memory: float
    idle: float
    first: float
    seen: parts.Seen | None = None

    @property
    def speed(self) -> float:
        return self.messages / self.seconds

    def __str__(self) -> str:
        cuts = [cut * 1000 for cut in statistics.quantiles(self.took, n=100)]
        return (
            f"{self.speed:6.0f} messages/s, {cuts[49]:.0f}/{cuts[94]:.0f}/{cuts[98]:.0f} ms (p50/p95/p99), "
            f"{self.cpu / self.messages * 1000:.2f} ms of processor each, {self.memory:.0f} MiB"
        )


@asynccontextmanager
async def an_echo(url: str) -> AsyncIterator[Child]:
    async with children.running("bench.echo", TELEGRAM_API_URL=url) as child:
        yield child


@asynccontextmanager
async def a_desk(url: str, *words: str, database: Path | None = None) -> AsyncIterator[Child]:
    """Ours, on a SQLite file that waits for the disk at each commit."""
    slack = LeanSlack()
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        desk = Path(folder) / "desk.toml"
        desk.write_text(DESK)
        async with served(slack.answer) as slack_url:
            given = {
                "DATABASE_URL": f"sqlite+aiosqlite:///{database or Path(folder) / 'sanad.db'}",
                "SANAD_KEYS": KEYS,
                "SANAD_POLICY": "general",
                "SANAD_DESK": str(desk),
                "SANAD_PORT": "0",
                "SANAD_ADMIN_PORT": "0",
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_API_URL": url,
                "SLACK_BOT_TOKEN": "xoxb-bench",
                "SLACK_SIGNING_SECRET": "bench" * 6,
                "SLACK_API_URL": slack_url,
            }
            async with children.running("bench.desk", *words, **given) as child:
                yield child


async def run(
    bot: str,
    script: Script,
    *words: str,
    delay: float = 0.0,
    seconds: float = math.inf,
    database: Path | None = None,
    looked_at: bool = False,
) -> Run:
    """Start the bot, let one person write first, and then all at once."""
    early = Crowd((("/start", 1 if bot == "echo" else 2),), 1, 0.0, first_chat=1)
    crowd = Crowd(script, CUSTOMERS, seconds)
    telegram = LeanTelegram(delay, lambda chat: (early if chat == 1 else crowd).answered(chat))
    async with served(telegram.answer) as url:
        began = time.perf_counter()
        async with an_echo(url) if bot == "echo" else a_desk(url, *words, database=database) as child:
            await early.talk(telegram.write)
            first = time.perf_counter() - began
            await asyncio.sleep(QUIET)
            idle, before = child.memory(), child.cpu()
            async with _looking(child, looked_at) as seen:
                lasted = await crowd.talk(telegram.write)
            used, memory = child.cpu() - before, child.memory()
    return Run(len(crowd.took), lasted, crowd.took, used, memory, idle, first, seen)


def _looking(child: Child, looked_at: bool) -> AbstractAsyncContextManager[parts.Seen | None]:
    return parts.looking_at(child.process.pid) if looked_at else nullcontext()


async def beside_an_echo() -> Run:
    """Turn by turn, so that whatever ails the machine ails both."""
    echoes, desks = [], []
    for _ in range(ROUNDS):
        echoes.append(await run("echo", MORE, seconds=SECONDS))
        desks.append(await run("desk", WHOLE))
    echo, desk = _middle(echoes), _middle(desks)
    say(f"  stock echo: {echo}")
    say(f"  the desk:   {desk}")
    say(f"  the desk is {desk.speed / echo.speed:.2f} of the echo")
    say(f"  first answer {desk.first:.1f} s after the start (the echo {echo.first:.1f} s)")
    say(f"  idle in {desk.idle:.0f} MiB (the echo in {echo.idle:.0f})")
    return desk


def _middle(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.speed)[len(runs) // 2]


async def behind_a_delay(at_once: Run) -> None:
    echo = await run("echo", MORE, delay=DELAY, seconds=SECONDS)
    desk = await run("desk", WHOLE, delay=DELAY)
    say(f"  stock echo: {echo}")
    say(f"  the desk:   {desk}")
    say(f"  the desk is {desk.speed / at_once.speed:.2f} of itself without delay")
    say(f"  the desk is {desk.speed / echo.speed:.1f} of the echo")


async def at_telegrams_pace() -> None:
    say(f"  the desk:   {await run('desk', WHOLE, 'paced', seconds=SECONDS)}")


async def part_by_part() -> None:
    desk = await run("desk", WHOLE, looked_at=True)
    for line in str(desk.seen).splitlines():
        say(f"  {line}")


async def among_many() -> None:
    """The processor time of a message, as ratios to that among the fewest tickets."""
    least = 0.0
    for many in STORED:
        with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
            database = Path(folder) / "full.db"
            await _fill(database, many)
            desk = await run("desk", WHOLE, database=database)
        cost = desk.cpu / desk.messages
        least = least or cost
        each = f"{cost * 1000:.2f} ms of processor each"
        say(f"  {many:>9,} tickets stored: a message costs {cost / least:.2f} of the first ({each})")


async def _fill(database: Path, many: int) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{database}", Keyring.parse(KEYS))
    await Tickets(store).waits(many, datetime.now(UTC))
    await store.do(lambda tx: search.reach(tx, None))  # else the desk would index them all meanwhile
    await store.close()


async def main() -> None:
    say(f"{CUSTOMERS} customers on a local Telegram, pacing lifted, SQLite that waits for the disk")
    desk = await beside_an_echo()
    say(f"The same with {DELAY * 1000:.0f} ms of delay in each call of Telegram's")
    await behind_a_delay(desk)
    say("The same without delay, at Telegram's own pace: 30 messages a second, one in each chat")
    await at_telegrams_pace()
    say("Where the time goes (looks at who has the interpreter's lock)")
    await part_by_part()
    say("Among ever more tickets")
    await among_many()


if __name__ == "__main__":
    asyncio.run(main())
