"""The inbox worker: keeps what channels hear, and handles it lane by lane, in order."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog

from bot import checkpoints, faults
from bot.core.heard import Incoming
from bot.core.now import Now
from bot.courier import Courier, SendNow
from bot.draining import drained
from bot.lanes import Lanes
from storage import Store, Tx, answers, inbox
from storage.dialects import passing
from storage.inbox import Heard, Kept
from storage.leases import NotYetError

log = structlog.get_logger()

Handle = Callable[[Tx, Incoming], Sequence[Now]]

LOOK = 512
"""Lanes found in one look."""

IN_A_MOMENT = 0.02
"""Seconds until another process may be done with a lane."""
NOT_YET = timedelta(seconds=0.5)
"""How long a lane waits whose next row has to wait for something else."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try before a row is parked, and how many seconds its lane waits after each attempt."""

    attempts: int = 5
    pauses: tuple[float, ...] = (0.5, 2, 10, 60)

    def after(self, attempts: int) -> timedelta:
        return timedelta(seconds=self.pauses[min(attempts, len(self.pauses)) - 1])


@dataclass(frozen=True, slots=True)
class Handled:
    """A committed row and its answers; `left` when they wait in the store for another process's request.

    `more` when something else waits in its lane.
    """

    id: UUID
    incoming: Incoming
    nows: tuple[Now, ...]
    left: bool = False
    more: bool = False


class StumbledError(Exception):
    """A handler raised; the cause says what. `incoming` is None if the row could not be read."""

    def __init__(self, heard: Heard, incoming: Incoming | None) -> None:
        super().__init__(str(heard.id))
        self.heard = heard
        self.incoming = incoming


class WorkedElsewhereError(Exception):
    """Another process has the lane; it need not see what was heard after it had looked for more."""


class InboxWorker:
    """The ears of all channels. `handle` and `give_up` run inside the unit that settles the row.

    A handler that raises NotYetError is asked again soon, as often as it takes.
    `give_up` answers, once, what could not be handled and is parked. `clock` tells machine time.
    """

    def __init__(
        self,
        store: Store,
        handle: Handle,
        give_up: Handle,
        send_now: SendNow,
        *,
        clock: Callable[[], datetime],
        checkpoint: checkpoints.Checkpoint = checkpoints.nowhere,
        patience: Patience | None = None,
        abreast: int = 64,
        poll: float = 1.0,
    ) -> None:
        self._store = store
        self._handle = handle
        self._give_up = give_up
        self._clock = clock
        self._checkpoint = checkpoint
        self._patience = patience or Patience()
        self._poll = poll
        self._courier = Courier(send_now)
        self._lanes = Lanes(self._work, abreast)
        self._bell = store.hints.bell("inbox")
        self._waiters: dict[UUID, asyncio.Future[tuple[Now, ...]]] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def running(self) -> bool:
        return self._watcher is not None and not self._watcher.done()

    async def start(self) -> None:
        """Begin with what an earlier run left."""
        self._bell.ring()
        self._watcher = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Begin nothing new; finish the units that run, and send their answers."""
        self._stopping = True
        if self._watcher:
            self._watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watcher
        await self._lanes.stop()
        await self._courier.stop()

    @property
    def begun(self) -> int:
        return self._lanes.begun

    async def rest(self, *, turns: bool) -> bool:  # noqa: ARG002 - its only turns are those of its lanes
        """Return when no lane is worked and all answers are sent; tells whether there was anything."""
        busy = self._lanes.busy or self._courier.busy
        await self._lanes.idle()
        await self._courier.idle()
        return busy

    def waits(self, tx: Tx) -> bool:
        return bool(inbox.lanes_waiting(tx, self._clock(), 1))

    async def take_up(self) -> bool:
        found = await self._look()
        if found:
            await asyncio.sleep(0.001)  # a lane may be worked by another process
        return found

    async def drain(self) -> None:
        """For tests and the playground: return when nothing can be handled now, and answers are sent."""
        await drained(self._store, [self])

    async def hear(self, batch: Sequence[Incoming]) -> None:
        for kept in await self._keep(batch):
            self._lanes.offer(kept.lane)

    async def hear_now(self, incoming: Incoming, within: float = 2.0) -> tuple[Now, ...] | None:
        until = asyncio.get_running_loop().time() + within
        [kept] = await self._keep([incoming], self._clock() + timedelta(seconds=within))
        waiter = self._waiters.setdefault(kept.id, asyncio.get_running_loop().create_future())
        self._lanes.offer(kept.lane, at_once=True)
        nows = await self._answered(kept, waiter, until)
        self._waiters.pop(kept.id, None)
        return nows if nows is not None else await self._store.do(partial(answers.give_up, row=kept.id))

    async def _keep(self, batch: Sequence[Incoming], awaited_until: datetime | None = None) -> list[Kept]:
        at = self._clock()

        def keep(tx: Tx) -> list[Kept]:
            kept = inbox.hear(tx, batch, at)
            if awaited_until:
                answers.expect(tx, kept[0].id, awaited_until)
            self._checkpoint(checkpoints.HEAR_BEFORE_COMMIT)
            return kept

        kept = await self._store.do(keep)
        self._checkpoint(checkpoints.HEAR_AFTER_COMMIT)
        return kept

    async def _answered(
        self, kept: Kept, waiter: asyncio.Future[tuple[Now, ...]], until: float
    ) -> tuple[Now, ...] | None:
        # Nothing here is cancelled half-way: answers that were collected are in no other place.
        pause = None if self._store.exclusive else 0.05
        while (left := until - asyncio.get_running_loop().time()) > 0:
            nows = await self._store.do(partial(answers.collect, row=kept.id))
            # Who left no answers may be ourselves, and has not heard of the commit yet.
            if waiter.done() or nows or (nows is not None and not (pause and self._lanes.works(kept.lane))):
                return waiter.result() if waiter.done() else nows
            await asyncio.wait([waiter], timeout=min(left, pause or left))
        return waiter.result() if waiter.done() else None

    async def _watch(self) -> None:
        while True:
            await self._bell.wait(self._poll)
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - the next look may find the database in better health
                faults.report("inbox.trouble", error)

    async def _look(self) -> bool:
        now = self._clock()
        lanes = await self._store.read(lambda tx: inbox.lanes_waiting(tx, now, LOOK))
        for lane in lanes:
            if not self._lanes.works(lane):  # who works it sees whether more is left
                self._lanes.offer(lane)
        return bool(lanes)

    async def _work(self, lane: str) -> None:
        try:
            while not self._stopping and await self._step(lane):
                continue
        except Exception as error:  # noqa: BLE001 - the row is as it was; the next look finds it
            faults.report("inbox.trouble", error)

    async def _step(self, lane: str) -> bool:
        """Handle the lane's next row; false if there is no other one to handle after it."""
        try:
            handled = await self._store.do(lambda tx: self._handle_next(tx, lane))
        except NotYetError:
            again_at = self._clock() + NOT_YET
            await self._store.do(lambda tx: inbox.put_off(tx, lane, again_at))
            return False
        except WorkedElsewhereError:
            asyncio.get_running_loop().call_later(IN_A_MOMENT, self._lanes.offer, lane)
            return False
        except StumbledError as stumbled:
            handled = await self._stumble(stumbled)
            if handled is None:
                return True
        if handled is None:
            return False
        self._checkpoint(checkpoints.HANDLE_AFTER_COMMIT)
        self._answer(handled)
        return handled.more

    def _handle_next(self, tx: Tx, lane: str) -> Handled | None:
        heard = inbox.take(tx, lane, self._clock())
        if heard is None:
            if inbox.worked_elsewhere(tx, lane, self._clock()):
                raise WorkedElsewhereError
            return None
        incoming, nows = self._try(tx, heard)
        inbox.handled(tx, heard, self._clock())
        more = inbox.waits(tx, lane)
        handled = self._leave(tx, heard, Handled(heard.id, incoming, nows, more=more))
        self._checkpoint(checkpoints.HANDLE_BEFORE_COMMIT)
        return handled

    def _try(self, tx: Tx, heard: Heard) -> tuple[Incoming, tuple[Now, ...]]:
        incoming = None
        try:
            incoming = inbox.open_payload(tx, heard)
            return incoming, tuple(self._handle(tx, incoming))
        except NotYetError:
            raise
        except Exception as error:
            if passing(error):
                raise  # the database's trouble, not the handler's: it does not count
            raise StumbledError(heard, incoming) from error

    def _leave(self, tx: Tx, heard: Heard, handled: Handled) -> Handled:
        """Leave the answers in the store, if a request of another process waits for them."""
        until = heard.awaited_until
        if until is None or until <= self._clock() or heard.id in self._waiters:
            return handled
        return replace(handled, left=answers.leave(tx, heard, handled.nows))

    async def _stumble(self, stumbled: StumbledError) -> Handled | None:
        """Count the attempt, or give the row up; then its answers, if it has any."""
        heard, cause = stumbled.heard, stumbled.__cause__ or stumbled
        faults.report("inbox.stumbled", cause, row=str(heard.id), attempts=heard.attempts + 1)
        error = faults.name(cause)[:200]
        if heard.attempts + 1 < self._patience.attempts:
            retry_at = self._clock() + self._patience.after(heard.attempts + 1)
            await self._store.do(lambda tx: inbox.failed(tx, heard, error, retry_at))
            return None
        return await self._park(heard, stumbled.incoming, error)

    async def _park(self, heard: Heard, incoming: Incoming | None, error: str) -> Handled | None:
        log.error("inbox.parked", row=str(heard.id), error=error)
        if incoming:
            try:
                return await self._store.do(lambda tx: self._apologise(tx, heard, incoming, error))
            except Exception as failure:  # noqa: BLE001 - without an apology, but the lane goes on
                faults.report("inbox.give_up_failed", failure, row=str(heard.id))
        await self._store.do(lambda tx: inbox.park(tx, heard, error))
        return None

    def _apologise(self, tx: Tx, heard: Heard, incoming: Incoming, error: str) -> Handled | None:
        if not inbox.park(tx, heard, error):
            return None
        handled = Handled(heard.id, incoming, tuple(self._give_up(tx, incoming)), more=True)
        return self._leave(tx, heard, handled)

    def _answer(self, handled: Handled) -> None:
        waiter = self._waiters.get(handled.id)
        if waiter and not waiter.done():
            waiter.set_result(handled.nows)
        elif not handled.left:
            self._courier.take(handled.incoming, handled.nows)
