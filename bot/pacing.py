"""Pacing: when a parcel may go, by the limits that a platform sets or has just told us."""

from collections.abc import Sequence
from datetime import datetime

from bot.channels import Pace

MANY = 10_000
"""Entries kept before those that are over are cleared away."""


class Pacer:
    """Gives each parcel its turn in each of its scopes, and keeps it over the time that the parcel waits.

    In memory: after a restart, or with several processes, a platform may be asked too much for a moment, and
    says so. A turn is taken in one scope after the other: who waits for a busy chat takes nobody's turn in
    the account meanwhile.
    """

    def __init__(self) -> None:
        self._free: dict[str, float] = {}  # scope -> when it would be free if all turns were evenly spaced
        self._held: dict[str, float] = {}  # scope -> until when nothing goes
        self._turns: dict[str, dict[str, float]] = {}  # parcel -> scope -> when its turn is

    def hold(self, scope: str, until: datetime) -> None:
        """Nothing in `scope` goes until then: the platform said so."""
        self._held[scope] = max(self._held.get(scope, 0.0), until.timestamp())

    def held(self, paces: Sequence[Pace], now: datetime) -> float:
        """Seconds for which the parcel's scopes are held."""
        until = max((self._held.get(pace.scope, 0.0) for pace in paces), default=0.0)
        return max(0.0, until - now.timestamp())

    def wait(self, parcel: str, paces: Sequence[Pace], now: datetime) -> float:
        """Seconds until the parcel's turn, or until it is known better; 0: it goes now."""
        self._clear_away(now.timestamp())
        turns = self._turns.setdefault(parcel, {})
        for pace in paces:
            if pace.scope not in turns:
                turns[pace.scope] = self._take_turn(pace, now.timestamp())
            if (left := turns[pace.scope] - now.timestamp()) > 0.0005:  # noqa: PLR2004 - rounding, not waiting
                return left
        return 0.0

    def _take_turn(self, pace: Pace, now: float) -> float:
        free = self._free.get(pace.scope, 0.0)
        turn = max(now, free - (pace.burst - 1) * pace.every)
        self._free[pace.scope] = max(turn, free) + pace.every
        return turn

    def done(self, parcel: str) -> None:
        """The parcel was tried: if it comes again it takes its turn again."""
        self._turns.pop(parcel, None)

    def _clear_away(self, now: float) -> None:
        for scopes in (self._free, self._held):
            if len(scopes) > MANY:
                for scope in [scope for scope, until in scopes.items() if until < now]:
                    del scopes[scope]
        if len(self._turns) > MANY:  # of parcels that others sent, or that were withdrawn
            for parcel in [parcel for parcel, turns in self._turns.items() if max(turns.values()) < now - 60]:
                del self._turns[parcel]
