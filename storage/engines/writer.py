"""SQLite's one writer: a thread that commits many units at once and answers none before the commit."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Engine

from storage.engines import Unit
from storage.errors import ClosedError
from storage.keys import Safe
from storage.tx import Tx

GROUP = 64
PATIENCE, LONGEST = 0.05, 0.1
"""Seconds after which a group takes no more units, so that the first of them is not kept waiting.

A group ends as soon as nobody waits, so that only a load makes it long; and then a commit, which costs as
much as several units, answers even its first unit sooner by carrying many.
Where a commit takes long, for the disk's sake, so may its units: as long again as the last one took.
"""


@dataclass(frozen=True, slots=True)
class Job:
    unit: Unit[Any]
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its result and the transaction it ran in, or its error."""

    job: Job
    tx: Tx | None = None
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Takes units from the event loop and answers there."""

    def __init__(self, engine: Engine, safe: Safe, committed: Callable[[Tx], None]) -> None:
        self._engine = engine
        self._safe = safe
        self._committed = committed
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._commit_took = 0.0
        self._thread = Thread(target=self._work, name="sanad-writer", daemon=True)
        self._thread.start()

    def take(self, unit: Unit[Any]) -> asyncio.Future[Any]:
        """The unit's result, once it is committed."""
        if self._closed:
            raise ClosedError("the store is closed")
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._jobs.put(Job(unit, answer))
        return answer

    async def close(self) -> None:
        """Finish what was taken."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        with self._engine.connect() as connection:
            while job := self._jobs.get():
                self._tell(self._together(connection, job))

    def _together(self, connection: Connection, first: Job) -> Sequence[Done]:
        jobs: list[Job] = []
        try:
            with connection.begin():
                done = [self._behind_savepoint(connection, job) for job in self._group(first, jobs)]
                ran_until = self._loop.time()
        except Exception:  # noqa: BLE001 - whatever ails the group, each unit gets a chance of its own
            _undo(connection)
            return [self._alone(connection, job) for job in jobs or [first]]
        self._commit_took = self._loop.time() - ran_until
        return done

    def _group(self, first: Job, taken: list[Job]) -> Iterator[Job]:
        """The jobs of one commit, noted in `taken` as they go."""
        until = self._loop.time() + min(LONGEST, max(PATIENCE, self._commit_took))
        job: Job | None = first
        while job:
            taken.append(job)
            if not job.answer.cancelled():
                yield job
            job = self._next() if len(taken) < GROUP and self._loop.time() < until else None

    def _next(self) -> Job | None:
        try:
            job = self._jobs.get_nowait()
        except Empty:
            return None
        if job is None:
            self._jobs.put(None)  # the end is for the loop outside to see
        return job

    def _behind_savepoint(self, connection: Connection, job: Job) -> Done:
        tx = Tx(connection, self._safe)
        try:
            with tx.behind_savepoint():
                return Done(job, tx, job.unit(tx))
        except BaseException as error:
            if tx.is_undone():
                raise  # SQLite undid the whole group, as on a full disk: each gets a chance of its own
            return Done(job, error=error)

    def _alone(self, connection: Connection, job: Job) -> Done:
        try:
            with connection.begin() as transaction:
                done = self._run(connection, job)
                if done.error:
                    transaction.rollback()
                return done
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever gave the unit
            _undo(connection)
            return Done(job, error=error)

    def _run(self, connection: Connection, job: Job) -> Done:
        tx = Tx(connection, self._safe)
        try:
            result = job.unit(tx)
            tx.require_whole()
            return Done(job, tx, result)
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever gave the unit
            return Done(job, error=error)

    def _tell(self, group: Sequence[Done]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._answer, group)
        except RuntimeError:
            return  # the event loop is gone, and with it everybody who waited

    def _answer(self, group: Sequence[Done]) -> None:
        for done in group:
            if done.tx:
                self._committed(done.tx)
            if not done.job.answer.done():
                _resolve(done)


def _undo(connection: Connection) -> None:
    """SQLite keeps a transaction open whose commit failed, and SQLAlchemy holds it to be over."""
    connection.connection.rollback()


def _resolve(done: Done) -> None:
    if isinstance(done.error, StopIteration):  # a future refuses it, and its waiter would wait for ever
        done.job.answer.set_exception(RuntimeError("a unit raised StopIteration"))
    elif done.error:
        done.job.answer.set_exception(done.error)
    else:
        done.job.answer.set_result(done.result)
