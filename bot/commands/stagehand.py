"""Moves desk time for the playground, and tells how the desk stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

from bot import faults
from bot.clocks import utc_now
from bot.core.calendar import Calendar
from bot.machine import App
from bot.playground.orders import Coming, Drain, Jump, Look, Order, Standing, Thing, Tick
from bot.settings import Settings
from bot.ticks import next_due
from storage import Keyring, Store, Tx, desk_time, dues, held

LONGEST_SEGMENT = timedelta(days=2)


@dataclass(slots=True)
class DeskClock:
    """Desk time: machine time, and how far it runs `ahead` of that."""

    ahead: timedelta

    def __call__(self) -> datetime:
        return utc_now() + self.ahead

    @classmethod
    async def kept(cls, given: Settings) -> Self:
        """As an earlier process left it: nothing may be handled before that is known."""
        keyring = Keyring.parse(given.keys.get_secret_value())
        store = await Store.open(given.database_url.get_secret_value(), keyring)
        try:
            return cls(await store.read(desk_time.ahead))
        finally:
            await store.close()


class Stagehand:
    """Does one order after the other."""

    def __init__(self, app: App, clock: DeskClock) -> None:
        self._app = app
        self._clock = clock

    async def does(self, order: Order) -> Standing:
        """How the desk stands afterwards. What goes wrong is logged, and the show goes on."""
        try:
            await self._do(order)
        except Exception as error:  # noqa: BLE001 - as a job's: the next tick may do better
            faults.report("staging.failed", error, order=order.do)
        after = order.after if isinstance(order, Look) else None
        return await self._standing(after or self._clock())

    async def _do(self, order: Order) -> None:
        match order:
            case Jump(to=to):
                ahead = to - utc_now()
                await self._app.store.do(partial(desk_time.run_ahead, ahead=ahead))
                self._clock.ahead = ahead
            case Tick():
                await self._app.tick()
            case Drain():
                await self._app.drain()

    async def _standing(self, after: datetime) -> Standing:
        hours = self._app.office.hours
        return Standing(
            ahead=self._clock.ahead,
            zone=str(hours.zone),
            coming=await self._coming(after),
            **(working(hours.calendar, self._clock()) if hours.calendar else {}),
            holiday=hours.names.get(after.astimezone(hours.zone).date(), ""),
        )

    async def _coming(self, after: datetime) -> Coming | None:
        """What desk time brings first after a moment."""
        at = await next_due(self._app.store, self._app.office, after)
        return Coming(at=at, things=await self._app.store.read(partial(things_at, moment=at))) if at else None


def things_at(tx: Tx, moment: datetime) -> tuple[Thing, ...]:
    """What is due at that very moment, each kind of thing once; nothing, if it is a new day alone."""
    due = [Thing(kind=one.kind, target=one.target) for one in dues.due_at(tx, moment)]
    words = [Thing(kind="words")] if held.held_until(tx, moment - timedelta.resolution) == moment else []
    return tuple(dict.fromkeys((*due, *words)))


def working(calendar: Calendar, now: datetime) -> dict[str, Any]:
    """What a standing tells of working hours."""
    is_open = calendar.is_open(now)
    closing = calendar.segments(now, now + LONGEST_SEGMENT)[0].closes if is_open else None
    return {
        "open": is_open,
        "closing": closing,
        "opening": calendar.next_open(closing or now),
        "working_day": calendar.after_days(now, 1),
    }
