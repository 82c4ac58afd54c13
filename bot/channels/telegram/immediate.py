"""Answers that are worth nothing late: each is tried once."""

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.texts import carried
from bot.core.now import Now, Settled, Toast, Typing

log = structlog.get_logger()

_LONGEST_TOAST = 200
_TIMEOUT = 5.0


async def answer(bot: Bot, now: Now) -> None:
    """Give the answer; a refusal (the press is too old, the buttons are gone) is logged and forgotten."""
    try:
        await _answer(bot, now)
    except TelegramError as error:
        log.info("telegram.now_refused", kind=now.kind, error=type(error).__name__)


async def _answer(bot: Bot, now: Now) -> None:
    match now:
        case Toast():
            text = carried(now.text)[:_LONGEST_TOAST] or None
            await bot.answer_callback_query(now.press, text, read_timeout=_TIMEOUT)
        case Settled():  # the text stays as it was: we do not keep it, and Telegram edits only whole texts
            await bot.edit_message_reply_markup(now.chat, int(now.message), read_timeout=_TIMEOUT)
        case Typing():
            await bot.send_chat_action(now.chat, ChatAction.TYPING, read_timeout=_TIMEOUT)
        case _:
            log.error("telegram.now_unknown", kind=now.kind)
