"""Wakes the program now and then; what is due is known by the database alone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

Job = Callable[[], Awaitable[None]]


class Scheduler:
    """Runs each job at the start and then every so many seconds, never twice at the same time.

    `jobs` maps a name to the job and its seconds. A job that raises is logged, and runs again next time.
    """

    def __init__(self, jobs: Mapping[str, tuple[Job, float]]) -> None:
        # A tick that comes late still counts, and several late ones count as one.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self.scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        for name, (job, seconds) in jobs.items():
            self.scheduler.add_job(
                guarded(name, job), "interval", id=name, seconds=seconds, next_run_time=datetime.now(UTC)
            )

    def start(self) -> None:
        """Begin, in the running loop."""
        self.scheduler.start()

    def stop(self) -> None:
        """Start no job any more, and cancel the one that is running: what it left open rolls back."""
        self.scheduler.shutdown(wait=False)


def guarded(name: str, job: Job) -> Job:
    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            log.debug("job.stopped", job=name)  # we stop: APScheduler would take it for a mistake
        except Exception:
            log.exception("job.failed", job=name)

    return run
