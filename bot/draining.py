"""For tests and the playground: to wait until workers have done all that can be done now."""

from collections.abc import Sequence
from typing import Protocol

from storage import Store, Tx


class Worker(Protocol):
    """Takes what waits in the store, and works it in the background."""

    @property
    def begun(self) -> int:
        """How many pieces of work it has begun so far."""

    async def rest(self, *, turns: bool) -> bool:
        """Return when nothing is under way, nor waits for its turn if `turns`; tells whether anything was."""

    def waits(self, tx: Tx) -> bool:
        """Whether there is anything that it could take now."""

    async def take_up(self) -> bool:
        """Begin what could be taken; tells whether there was anything."""


async def drained(store: Store, workers: Sequence[Worker], *, turns: bool = True) -> None:
    """All of them are asked in one look, so that to wait costs next to nothing where nothing waits."""
    while True:
        if any([await worker.rest(turns=turns) for worker in workers]):
            continue
        # What begins and ends while the store is being asked may free what it holds too late for the answer.
        begun = [worker.begun for worker in workers]
        if any([await worker.take_up() for worker in await _waiting(store, workers)]):
            continue
        if begun == [worker.begun for worker in workers]:
            return


async def _waiting(store: Store, workers: Sequence[Worker]) -> Sequence[Worker]:
    try:
        return await store.do(lambda tx: [worker for worker in workers if worker.waits(tx)])
    except Exception:  # noqa: BLE001 - then each looks for itself, and reports what it meets
        return workers
