"""The Web API: one HTTP session and the tokens, made inside the running loop when first needed."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels import NotNowError
from bot.channels.slack import ways

SLACK = "https://slack.com"
PATIENCE = 10.0
"""Seconds until a call without an answer is given up."""

_PIECE = 64 * 1024
_DOWNLOAD = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30)

# The SDK writes whole requests at debug level, words included.
quiet = logging.getLogger("sanad.slack.sdk")
quiet.setLevel(logging.CRITICAL)

NETWORK = (aiohttp.ClientError, OSError)  # a time-out is an OSError


class RefusedError(Exception):
    """Slack answered no, or not at all: `why` is its error code, or `unreachable`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Wire:
    """Speaks to one workspace with one bot token."""

    def __init__(self, bot_token: str, api_url: str = "", patience: float = PATIENCE) -> None:
        self._token = bot_token
        self._base = f"{api_url.rstrip('/') or SLACK}/api/"
        self._patience = patience
        self._client: AsyncWebClient | None = None
        self.workspace = ""
        """The workspace's own address, as soon as Slack has told it."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that every request goes through; only inside a running loop."""
        session = self.client.session
        assert session
        return session

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client. It never repeats a call by itself: a repeated post would be a second post."""
        if self._client is None:
            session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._patience))
            self._client = AsyncWebClient(
                token=self._token, base_url=self._base, session=session, logger=quiet, retry_handlers=[]
            )
        return self._client

    def placed(self, drawn: Any) -> Any:
        """What was drawn, with its links into this workspace."""
        return ways.placed(drawn, self.workspace)

    async def ask(self, method: Callable[..., Awaitable[Any]], **arguments: Any) -> dict[str, Any]:
        """The answer to one call as JSON. Raises `RefusedError`."""
        try:
            answer = await method(**arguments)
        except SlackApiError as error:
            raise RefusedError(error_code(error)) from None
        except NETWORK:
            raise RefusedError("unreachable") from None
        return {**answer.data, "headers": dict(answer.headers)}

    async def pieces(self, url: str) -> AsyncIterator[tuple[int, str, bytes]]:
        """A private file, piece by piece, each with the status and type of the answer. Raises NotNowError."""
        if not self._is_ours(url):
            raise NotNowError("not_slacks_address")
        bearer = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self.session.get(
                url, headers=bearer, timeout=_DOWNLOAD, allow_redirects=False
            ) as response:
                if response.status != HTTPStatus.OK:
                    yield response.status, "", b""
                async for piece in response.content.iter_chunked(_PIECE):
                    yield response.status, response.content_type, piece
        except NETWORK as error:
            raise NotNowError(type(error).__name__) from None

    def _is_ours(self, url: str) -> bool:
        """Whether the token may go there: to Slack's own machines, or to where its API is for us."""
        asked, own = urlsplit(url), urlsplit(self._base)
        if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
            return True
        return asked.scheme == "https" and (asked.hostname or "").endswith(".slack.com")

    async def respond(self, reply_url: str, message: dict[str, Any]) -> bool:
        """Send a private answer to a press or command; false if Slack no longer takes it."""
        try:
            async with self.session.post(reply_url, json=message) as response:
                return response.ok
        except NETWORK:
            return False

    async def close(self) -> None:
        """Let go of every connection."""
        if self._client and self._client.session:
            await self._client.session.close()
        self._client = None


def error_code(error: SlackApiError) -> str:
    """Slack's word for what went wrong, or the HTTP status where it said none."""
    data = getattr(error.response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return str(code or f"http_{http_status(error)}")


def http_status(error: SlackApiError) -> int:
    """The HTTP status of a refusal."""
    response: Any = error.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
