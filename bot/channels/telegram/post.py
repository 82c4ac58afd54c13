"""Parcels to Telegram: sent part by part, and every refusal understood."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.channels import Closed, Failed, Outcome, Parcel, Retry, Sent
from bot.channels.telegram.accepted import Answer, overhearing
from bot.channels.telegram.amending import amend
from bot.channels.telegram.enclosing import send
from bot.channels.telegram.floods import Floods
from bot.channels.telegram.forms import Form
from bot.channels.telegram.removing import remove
from bot.channels.telegram.replies import Draft, UnsendableError, drafts
from bot.channels.telegram.scopes import Scopes
from bot.channels.telegram.wire import FloodError, UnreachedError, Wire
from bot.core.shown import Removal
from bot.core.words import Amend, Say

log = structlog.get_logger()

_UNREACHED = 2.0  # seconds until the next attempt
_BROKEN = 2.0
_BAD_TOKEN = 60.0
_REMEMBERED = 1000
_LONGEST_WHY = 48
_NO_PREVIEW = {"is_disabled": True}
_GONE = ("chat not found", "peer_id_invalid", "user is deactivated", "user not found", "chat was deleted")
_REASONS = {"message is too long": "too_long", "text is empty": "empty", "text must be non-empty": "empty"}


@dataclass(slots=True)
class _Underway:
    """A parcel of several messages that has begun to go out."""

    drafts: list[Draft]
    done: int = 0
    ids: list[str] = field(default_factory=list)
    at: datetime | None = None


class Post:
    """Sends parcels. What was sent of a split one is remembered, so that a retry goes on where it stopped.

    `clock` dates what Telegram accepted without a date that can be read.
    """

    def __init__(self, bot: Bot, wire: Wire, scopes: Scopes, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._wire = wire
        self._scopes = scopes
        self._clock = clock
        self._floods = Floods()
        self._underway: OrderedDict[str, _Underway] = OrderedDict()

    async def send(self, parcel: Parcel) -> Outcome:
        if not isinstance(parcel.what, Say | Removal | Amend):
            return Failed("not_for_customers")
        outcome: Outcome
        try:
            if isinstance(parcel.what, Removal):
                return await remove(self._bot, parcel.chat, parcel.what, self._clock())
            if isinstance(parcel.what, Amend):
                return await amend(self._bot, parcel, parcel.what, self._clock())
            underway = self._underway.get(parcel.key) or self._begun(parcel, parcel.what)
            outcome = await self._finish(parcel, underway)
        except UnsendableError as error:
            outcome = Failed(str(error))
        except TelegramError as error:
            outcome = self._refused(parcel.chat, error)
        if not isinstance(outcome, Retry):
            self._underway.pop(parcel.key, None)
        return outcome

    def _begun(self, parcel: Parcel, say: Say) -> _Underway:
        underway = _Underway(drafts(say))
        if len(underway.drafts) > 1:
            self._underway[parcel.key] = underway
        if len(self._underway) > _REMEMBERED:
            self._underway.popitem(last=False)
        return underway

    async def _finish(self, parcel: Parcel, underway: _Underway) -> Sent:
        for draft in underway.drafts[underway.done :]:
            accepted = await self._send(parcel, draft)
            self._floods.accepted()
            underway.done += 1
            underway.at = accepted.at or self._clock()
            if draft.counts:
                underway.ids += accepted.messages
        assert underway.at is not None  # there is always a last draft
        return Sent(tuple(underway.ids), underway.at)

    async def _send(self, parcel: Parcel, draft: Draft) -> Answer:
        """Telegram's answer, which is yes. Raises TelegramError where it is no, or none came."""
        with overhearing() as answer:
            try:
                await self._ask(parcel, draft)
            except Exception as error:
                if not answer.accepted:
                    raise
                log.warning("telegram.answer_unread", error=type(error).__name__)
        return answer

    async def _ask(self, parcel: Parcel, draft: Draft) -> None:
        if draft.package:
            await send(self._bot, self._wire, parcel, draft.package, draft.quotes)
            return
        url = f"{self._bot.base_url}/sendMessage"
        await self._wire.post(url, _form(parcel.chat, draft))  # type: ignore[arg-type]  # the wire knows it

    def _refused(self, chat: str, error: TelegramError) -> Outcome:
        match error:
            case FloodError():
                held = self._floods.holds_all(chat, error.after)
                return Retry(error.after, self._scopes.account if held else self._scopes.chat(chat))
            case Forbidden():
                return Closed("gone" if _is_gone(error) else "blocked")
            case BadRequest() | ChatMigrated():
                return Closed("gone") if _is_gone(error) else Failed(_why(error))
            case InvalidToken():
                log.error("telegram.token_refused")
                return Retry(_BAD_TOKEN, self._scopes.account)
            case UnreachedError():
                return Retry(_UNREACHED, self._scopes.account)
        return Retry(_BROKEN, unsure=True)


def _form(chat: str, draft: Draft) -> Form:
    """Past the library, which would make objects of each field, and of an answer that the wire has read."""
    fields = {"chat_id": chat, "text": draft.text, "link_preview_options": _NO_PREVIEW}
    if draft.markup:
        fields["reply_markup"] = draft.markup.to_dict()
    if draft.quotes:
        fields["reply_parameters"] = {"message_id": draft.quotes, "allow_sending_without_reply": True}
    return Form(fields)


def _is_gone(error: TelegramError) -> bool:
    return isinstance(error, ChatMigrated) or any(words in error.message.lower() for words in _GONE)


def _why(error: TelegramError) -> str:
    """A slug from Telegram's own words, which never hold ours: we send no markup that could be quoted."""
    said = error.message.lower()
    for words, slug in _REASONS.items():
        if words in said:
            return slug
    return re.sub(r"[^a-z0-9]+", "_", said).strip("_")[:_LONGEST_WHY] or "refused"
