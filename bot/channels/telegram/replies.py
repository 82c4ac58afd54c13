"""A `Say` in Telegram's shapes: texts that fit, inline buttons, and the keyboard that shares a contact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.telegram.enclosing import Package, captioned, packages
from bot.channels.telegram.texts import carried, parts
from bot.core.words import Option, Say

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

_LONGEST_DATA = 64  # bytes
_TINY, _TINY_ROW = 3, 5  # the scores 1 to 5 stand side by side
_SHORT, _SHORT_ROW = 18, 2
_LAST_ROW = ("back", "cancel", "skip")
_ACKNOWLEDGED = "✓"


class UnsendableError(ValueError):
    """Telegram would refuse it; the words are the slug for the record."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to be sent. `counts` is false for one that only tidies up."""

    text: str
    markup: Markup | None = None
    quotes: int | None = None
    counts: bool = True
    package: Package | None = None


def drafts(say: Say) -> list[Draft]:
    """The messages that say it, in order.

    A message holds either inline buttons or the removal of a keyboard. So a keyboard is removed by the
    message that folds it where that has no buttons, else by a tick sent before it. Not every message may
    remove one, as what does can never be edited. Files follow their words.
    """
    files = [Draft("", package=package) for package in packages(say)]
    if captioned(say):
        quotes = int(say.reply_to) if say.reply_to.isdecimal() else None
        return [replace(files[0], quotes=quotes)]
    return [*_in_words(say), *files]


def _in_words(say: Say) -> list[Draft]:
    pieces = parts(carried(_body(say)))
    if not pieces:
        raise UnsendableError("empty")
    markup = _markup(say)
    quotes = int(say.reply_to) if say.reply_to.isdecimal() else None
    last = len(pieces) - 1
    said = [
        Draft(piece, markup if index == last else None, None if index else quotes)
        for index, piece in enumerate(pieces)
    ]
    if say.folds and isinstance(markup, InlineKeyboardMarkup):
        return [Draft(_ACKNOWLEDGED, ReplyKeyboardRemove(), counts=False), *said]
    return said


def _body(say: Say) -> str:
    details = [f"{option.title} — {option.detail}" for option in say.options if option.detail]
    return "\n\n".join((say.text, "\n".join(details))) if details else say.text


def _markup(say: Say) -> Markup | None:
    if say.contact:
        return _contact_keyboard(say)
    if say.options:
        return InlineKeyboardMarkup(
            [[_button(option, say.turn) for option in row] for row in rows(say.options)]
        )
    return ReplyKeyboardRemove() if say.folds else None


def _contact_keyboard(say: Say) -> ReplyKeyboardMarkup:
    share = [KeyboardButton(carried(say.contact), request_contact=True)]
    others = [[KeyboardButton(carried(option.title)) for option in row] for row in rows(say.options)]
    return ReplyKeyboardMarkup([share, *others], resize_keyboard=True, one_time_keyboard=True)


def _button(option: Option, turn: int) -> InlineKeyboardButton:
    data = f"{turn}:{option.key}"
    if len(data.encode()) > _LONGEST_DATA:
        raise UnsendableError("button_too_long")
    return InlineKeyboardButton(carried(option.title), callback_data=data)


def rows(options: Sequence[Option]) -> list[list[Option]]:
    """Options as rows of buttons, in their order: scores in one row, short titles in pairs, ways out last."""
    main = [option for option in options if not _leads_out(option)]
    ways_out = [option for option in options if _leads_out(option)]
    tiny = all(len(option.title) <= _TINY for option in main)
    laid = _laid(main, _TINY if tiny else _SHORT, _TINY_ROW if tiny else _SHORT_ROW)
    return [*laid, ways_out] if ways_out else laid


def _leads_out(option: Option) -> bool:
    """What follows a dot in its key says what it is about."""
    return option.key.partition(".")[0] in _LAST_ROW


def _laid(options: Sequence[Option], short: int, most: int) -> list[list[Option]]:
    laid: list[list[Option]] = []
    for option in options:
        fits = laid and len(laid[-1]) < most and all(len(one.title) <= short for one in (*laid[-1], option))
        if fits:
            laid[-1].append(option)
        else:
            laid.append([option])
    return laid
