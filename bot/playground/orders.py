"""What the playground tells the demo's bot, and what it hears back: a line of JSON each."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from bot.core.heard import Value

LAST_WORDS = "last-words.txt"
"""Where the bot leaves in its folder why it could not go on."""


class Look(Value):
    """Nothing is to be done. Only what comes `after` that moment is told; without it, after now."""

    do: Literal["look"] = "look"
    after: AwareDatetime | None = None


class Jump(Value):
    """Desk time becomes `to`, and runs on from there."""

    do: Literal["jump"] = "jump"
    to: AwareDatetime


class Tick(Value):
    """Do what is due."""

    do: Literal["tick"] = "tick"


class Drain(Value):
    """Handle all that was heard, and deliver all that can be delivered now."""

    do: Literal["drain"] = "drain"


Order = Annotated[Look | Jump | Tick | Drain, Field(discriminator="do")]
ORDER: TypeAdapter[Order] = TypeAdapter(Order)


class Thing(Value):
    """Something that is due to tickets, of a target; or words that wait to be sent."""

    kind: str
    target: str = ""


class Coming(Value):
    """What desk time brings next, all of it at one moment; without things it is a new working day."""

    at: AwareDatetime
    things: tuple[Thing, ...]


class Standing(Value):
    """How the desk stands when an order is done. Of working hours it tells nothing where no week is known.

    `holiday` is what the day off is called. `opening` comes after now, `working_day` is the same time on the
    next one.
    """

    ahead: timedelta
    zone: str
    open: bool | None = None
    holiday: str = ""
    closing: AwareDatetime | None = None
    opening: AwareDatetime | None = None
    working_day: AwareDatetime | None = None
    coming: Coming | None = None
