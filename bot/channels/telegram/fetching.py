"""Files that customers sent, fetched from Telegram piece by piece."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import NotNowError, UnfetchableError
from bot.channels.telegram.media import MOST
from bot.channels.telegram.wire import FloodError, Wire

_BAD_TOKEN = 60.0


async def fetch(bot: Bot, wire: Wire, file_id: str) -> AsyncIterator[bytes]:
    """The bytes of a file. Raises UnfetchableError, NotNowError."""
    path = await _address(bot, file_id)
    size = 0
    async for status, piece in wire.pieces(path):
        if status != HTTPStatus.OK:
            raise _refused(status)
        size += len(piece)
        if size > MOST:
            raise UnfetchableError("too_large")
        yield piece


async def _address(bot: Bot, file_id: str) -> str:
    try:
        file = await bot.get_file(file_id)
    except FloodError as error:
        raise NotNowError("flood", error.after) from None
    except InvalidToken:
        raise NotNowError("token_refused", _BAD_TOKEN) from None
    except BadRequest as error:
        raise UnfetchableError("too_large" if "too big" in error.message.lower() else "gone") from None
    except TelegramError as error:
        raise NotNowError(type(error).__name__) from None
    return file.file_path or ""


def _refused(status: int) -> Exception:
    """The address holds for an hour only: what is not there may be asked for once more."""
    return NotNowError(f"http_{status}")
