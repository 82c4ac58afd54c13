"""Hears what Slack sends: stores it first, and answers yes only when that is done."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.channels import Ears
from bot.channels.slack import reading
from bot.channels.slack.directory import Directory
from bot.channels.slack.posts import Heard, mentioned
from bot.channels.slack.stamps import stamp_of
from bot.channels.slack.views import answer_view, dialog_view
from bot.channels.slack.wire import Wire, quiet
from bot.core.heard import Acted, Chosen, Commanded, Incoming, Submitted, Thread, Unknown
from bot.core.now import DialogAnswer, DialogErrors, NextDialog, Now, OpenDialog, Redraw, Whisper
from bot.core.shown import Post, Text

log = structlog.get_logger()

Json = dict[str, Any]

REMEMBERED_VIEWS = 1000


class Hearing:
    """Works every request, by socket or by HTTP, through Bolt's middleware chain into `ears`."""

    def __init__(
        self,
        ears: Ears,
        *,
        account: str,
        secret: str,
        wire: Wire,
        directory: Directory,
        perform: Callable[[Now], Awaitable[None]],
        busy_text: Callable[[str], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._ears, self._account, self._secret, self._clock = ears, account, secret, clock
        self._directory, self._perform, self._busy_text = directory, perform, busy_text
        self._rounds: OrderedDict[str, int] = OrderedDict()  # how often a dialog was sent back
        self._after: set[asyncio.Task[None]] = set()
        self.well = True
        """Whether the last that was to be heard could be kept."""
        self._wire, self._app = wire, _bolt(wire)
        self._app.middleware(self._hear)

    async def answer(self, body: Json, headers: dict[str, str] | None = None) -> BoltResponse:
        """Slack's answer to one request; 200 only when what it said is stored, 503 when that failed."""
        try:
            # Bolt would lose a command whose text holds the word "payload": it gets the body parsed.
            request = AsyncBoltRequest(mode="socket_mode", body=body, headers={**(headers or {})})
            return await self._app.async_dispatch(request)
        except Exception as error:  # noqa: BLE001 - whatever it was, Slack must send this again
            _not_heard(error)
            return BoltResponse(status=503)

    async def answered(self) -> bool:
        """Return when what follows Slack's answers has been performed; tells whether there was anything."""
        busy = bool(self._after)
        if busy:
            await asyncio.wait(self._after)
        return busy

    async def close(self) -> None:
        """Let immediate answers that are under way arrive, for a moment."""
        if self._after:
            _, late = await asyncio.wait(self._after, timeout=1.5)
            for task in late:
                task.cancel()

    async def _hear(self, body: Json) -> BoltResponse:
        try:
            answer = await self._heard(body)
        except Exception as error:  # noqa: BLE001 - as above; Bolt would log the request, words and all
            self.well = False
            _not_heard(error)
            return BoltResponse(status=503)
        self.well = True
        return answer

    async def _heard(self, body: Json) -> BoltResponse:
        if body.get("type") == "event_callback":
            inner = body.get("event") or {}
            names = await self._directory.names(mentioned(inner))
            room = reading.room_of(inner)
            stands = await self._directory.standing_in_haste(room) if room else None
            heard = _read(body, lambda: [reading.event(body, names, stands)])
            if heard:
                await self._ears.hear([await self._incoming(one) for one in heard])
            return BoltResponse(status=200)
        heard = _read(body, lambda: list(reading.interaction(body, self._round_of, self._secret)))
        answers = [await self._answered(body, await self._incoming(one)) for one in heard]
        return BoltResponse(status=200, body=next(filter(None, answers), ""))

    async def _incoming(self, heard: Heard) -> Incoming:
        """What was heard, and when; of those who wait for an answer, with the language of their Slack."""
        dated = heard if heard.at else heard._replace(at=stamp_of(self._clock()))
        waits = isinstance(
            heard.what, Acted | Commanded | Submitted | Chosen
        )  # posts must not overtake each other
        language = await self._directory.locale(heard.user) if waits else ""
        return reading.incoming(dated, "slack", self._account, language)

    async def _answered(self, body: Json, incoming: Incoming) -> Json:
        if isinstance(incoming.what, Unknown):
            await self._ears.hear([incoming])
            return {}
        nows = await self._ears.hear_now(incoming)
        if nows is None:
            return self._busy(body, incoming)
        self._later(_in_thread(nows, incoming))
        return self._to_dialog(body, nows) if isinstance(incoming.what, Submitted) else {}

    def _to_dialog(self, body: Json, nows: Sequence[Now]) -> Json:
        """What a sent dialog does next: it stays with errors, shows a last word, goes on, or closes."""
        for now in nows:
            if isinstance(now, DialogErrors):
                self._sent_back(body["view"]["id"])
                return {"response_action": "errors", "errors": _beside(now.errors, body["view"])}
            if isinstance(now, DialogAnswer):
                return {"response_action": "update", "view": answer_view(now)}
            if isinstance(now, NextDialog):
                view = self._wire.placed(dialog_view(now.dialog, now.thread))
                return {"response_action": "update", "view": view}
        return {}

    def _busy(self, body: Json, incoming: Incoming) -> Json:
        """A courteous word where the work takes longer than the person should wait."""
        what, words = incoming.what, self._busy_text(incoming.sender.chat)
        post = Post(summary=words, lines=((Text(text=words),),))
        if isinstance(what, Submitted):
            view = body["view"]
            title, close = view["title"]["text"], (view.get("close") or {}).get("text", "✕")
            return self._to_dialog(body, [DialogAnswer(title=title, close=close, post=post)])
        if isinstance(what, Acted | Commanded):
            self._later([Whisper(user=what.user, post=post, reply_url=what.reply_url)])
        return {}

    def _later(self, nows: Sequence[Now]) -> None:
        """Perform after Slack got its answer: it waits 3 seconds for that, and not for us."""
        task = asyncio.create_task(self._perform_all(nows))
        self._after.add(task)
        task.add_done_callback(self._after.discard)

    async def _perform_all(self, nows: Sequence[Now]) -> None:
        for now in nows:
            await self._perform(now)

    def _round_of(self, view: str) -> int:
        return self._rounds.get(view, 0)

    def _sent_back(self, view: str) -> None:
        self._rounds[view] = self._rounds.pop(view, 0) + 1
        while len(self._rounds) > REMEMBERED_VIEWS:
            self._rounds.popitem(last=False)


def _bolt(wire: Wire) -> AsyncApp:
    """Bolt for its protocol: the challenge, the certificate check, the middleware chain.

    It neither asks Slack who we are at each request, nor hides our own messages from us: that a card of
    ours was deleted must be heard. Signatures are checked before a body gets here.
    """
    return AsyncApp(
        name="sanad",
        logger=quiet,
        client=wire.client,
        authorize=_authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _not_heard(error: Exception) -> None:
    log.error("slack.not_heard", error=type(error).__name__)  # without its traceback, which may hold words


def _read(body: Json, read: Callable[[], list[Heard | None]]) -> list[Heard]:
    """What was heard; a placeholder for what cannot be understood."""
    try:
        return [heard for heard in read() if heard]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        kind = str((body.get("event") or {}).get("type") or body.get("type") or "")
        log.warning("slack.not_understood", kind=kind, error=type(error).__name__)
        key = body.get("event_id") or body.get("trigger_id") or ""
        return [Heard(f"odd:{key}", f"{body.get('event_time', 0)}", "odd", Unknown(name=kind or "odd"))]


def _in_thread(nows: Sequence[Now], incoming: Incoming) -> list[Now]:
    """The answers to perform; a dialog that was opened in a thread stays in its lane."""
    thread: Thread | None = getattr(incoming.what, "thread", None)
    return [
        now.model_copy(update={"thread": now.thread or thread})
        if isinstance(now, OpenDialog | Redraw)
        else now
        for now in nows
        if not isinstance(now, DialogErrors | DialogAnswer | NextDialog)
    ]


def _beside(errors: dict[str, str], view: Json) -> Json:
    """The errors beside fields that the dialog has; Slack refuses others, so the first field takes them."""
    inputs = [block for block in view.get("blocks", []) if block.get("type") == "input"]
    fields = {block["element"]["action_id"]: block["block_id"] for block in inputs}
    first = next(iter(fields.values()), "")
    return {fields.get(key) or first or key: words for key, words in errors.items()}
