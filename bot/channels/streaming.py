"""Bytes of files on a wire: told with their length, and never all of them in memory."""

from collections.abc import AsyncIterator
from typing import Any

from aiohttp.payload import Payload

from bot.core.enclosures import Enclosure

ANY_TYPE = "application/octet-stream"


class ShortError(OSError):
    """Fewer or more bytes than were announced."""


class Stream(Payload):
    """A request's body, or a part of one, that is read while it is sent."""

    def __init__(self, pieces: AsyncIterator[bytes], file: Enclosure, *, typed: bool = False) -> None:
        super().__init__(pieces, content_type=(typed and file.mime) or ANY_TYPE)
        self._size = file.size

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:  # noqa: ARG002 - as the library has it
        raise TypeError("a stream is only read once")

    async def write(self, writer: Any) -> None:
        left = self._size or 0
        async for piece in self._value:
            left -= len(piece)
            if left < 0:
                break
            await writer.write(piece)
        if left:
            raise ShortError("the bytes are not as many as were announced")

    async def write_with_length(self, writer: Any, content_length: int | None) -> None:  # noqa: ARG002 - ours is known
        await self.write(writer)
