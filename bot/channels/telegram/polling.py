"""Our own polling loop: fetch, store, commit, and only then the next offset.

The library's updater confirms updates that only memory holds, so a crash would lose them.
"""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.patience import Patience, until_done
from bot.channels.telegram.updates import ALLOWED, order_of
from bot.channels.telegram.wire import FloodError, Wire

log = structlog.get_logger()

_BATCH = 100
_SLACK = 10.0  # seconds that an answer may take beyond the long poll


class Polling:
    """One process polls. Ends only by being cancelled."""

    def __init__(self, bot: Bot, wire: Wire, intake: Intake, patience: Patience, seconds: int) -> None:
        self._bot = bot
        self._wire = wire
        self._intake = intake
        self._patience = patience
        self._seconds = seconds
        self._offset = 0

    async def run(self) -> None:
        await until_done("deleteWebhook", self._bot.delete_webhook, self._patience)
        delays = self._patience.delays()
        while True:
            try:
                await self._turn()
            except Exception as error:  # noqa: BLE001 - nothing may end the listening
                await asyncio.sleep(self._after(error, next(delays)))
            else:
                delays = self._patience.delays()

    async def _turn(self) -> None:
        updates = await self._fetch()
        await self._intake.take(updates)
        self._confirm(updates)

    async def _fetch(self) -> list[Any]:
        asked = {
            "offset": self._offset,
            "limit": _BATCH,
            "timeout": self._seconds,
            "allowed_updates": json.dumps(ALLOWED),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        updates = await self._wire.post(url, read_timeout=self._seconds + _SLACK)
        if not isinstance(updates, list):
            raise TelegramError("getUpdates answered no list")
        return updates

    def _confirm(self, updates: list[Any]) -> None:
        """The next request's offset tells Telegram that these are safe."""
        orders = [order for update in updates if (order := order_of(update)) is not None]
        if updates and not orders:
            raise TelegramError("no update has a number")  # or the same batch would come at once, for ever
        self._offset = max(orders, default=self._offset - 1) + 1

    def _after(self, error: Exception, delay: float) -> float:
        """Log why, and tell how many seconds to wait."""
        if isinstance(error, Conflict):
            hint = "another process polls with this token, or a webhook is set; only one may listen"
            log.error("telegram.somebody_else_listens", hint=hint)
            return self._patience.conflict
        known = isinstance(error, TelegramError)
        log.warning("telegram.poll_failed" if known else "telegram.not_stored", error=type(error).__name__)
        return max(delay, error.after) if isinstance(error, FloodError) else delay
