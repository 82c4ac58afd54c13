"""Pacing: when a parcel may go, by the limits that a platform sets or has just told us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels import Pace

MANY = 10_000
"""Entries kept before those that are over are cleared away."""

ROUNDING = 0.0005
"""Seconds that nobody has to wait."""


@dataclass(slots=True)
class Waiting:
    """A parcel that waits: how pressing it is (0 goes first), and its turn in each scope that it asked."""

    rank: int
    turns: dict[str, float] = field(default_factory=dict)


class Pacer:
    """Gives each parcel its turn in each of its scopes, and keeps it over the time that the parcel waits.

    One that is more pressing takes the turn of the first that is less so, and that one the turn of the next:
    nobody is ever given more turns than there are. Who comes late has kept the turn, but those who come late
    together do not go all at once.

    In memory: after a restart, or with several processes, a platform may be asked too much for a moment, and
    says so. A turn is taken in one scope after the other: who waits for a busy chat takes nobody's turn in
    the account meanwhile.
    """

    def __init__(self) -> None:
        self._free: dict[str, float] = {}  # scope -> when it would be free if all turns were evenly spaced
        self._used: dict[str, float] = {}  # the same of the turns that were used, which may have been late
        self._held: dict[str, float] = {}  # scope -> until when nothing goes
        self._waiting: dict[str, Waiting] = {}
        self._queues: dict[str, dict[str, Waiting]] = {}  # scope -> those that have a turn in it

    def hold(self, scope: str, until: datetime) -> None:
        """Nothing in `scope` goes until then: the platform said so."""
        self._held[scope] = max(self._held.get(scope, 0.0), until.timestamp())

    def held(self, paces: Sequence[Pace], now: datetime) -> float:
        """Seconds for which the parcel's scopes are held."""
        until = max((self._held.get(pace.scope, 0.0) for pace in paces), default=0.0)
        return max(0.0, until - now.timestamp())

    def wait(self, parcel: str, paces: Sequence[Pace], now: datetime, rank: int = 0) -> float:
        """Seconds until the parcel's turn, or until it is known better; 0: it goes now."""
        at = now.timestamp()
        self._clear_away(at)
        waiting = self._waiting.setdefault(parcel, Waiting(rank))
        if rank < waiting.rank:
            self._become_pressing(waiting, rank, at)
        for pace in paces:
            if pace.scope not in waiting.turns:
                self._join(parcel, waiting, pace, at)
            turn = max(waiting.turns[pace.scope], _first_turn(self._used, pace))
            if (left := turn - at) > ROUNDING:
                return left
        for pace in paces:
            self._used[pace.scope] = max(at, self._used.get(pace.scope, 0.0)) + pace.every
        return 0.0

    def _join(self, parcel: str, waiting: Waiting, pace: Pace, now: float) -> None:
        waiting.turns[pace.scope] = self._take_turn(pace, now)
        self._queues.setdefault(pace.scope, {})[parcel] = waiting
        self._overtake(waiting, pace.scope, now)

    def _become_pressing(self, waiting: Waiting, rank: int, now: float) -> None:
        waiting.rank = rank
        for scope in waiting.turns:
            self._overtake(waiting, scope, now)

    def _overtake(self, waiting: Waiting, scope: str, now: float) -> None:
        """Everybody less pressing whose turn is still to come, and comes earlier, goes one turn later."""
        own = waiting.turns[scope]
        passed = [
            other
            for other in self._queues[scope].values()
            if other.rank > waiting.rank and now + ROUNDING < other.turns[scope] < own
        ]
        passed.sort(key=lambda other: other.turns[scope])
        turns = [*(other.turns[scope] for other in passed), own]
        for one, turn in zip((waiting, *passed), turns, strict=True):
            one.turns[scope] = turn

    def _take_turn(self, pace: Pace, now: float) -> float:
        turn = max(now, _first_turn(self._free, pace))
        self._free[pace.scope] = max(turn, self._free.get(pace.scope, 0.0)) + pace.every
        return turn

    def done(self, parcel: str) -> None:
        """The parcel was tried: if it comes again it takes its turn again."""
        waiting = self._waiting.pop(parcel, None)
        for scope in waiting.turns if waiting else ():
            queue = self._queues[scope]
            del queue[parcel]
            if not queue:
                del self._queues[scope]

    def _clear_away(self, now: float) -> None:
        for scopes in (self._free, self._used, self._held):
            if len(scopes) > MANY:
                for scope in [scope for scope, until in scopes.items() if until < now]:
                    del scopes[scope]
        if len(self._waiting) > MANY:  # of parcels that others sent, or that were withdrawn
            over = [
                parcel
                for parcel, waiting in self._waiting.items()
                if max(waiting.turns.values(), default=0.0) < now - 60
            ]
            for parcel in over:
                self.done(parcel)


def _first_turn(free: Mapping[str, float], pace: Pace) -> float:
    """When the next may go: so many may go at once as the limit allows."""
    return free.get(pace.scope, 0.0) - (pace.burst - 1) * pace.every
