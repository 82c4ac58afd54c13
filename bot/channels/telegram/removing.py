"""Takes messages away: deleted while Telegram lets us (48 hours), then changed to other words.

A file cannot be changed to words. Its caption can, so that what was said with it is gone, but the file stays.
"""

from datetime import datetime
from typing import Literal

from telegram import Bot
from telegram.error import BadRequest

from bot.channels import Failed, Outcome, Sent
from bot.core.outcome import FILE_STAYS
from bot.core.shown import Removal, Spot

_MISSING = ("message to delete not found", "message to edit not found")
_SAME = ("message is not modified",)
_KEPT = ("message can't be deleted", "message can't be edited")
_A_FILE = ("there is no text in the message to edit",)
_NO_CAPTION = ("there is no caption in the message to edit",)

Left = Literal["", "file", "words"]
"""What is left of a message that was to go."""


async def remove(bot: Bot, chat: str, removal: Removal, now: datetime) -> Outcome:
    """Done again it does nothing. Raises TelegramError for whatever concerns the chat, or the network."""
    left = {await take_away(bot, chat, spot, removal.instead) for spot in removal.spots}
    if "words" in left:
        return Failed("cannot_be_removed")
    return Failed(FILE_STAYS) if "file" in left else Sent((), now)


async def take_away(bot: Bot, chat: str, spot: Spot, instead: str) -> Left:
    """Tells what is left of it; done again it does nothing. Raises TelegramError, as above."""
    try:
        await bot.delete_message(chat, int(spot.message))
    except BadRequest as error:
        if _says(error, _MISSING):
            return ""
        if not _says(error, _KEPT):
            raise
        if spot.bare:
            return "file"
        return "words" if spot.theirs else await _change(bot, chat, spot, instead)
    return ""


async def _change(bot: Bot, chat: str, spot: Spot, instead: str) -> Left:
    try:
        await bot.edit_message_text(instead, chat, int(spot.message))
    except BadRequest as error:
        if _says(error, _A_FILE):
            return await _change_caption(bot, chat, spot, instead)
        if not _says(error, (*_MISSING, *_SAME, *_KEPT)):
            raise
        return "words" if _says(error, _KEPT) else ""
    return ""


async def _change_caption(bot: Bot, chat: str, spot: Spot, instead: str) -> Left:
    """The file itself stays, whatever is written under it: only one that they deleted themselves is gone."""
    try:
        await bot.edit_message_caption(chat, int(spot.message), caption=instead)
    except BadRequest as error:
        if not _says(error, (*_MISSING, *_SAME, *_KEPT, *_NO_CAPTION)):
            raise
        if _says(error, _MISSING):
            return ""
        return "words" if _says(error, _KEPT) else "file"
    return "file"


def _says(error: BadRequest, words: tuple[str, ...]) -> bool:
    return any(known in error.message.lower() for known in words)
