"""Where a desk's time goes: which function has the interpreter's lock, looked at from outside by py-spy.

From inside it would be seen only where it lets go of the lock, which is not where it spends its time.
"""

import asyncio
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PY_SPY = Path(sys.executable).with_name("py-spy")
LOOKS = "400"  # in a second
BEGINS_WITHIN = 1.0
"""Seconds that py-spy takes to find its way about a process."""

PARTS = (
    ("sqlalchemy/", "SQL: making and running statements"),
    ("storage/prepared.py", "SQL: making and running statements"),
    ("storage/drivers.py", "SQL: making and running statements"),
    ("storage/columns.py", "SQL: making and running statements"),
    ("storage/crypto.py", "sealing and opening"),
    ("storage/keys.py", "sealing and opening"),
    ("storage/", "the store's own work"),
    ("pydantic", "rules and values"),
    ("bot/core/", "rules and values"),
    ("handlers/", "handlers"),
    ("locales/", "handlers"),
    ("aiohttp/", "HTTP"),
    ("telegram/", "Telegram: the library, and ours"),
    ("bot/channels/telegram/", "Telegram: the library, and ours"),
    ("slack_sdk/", "Slack: the SDK, and ours"),
    ("bot/channels/slack/", "Slack: the SDK, and ours"),
    ("bot/loop.py", "the event loop"),
    ("bot/", "inbox, outbox, lanes"),
)
OTHER = "the event loop"

UNITS = (
    ("_handle_next (bot/inbox.py", "handled: the unit"),
    ("keep (bot/inbox.py", "heard: the inbox"),
    ("_take (bot/errands.py", "leased: the outbox"),
    ("settle (bot/errands.py", "settled: the outbox"),
    ("_together (storage/engines/writer.py", "committed: groups of units"),
)
OUTSIDE = "hearing and sending"


@dataclass(frozen=True, slots=True)
class Seen:
    """How many looks found each part at work, and each unit."""

    parts: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{_shares(self.parts)}\n{_shares(self.units)}"


@asynccontextmanager
async def looking_at(process: int) -> AsyncIterator[Seen]:
    """What is seen is there at the end. Nothing, where one may not look into another process."""
    seen = Seen()
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        looks = Path(folder) / "looks"
        told = ("record", "--gil", "--rate", LOOKS, "--format", "raw", "--output", str(looks))
        spy = await asyncio.create_subprocess_exec(
            str(PY_SPY), *told, "--duration", "unlimited", "--pid", str(process), stdout=-3, stderr=-3
        )
        await asyncio.sleep(BEGINS_WITHIN)
        yield seen
        if spy.returncode is None:
            spy.send_signal(signal.SIGINT)
        await spy.wait()
        if looks.exists():
            _count(seen, looks.read_text().splitlines())


def _count(seen: Seen, looks: Iterable[str]) -> None:
    """A line has a stack, outermost first, and how often it was seen."""
    for line in looks:
        stack, _, times = line.rpartition(" ")
        frames = stack.split(";")[::-1]
        seen.parts[_part(frames)] += int(times)
        seen.units[_unit(frames)] += int(times)


def _part(frames: Sequence[str]) -> str:
    for frame in frames:
        path = frame.rpartition("(")[2]
        for beginning, part in PARTS:
            if path.startswith(beginning):
                return part
    return OTHER


def _unit(frames: Sequence[str]) -> str:
    named = (unit for frame in frames for function, unit in UNITS if function in frame)
    return next(named, OUTSIDE)


def _shares(counted: Counter[str]) -> str:
    looks = counted.total()
    if not looks:
        return "this user may not look into another process"
    return "; ".join(f"{100 * number / looks:.0f} % {name}" for name, number in counted.most_common())
