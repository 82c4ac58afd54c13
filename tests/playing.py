"""The playground as `sanad demo` starts it, on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import policies
from bot.core.desk import Language
from bot.playground.demo import Demo
from bot.playground.page.server import serving


@asynccontextmanager
async def playing(
    policy: str = "general", language: Language = "en", *, undo: int = 0
) -> AsyncIterator[tuple[Demo, str]]:
    """A fresh desk, and the address of its page. Nobody waits for words that could still be taken back."""
    async with Demo(policies, policy, language, undo=undo) as demo, serving(demo, 0) as address:
        yield demo, address
