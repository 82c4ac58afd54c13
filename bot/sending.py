"""One parcel on its way: its turn, whether it went before, the attempt, the outcome."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot import checkpoints, faults
from bot.channels import Channel, Closed, Failed, Outcome, Parcel, Retry
from bot.core.outcome import DAMAGED
from bot.errands import Errand, Errands
from bot.pacing import Pacer

log = structlog.get_logger()

Observe = Callable[[str, Outcome], None]
"""Told of every attempt: its channel and how it ended."""


@dataclass(frozen=True, slots=True)
class Later:
    """There may be something to take: the row itself, which was given back, or what follows in its lane.

    `paced` when the row waits for a turn of our own making.
    """

    seconds: float = 0.0
    paced: bool = False


class Sender:
    """Takes an errand to its end, or puts it off; None when nothing is left in its lane."""

    def __init__(
        self, errands: Errands, pacer: Pacer, checkpoint: checkpoints.Checkpoint, observe: Observe
    ) -> None:
        self._errands = errands
        self._pacer = pacer
        self._checkpoint = checkpoint
        self._observe = observe

    async def send(self, errand: Errand) -> Later | None:
        if errand.parcel is None:
            return await self._conclude(errand, errand.result or Failed("broken"))
        channel = self._errands.channels[errand.row.channel]
        if later := await self._turn(channel, errand.parcel, errand.row.rank):
            await self._errands.put_off(errand, later.seconds)
            return later
        outcome = await self._attempt(channel, errand, errand.parcel)
        self._observe(errand.row.channel, outcome)
        self._pacer.done(errand.parcel.key)
        return await self._conclude(errand, outcome)

    async def _turn(self, channel: Channel, parcel: Parcel, rank: int) -> Later | None:
        """Wait for the parcel's turn if that is soon; nobody holds a lease while waiting for long."""
        paces = channel.paces(parcel)
        if held := self._pacer.held(paces, self._errands.clock()):
            return Later(held)
        while wait := self._pacer.wait(parcel.key, paces, self._errands.clock(), rank):
            if wait > self._errands.terms.patience:
                return Later(wait, paced=True)
            await asyncio.sleep(wait)
        return None

    async def _attempt(self, channel: Channel, errand: Errand, parcel: Parcel) -> Outcome:
        try:
            async with errand.attempt.within(errand.within):
                if errand.row.unsure and (known := await channel.found(parcel)):
                    return known
                if not errand.attempt.is_ours(self._errands.clock()):
                    return Retry(0)
                self._checkpoint(checkpoints.DELIVER_BEFORE_SEND)
                outcome = await channel.deliver(parcel)
        except TimeoutError:
            return Retry(0, unsure=True)
        except Exception as error:  # noqa: BLE001 - a channel's mistake must not stop the others
            faults.report("delivery.broken", error, channel=errand.row.channel, row=str(errand.row.id))
            return self._errands.mistaken(errand)
        if errand.attempt.unread and isinstance(outcome, Retry):
            faults.report("files.unreadable", errand.attempt.unread, row=str(errand.row.id))
            return self._errands.mistaken(errand, DAMAGED)
        self._checkpoint(checkpoints.DELIVER_AFTER_SEND)
        return outcome

    async def _conclude(self, errand: Errand, outcome: Outcome) -> Later | None:
        if isinstance(outcome, Retry):
            if outcome.scope:
                self._pacer.hold(outcome.scope, self._errands.clock() + timedelta(seconds=outcome.after))
            if not self._errands.hopeless(errand):
                return Later(await self._errands.retry(errand, outcome))
            outcome = Failed("unreachable")
        follows = await self._errands.settle(errand, outcome)
        if isinstance(outcome, Failed | Closed):
            row = errand.row
            log.warning("delivery.refused", row=str(row.id), channel=row.channel, why=outcome.why)
        self._checkpoint(checkpoints.SETTLE_AFTER_COMMIT)
        return Later() if follows else None
