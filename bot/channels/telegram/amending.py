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
from bot.core.words import Amend, first_file

_SAME = "message is not modified"
_NO_TEXT = "there is no text in the message to edit"
_NO_CAPTION = "there is no caption in the message to edit"
_TOO_OLD_TO_DELETE = "…"
_AND = ","


async def amend(bot: Bot, parcel: Parcel, amended: Amend, at: datetime) -> Sent:
    """Change each part, and take away the files that leave; tells what there is then. Raises TelegramError.

    A bot may edit its own text at any time [core.telegram.org/bots/api#updating-messages]. Parts that are new
    are jotted down one by one, so that the next attempt changes them, too, and sends only what is missing.
    """
    chat, stayed = parcel.chat, await _stayed(bot, parcel, amended)
    old, files = await _parted(bot, parcel, amended, stayed)
    told = drafts(amended.say.model_copy(update={"files": ()}))
    new = parcel.memo.split(_AND) if parcel.memo else []
    words = (*old, *new)
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
    return Sent((*kept, *files), at, stayed)


async def _stayed(bot: Bot, parcel: Parcel, amended: Amend) -> tuple[str, ...]:
    """Take the files away that leave; those that cannot go any more stay."""
    parts = parcel.amends[first_file(amended.say, len(parcel.amends)) :]
    leaving = [
        part for part, file in zip(parts, amended.say.files, strict=False) if file.id in amended.leaving
    ]
    spots = (Spot(chat=parcel.chat, message=part, bare=True) for part in leaving)
    return tuple([spot.message for spot in spots if await take_away(bot, parcel.chat, spot, "")])


async def _parted(
    bot: Bot, parcel: Parcel, amended: Amend, stayed: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts that hold the words, and those that are files and stay as they are, which come last.

    That goes by what was sent, not by what the words are now: a text stays a text beside its file, and a
    caption stays one while they fit. The only part of words with one file is that file, captioned; where they
    have outgrown that, the caption is emptied before anything is sent: no old words beside the new ones.
    Where that file left, the words are sent as a text.
    """
    ids, say = parcel.amends, amended.say
    first = first_file(say, len(ids))
    there = tuple(
        part
        for part, file in zip(ids[first:], say.files, strict=False)
        if file.id not in amended.leaving or part in stayed
    )
    if first:
        return ids[:first], there
    if there and (captioned(say) or not await _edit_caption(bot, parcel.chat, "", ids[0])):
        return ids, ()
    return (), there


async def _add(bot: Bot, chat: str, draft: Draft) -> str:
    return str((await bot.send_message(chat, draft.text, reply_markup=draft.markup)).message_id)


async def _edit(bot: Bot, chat: str, draft: Draft, part: str) -> None:
    markup = draft.markup if isinstance(draft.markup, InlineKeyboardMarkup) else None
    try:
        await bot.edit_message_text(draft.text, chat, int(part), reply_markup=markup)
    except BadRequest as refused:
        if _NO_TEXT in refused.message.lower() and await _edit_caption(bot, chat, draft.text, part):
            return
        if _SAME not in refused.message.lower():
            raise


async def _edit_caption(bot: Bot, chat: str, text: str, part: str) -> bool:
    """Whether it is a file, which can have a caption."""
    try:
        await bot.edit_message_caption(chat, int(part), caption=text)
    except BadRequest as refused:
        if _NO_CAPTION in refused.message.lower():
            return False
        if _SAME not in refused.message.lower():
            raise
    return True
