"""How fast, how patient and how persistent the parts are; only tests and benchmarks change it."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels import Pace
from bot.channels.slack import Limits
from bot.channels.telegram import Patience
from bot.channels.telegram.scopes import ACCOUNT_PACE, CHAT_PACE
from bot.clocks import Clock, utc_now
from bot.errands import Terms
from bot.files import FileTerms
from bot.inbox import Patience as HandlingPatience
from bot.room import Free, free_bytes


@dataclass(frozen=True, slots=True)
class Paces:
    """How fast each platform lets us speak."""

    telegram_account: Pace = ACCOUNT_PACE
    telegram_chat: Pace = CHAT_PACE
    slack: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Tuning:
    """How fast, how patient and how persistent the parts are; in earnest all is as each of them has it."""

    paces: Paces = field(default_factory=Paces)
    telegram: Patience = field(default_factory=Patience)
    handling: HandlingPatience = field(default_factory=HandlingPatience)
    delivery: Terms = field(default_factory=Terms)
    files: FileTerms = field(default_factory=FileTerms)
    tick: float = 1.0
    """Seconds from one look at what is due to the next; 0 is never, for those who tick by hand."""
    machine: Clock = utc_now
    """The machine's clock, for leases, retries and pacing."""
    absence: timedelta = timedelta(minutes=2)
    """How long Slack was not heard before its threads are read back: so long it repeats what was missed."""
    free: Free = free_bytes
    """How much room there is on the disk."""
