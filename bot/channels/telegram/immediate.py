"""Answers that are worth nothing late: each is tried once."""

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.texts import carried
from bot.core.now import Aside, Now, Settled, Toast, Typing

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
        case Aside():
            await _say_aside(bot, now)
        case _:
            log.error("telegram.now_unknown", kind=now.kind)


async def _say_aside(bot: Bot, aside: Aside) -> None:
    """The link opens a private chat, where pressing Start says hello [core.telegram.org/bots/features]."""
    us = await bot.get_me(read_timeout=_TIMEOUT)
    private = InlineKeyboardButton(carried(aside.button), url=f"https://t.me/{us.username}?start=group")
    markup = InlineKeyboardMarkup([[private]])
    await bot.send_message(aside.chat, carried(aside.text), reply_markup=markup, read_timeout=_TIMEOUT)
