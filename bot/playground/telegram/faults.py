"""Everything that can go wrong between a bot and Telegram, on demand."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from bot.playground.telegram.refusals import RefusalError, too_many_requests

_WORDS = {
    HTTPStatus.UNAUTHORIZED: "Unauthorized",
    HTTPStatus.FORBIDDEN: "Forbidden: bot was blocked by the user",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Internal Server Error",
    HTTPStatus.BAD_GATEWAY: "Bad Gateway",
    HTTPStatus.SERVICE_UNAVAILABLE: "Service Unavailable",
    HTTPStatus.GATEWAY_TIMEOUT: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """One kind of trouble. It strikes `left` more times (None: for ever), or until `until` (monotonic).

    It lets so many calls pass before, `after`.
    """

    kind: Literal["fail", "hang", "cut_before", "cut_after"]
    method: str
    chat: int | None = None
    left: int | None = 1
    until: float | None = None
    refusal: RefusalError | None = None
    seconds: float = 0.0
    struck: int = 0
    after: int = 0

    def lift(self) -> None:
        self.left = 0

    def strikes(self, method: str, chat: int | None) -> bool:
        concerned = self.method in ("*", method) and self.chat in (None, chat)
        over = self.left == 0 or (self.until is not None and time.monotonic() >= self.until)
        if not concerned or over:
            return False
        if self.after:
            self.after -= 1
            return False
        self.struck += 1
        self.left = None if self.left is None else self.left - 1
        return True


class Faults:
    """Troubles waiting to happen, first come first served; `delay` seconds are added to every call."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.is_up = asyncio.Event()
        self.is_up.set()
        self.close_door: Callable[[], Awaitable[None]] | None = None
        self.open_door: Callable[[], Awaitable[None]] | None = None
        self._waiting: list[Fault] = []
        self._doubles = 0

    def fail(
        self,
        method: str = "*",
        *,
        status: int = 500,
        times: int | None = 1,
        seconds: float | None = None,
        chat: int | None = None,
        retry_after: int = 1,
        description: str = "",
        after: int = 0,
    ) -> Fault:
        """Answer `times` calls (None: all) with `status`, for `seconds` if given, in one chat or in all.

        The first calls, `after` of them, are answered as ever.
        """
        words = description or _WORDS.get(HTTPStatus(status), f"Bad Request: status {status}")
        refusal = too_many_requests(retry_after) if status == HTTPStatus.TOO_MANY_REQUESTS else None
        until = None if seconds is None else time.monotonic() + seconds
        return self._add(
            Fault("fail", method, chat, times, until, refusal or RefusalError(status, words), after=after)
        )

    def hang(self, method: str = "*", seconds: float = 60.0, *, times: int | None = 1) -> Fault:
        """Answer only after so long; whoever has left by then is not served."""
        return self._add(Fault("hang", method, None, times, seconds=seconds))

    def cut_before(self, method: str = "*", *, times: int | None = 1, chat: int | None = None) -> Fault:
        """Cut the connection instead of doing the call."""
        return self._add(Fault("cut_before", method, chat, times))

    def cut_after(self, method: str = "*", *, times: int | None = 1, chat: int | None = None) -> Fault:
        """Do the call, and cut the connection before the answer."""
        return self._add(Fault("cut_after", method, chat, times))

    def double(self, times: int = 1) -> None:
        """Bring the next `times` webhook deliveries twice."""
        self._doubles += times

    async def down(self) -> None:
        """Be unreachable: cut what is open, refuse what comes, push nothing."""
        self.is_up.clear()
        if self.close_door:
            await self.close_door()

    async def up(self) -> None:
        self.is_up.set()
        if self.open_door:
            await self.open_door()

    def clear(self) -> None:
        """No more troubles (but `down` stays down)."""
        self.delay = 0.0
        self._waiting.clear()
        self._doubles = 0

    async def before(self, method: str, chat: int | None) -> Fault | None:
        """Let the next fault for this call strike: waits, raises a refusal, or returns a cut to be made."""
        if self.delay:
            await asyncio.sleep(self.delay)
        fault = next((one for one in self._waiting if one.strikes(method, chat)), None)
        self._waiting = [one for one in self._waiting if one.left != 0]
        if fault and fault.refusal:
            raise fault.refusal
        if fault and fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
            return None
        return fault

    def take_double(self) -> bool:
        doubled = self._doubles > 0
        self._doubles -= doubled
        return doubled

    def _add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault
