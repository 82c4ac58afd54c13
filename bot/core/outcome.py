"""What became of a delivery, as a channel tells it and the store records it."""

from dataclasses import dataclass
from datetime import datetime

FILE_STAYS = "file_stays"
"""Why something was not taken away whole: its words are gone, and a file of it cannot be."""

DAMAGED = "damaged"
"""Why something was not sent: the bytes of a file of it cannot be read on our disk."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted it: the external ids of the message's parts, in order, and when.

    Those that should have gone and cannot be taken away have `stayed`.
    """

    ids: tuple[str, ...]
    at: datetime
    stayed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now. Nothing in `scope` goes out for `after` seconds; an empty scope means this parcel alone.

    `unsure`: the platform may have done it (a time-out, a cut connection).
    """

    after: float
    scope: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused, and would be refused again. `why` is a slug for the record, such as `too_long`."""

    why: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The way to this person or place is shut. `why` is a slug: `blocked`, `window`, `archived`, `gone`."""

    why: str


Outcome = Sent | Retry | Failed | Closed
