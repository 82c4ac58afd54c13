"""A message that was sent becomes another: as often as it is tried, with the same result."""

from datetime import datetime
from itertools import zip_longest

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.channels import Sent
from bot.channels.telegram.enclosing import captioned
from bot.channels.telegram.removing import take_away
from bot.channels.telegram.replies import Draft, drafts
from bot.core.shown import Spot
from bot.core.words import Amend

_SAME = "message is not modified"
_A_CAPTION = "there is no text in the message to edit"
_TOO_OLD_TO_DELETE = "…"


async def amend(bot: Bot, chat: str, amended: Amend, ids: tuple[str, ...], at: datetime) -> Sent:
    """Change each part; tells those that there are afterwards. Raises TelegramError.

    A bot may edit its own text at any time [core.telegram.org/bots/api#updating-messages].
    """
    files = () if captioned(amended.say) else ids[len(ids) - len(amended.say.files) :]
    told = drafts(amended.say.model_copy(update={"files": ()}), keyboard_open=False)
    words = ids[: len(ids) - len(files)]
    kept = [await _become(bot, chat, draft, part) for draft, part in zip_longest(told, words)]
    return Sent((*(part for part in kept if part), *files), at)


async def _become(bot: Bot, chat: str, draft: Draft | None, part: str | None) -> str:
    """One part: changed, taken away, or said anew; tells its id, or nothing when it is gone."""
    if draft is None:
        await take_away(bot, chat, Spot(chat=chat, message=part or ""), _TOO_OLD_TO_DELETE)
        return ""
    if part is None:
        return str((await bot.send_message(chat, draft.text, reply_markup=draft.markup)).message_id)
    await _edit(bot, chat, draft, part)
    return part


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
