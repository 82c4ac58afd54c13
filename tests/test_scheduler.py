"""The clock's ticks: at once, again and again, one at a time, whatever a job does."""

import asyncio

import pytest

from bot.scheduler import Scheduler


async def test_a_job_runs_at_once_and_again_although_it_fails() -> None:
    ran: asyncio.Queue[int] = asyncio.Queue()

    async def stumbles() -> None:
        ran.put_nowait(1)
        raise RuntimeError("stumbled")

    scheduler = Scheduler({"stumbles": (stumbles, 0.02)})
    scheduler.start()
    async with asyncio.timeout(5):
        for _ in range(3):
            await ran.get()
    scheduler.stop()


async def test_a_slow_job_never_runs_twice_at_the_same_time() -> None:
    running, most = 0, 0
    rounds: asyncio.Queue[int] = asyncio.Queue()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        rounds.put_nowait(1)

    scheduler = Scheduler({"slow": (slow, 0.02)})
    scheduler.start()
    async with asyncio.timeout(5):
        for _ in range(2):
            await rounds.get()
    scheduler.stop()

    assert most == 1


async def test_a_job_that_runs_when_the_desk_stops_ends_without_a_complaint(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def lasts() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scheduler = Scheduler({"lasts": (lasts, 60)})
    scheduler.start()
    async with asyncio.timeout(5):
        await begun.wait()
        scheduler.stop()
        await ended.wait()
    await asyncio.sleep(0.01)

    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
