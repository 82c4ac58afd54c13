"""A message that was sent becomes another: as often as it is tried, with the same result."""

from datetime import datetime
from itertools import zip_longest

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.channels import Parcel, Sent
from bot.channels.telegram.enclosing import captioned
from bot.channels.telegram.removing import take_away
from bot.channels.telegram.replies import Draft, drafts
from bot.core.shown import Spot
from bot.core.words import Amend

_SAME = "message is not modified"
_A_CAPTION = "there is no text in the message to edit"
_TOO_OLD_TO_DELETE = "…"
_AND = ","


async def amend(bot: Bot, parcel: Parcel, amended: Amend, at: datetime) -> Sent:
    """Change each part; tells those that there are afterwards. Raises TelegramError.

    A bot may edit its own text at any time [core.telegram.org/bots/api#updating-messages]. Parts that are new
    are jotted down one by one, so that the next attempt changes them, too, and sends only what is missing.
    """
    chat, ids = parcel.chat, parcel.amends
    files = () if captioned(amended.say) else ids[len(ids) - len(amended.say.files) :]
    told = drafts(amended.say.model_copy(update={"files": ()}), keyboard_open=False)
    new = parcel.memo.split(_AND) if parcel.memo else []
    words = (*ids[: len(ids) - len(files)], *new)
    kept = list(words[: len(told)])
    for draft, part in zip_longest(told, words):
        if draft and part:
            await _edit(bot, chat, draft, part)
        elif part:
            await take_away(bot, chat, Spot(chat=chat, message=part), _TOO_OLD_TO_DELETE)
        elif draft:
            new.append(await _add(bot, chat, draft))
            kept.append(new[-1])
            await parcel.jot(_AND.join(new))
    return Sent((*kept, *files), at)


async def _add(bot: Bot, chat: str, draft: Draft) -> str:
    return str((await bot.send_message(chat, draft.text, reply_markup=draft.markup)).message_id)


async def _edit(bot: Bot, chat: str, draft: Draft, part: str) -> None:
    markup = draft.markup if isinstance(draft.markup, InlineKeyboardMarkup) else None
    try:
        await bot.edit_message_text(draft.text, chat, int(part), reply_markup=markup)
    except BadRequest as refused:
        if _A_CAPTION in refused.message.lower():
            await _edit_caption(bot, chat, draft.text, part)
        elif _SAME not in refused.message.lower():
            raise


async def _edit_caption(bot: Bot, chat: str, text: str, part: str) -> None:
    try:
        await bot.edit_message_caption(chat, int(part), caption=text)
    except BadRequest as refused:
        if _SAME not in refused.message.lower():
            raise
