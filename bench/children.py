"""A bot as a process of its own, and what it uses up."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
MIB = 1024


@dataclass(frozen=True, slots=True)
class Child:
    """What Linux tells about it; nothing elsewhere."""

    process: asyncio.subprocess.Process

    def cpu(self) -> float:
        """Seconds of processor time."""
        stat = self._read("stat").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICK if stat else 0.0

    def memory(self) -> float:
        """MiB in memory now."""
        lines = dict(line.split(":", 1) for line in self._read("status").splitlines())
        return int(lines.get("VmRSS", "0 kB").split()[0]) / MIB

    def _read(self, name: str) -> str:
        about = Path(f"/proc/{self.process.pid}/{name}")
        return about.read_text() if about.exists() else ""


@asynccontextmanager
async def running(module: str, *words: str, **environment: str) -> AsyncIterator[Child]:
    """`python -m module`, until we are done with it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words), env=_without_ours(os.environ) | environment
    )
    try:
        yield Child(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _without_ours(inherited: Mapping[str, str]) -> dict[str, str]:
    ours = ("SANAD_", "TELEGRAM_", "SLACK_", "DATABASE_URL")
    return {name: value for name, value in inherited.items() if not name.startswith(ours)}
