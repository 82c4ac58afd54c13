"""The clock's ticks: at once, again and again, one at a time, whatever a job does."""

import asyncio

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
