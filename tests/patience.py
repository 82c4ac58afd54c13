"""Patience as short as that of tests: the same pauses as in earnest, only a few dozen times as fast."""

from dataclasses import replace

from bot.channels.telegram import Patience
from bot.errands import Terms
from bot.inbox import Patience as HandlingPatience
from bot.tuning import Tuning
from tests.kit import AT_ONCE

QUICK = Tuning(
    paces=AT_ONCE,
    telegram=Patience(first=0.05, longest=0.2, conflict=0.1),
    handling=HandlingPatience(attempts=2, pauses=(0.02,)),
    delivery=Terms(poll=0.1, first_pause=0.05, longest_pause=0.5),
)

IMPATIENT = replace(QUICK, delivery=replace(QUICK.delivery, send_within=1.5, lease_for=2.0, renew_every=0.5))
"""Platforms get less time to answer, too; a busy machine may need as much as that by itself."""
