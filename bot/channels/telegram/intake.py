"""Raw updates, heard: translated, stored, and only then confirmed by whoever brought them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.channels import Ears
from bot.channels.telegram.updates import MALFORMED, incoming, order_of
from bot.core.heard import Incoming

log = structlog.get_logger()


class NotOpenError(RuntimeError):
    """Updates came before the channel was opened."""


class Intake:
    """The one way by which updates enter, for polling and webhook alike."""

    def __init__(self, account: str, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self.ears: Ears | None = None

    async def take(self, updates: Sequence[Any]) -> None:
        """Store and commit what the updates say. Raises when that failed: then they must come again."""
        if self.ears is None:
            raise NotOpenError
        batch = [heard for update in updates if (heard := self._heard(update))]
        if batch:
            await self.ears.hear(batch)

    def _heard(self, update: Any) -> Incoming | None:
        if order_of(update) is None:
            log.error("telegram.update_without_number")
            return None
        try:
            return incoming(update, self._account, self._clock())
        except MALFORMED as error:
            log.error("telegram.update_skipped", update_id=order_of(update), error=type(error).__name__)  # noqa: TRY400 - a trace would show the update
            return None
