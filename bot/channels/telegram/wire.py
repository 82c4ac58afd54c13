"""python-telegram-bot's requests over one aiohttp session, several times faster than its own client."""

import json
import logging
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels import NotNowError
from bot.channels.telegram.accepted import overheard
from bot.channels.telegram.forms import Body, Form, written

# The library writes requests, and so people's words, into its debug log.
logging.getLogger("telegram").setLevel(logging.WARNING)

_CONNECT = 10.0
_READ = 20.0
_CONNECTIONS = 256
_PIECE = 64 * 1024


class UnreachedError(NetworkError):
    """The connection could not be made, so nothing was done."""


class FloodError(TelegramError):
    """Too many requests: `after` is the number of seconds that Telegram asks us to wait."""

    def __init__(self, after: float) -> None:
        super().__init__("Too many requests")
        self.after = after


class Wire(BaseRequest):
    """One session for all requests, made when the first one needs it."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return _READ

    async def initialize(self) -> None:
        """The session is made by the first request, inside the running loop."""

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Form | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the socket's buffer takes it at once
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - connections are plenty
    ) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_CONNECT if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout,
            sock_read=_READ if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout,
        )
        data, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as response:
                return await _heard(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UnreachedError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:  # its words may hold the URL, and so the token
            raise NetworkError(type(error).__name__) from None

    async def pieces(self, url: str) -> AsyncIterator[tuple[int, bytes]]:
        """What is at an address, piece by piece, each with the status of the answer. Raises NotNowError."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=_READ)
        try:
            async with self._open().get(url, timeout=timeout, allow_redirects=False) as response:
                if not response.ok:
                    yield response.status, b""
                async for piece in response.content.iter_chunked(_PIECE):
                    yield response.status, piece
        except (TimeoutError, aiohttp.ClientError) as error:  # its words may hold the URL, and so the token
            raise NotNowError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The library's own version writes what it cannot read into the log."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError("The answer is not JSON") from None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise TelegramError("The answer is not Telegram's")
        return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}, auto_decompress=True
            )
        return self._session


def _body(data: RequestData | Form | None) -> Body | tuple[None, dict[str, str]]:
    if isinstance(data, Form):
        return data.written()
    return written(data.json_parameters) if data else (None, {})


async def _heard(response: aiohttp.ClientResponse) -> tuple[int, bytes]:
    answer = overheard()
    answer.begins(response.status, response.content_type)
    payload = await response.read()
    answer.is_whole(payload)
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise FloodError(_retry_after(payload))
    return response.status, payload


def _retry_after(payload: bytes) -> float:
    try:
        return max(0.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0  # a proxy's 429 says nothing
