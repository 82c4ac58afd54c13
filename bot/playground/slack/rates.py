"""How often Slack lets an app speak: beyond that it answers 429 and says when to come back."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BY_METHOD: dict[str, tuple[float, int]] = {
    "chat.postMessage": (1.0, 5),  # each channel, its threads included; short bursts pass
    "chat.update": (1.2, 20),  # the workspace: tier 3, 50 a minute
    "chat.delete": (1.2, 20),
    "views.publish": (0.6, 20),  # the workspace: tier 4, 100 a minute
}
"""Seconds between two calls, and how many may come at once."""


@dataclass
class Rates:
    """Counts calls by a clock, in seconds."""

    clock: Callable[[], float]
    refused: int = 0
    _free: dict[tuple[str, str], float] = field(default_factory=dict)

    def wait(self, method: str, call: Json) -> int:
        """0 when the call may be done; else the whole seconds after which it may be tried again."""
        if method not in BY_METHOD:
            return 0
        every, burst = BY_METHOD[method]
        scope = (method, str(call.get("channel", "")) if method == "chat.postMessage" else "")
        now = self.clock()
        free = max(self._free.get(scope, 0.0), now)
        if (early := free - now - (burst - 1) * every) > 0.001:  # noqa: PLR2004 - rounding
            self.refused += 1
            return max(1, math.ceil(early))
        self._free[scope] = free + every
        return 0
