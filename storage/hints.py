"""Hints: whoever waits for post is woken early. A hint may be lost; looking each second is the truth."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from weakref import WeakSet


class Bell:
    """Wakes one waiter."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for a ring, or until the time is over; tells whether it rang. One ring wakes once."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Hints:
    """Rings the bells of a topic. To be used in the event loop only."""

    def __init__(self) -> None:
        self._bells: defaultdict[str, WeakSet[Bell]] = defaultdict(WeakSet)
        self._rings: Counter[str] = Counter()

    def bell(self, topic: str) -> Bell:
        """A bell of one's own, which rings for `topic` as long as it is held."""
        bell = Bell()
        self._bells[topic].add(bell)
        return bell

    def rings(self, topic: str) -> int:
        """How often it has rung so far."""
        return self._rings[topic]

    def ring(self, topics: Iterable[str]) -> None:
        for topic in topics:
            self._rings[topic] += 1
            for bell in self._bells[topic]:
                bell.ring()
