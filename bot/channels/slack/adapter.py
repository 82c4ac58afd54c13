"""The desk's channel: Slack, by Socket Mode where there is an app token, else by HTTP events."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels import Ears, Outcome, Pace, Parcel, Retry, Sent
from bot.channels.slack import web
from bot.channels.slack.directory import Directory, Identity
from bot.channels.slack.fetching import fetch
from bot.channels.slack.hearing import Hearing
from bot.channels.slack.messages import post_messages, summary
from bot.channels.slack.rereading import Rereading
from bot.channels.slack.sending import Limits, Sending
from bot.channels.slack.socket import Socket, socket_address
from bot.channels.slack.views import dialog_view
from bot.channels.slack.wire import NETWORK, PATIENCE, Wire, error_code
from bot.core.heard import Attachment
from bot.core.now import Now, OpenDialog, Redraw, Whisper
from bot.core.standing import Standing

log = structlog.get_logger()

PATH = "/slack/events"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Slack:
    """Speaks for one app in one workspace; implements `bot.channels.Channel`.

    `busy_text` gives, for a user, the sentence that says an action is still being worked on. `account` need
    not be Slack's own id: it must only stay the same, and be known without asking Slack. `clock` dates what
    Slack tells no time for, such as dialogs and commands.
    """

    name = "slack"

    def __init__(
        self,
        bot_token: str,
        *,
        busy_text: Callable[[str], str],
        app_token: str = "",
        signing_secret: str = "",
        api_url: str = "",
        account: str = "workspace",
        clock: Callable[[], datetime] = _utc_now,
        limits: Limits | None = None,
        patience: float = PATIENCE,
    ) -> None:
        if not (app_token or signing_secret):
            raise ValueError("Slack needs an app token (Socket Mode) or a signing secret (HTTP events)")
        self.account = account
        self._app_token, self._signing_secret, self._secret = app_token, signing_secret, bot_token
        self._busy_text, self._clock = busy_text, clock
        self._wire = Wire(bot_token, api_url, patience)
        self._sending = Sending(self._wire, account, limits or Limits())
        self._hearing: Hearing | None = None
        self._socket: Socket | None = None
        self.directory = Directory(self._wire)
        self.rereading = Rereading(self._wire, self.directory, account, (limits or Limits()).history)

    @property
    def hears(self) -> bool:
        """Whether what is said in Slack now reaches us, as far as anybody can know."""
        connected = self._socket is None or self._socket.connected
        return self._hearing is not None and self._hearing.well and connected

    def routes(self) -> Sequence[Route]:
        """`POST /slack/events`, unless Socket Mode is used."""
        return () if self._app_token else (Route(PATH, self._receive, methods=["POST"]),)

    async def open(self, ears: Ears) -> None:
        """Start to hear; connecting happens in the background."""
        self._hearing = Hearing(
            ears,
            account=self.account,
            secret=self._secret,
            wire=self._wire,
            directory=self.directory,
            perform=self.now,
            busy_text=self._busy_text,
            clock=self._clock,
        )
        if self._app_token:
            self._socket = Socket(self._app_token, self._wire, self._hearing.answer)
            self._socket.open()

    async def stop_listening(self) -> None:
        """Stop to hear, and let answers under way arrive."""
        if self._socket:
            await self._socket.close()
        if self._hearing:
            await self._hearing.close()
        self._socket = self._hearing = None

    async def close(self) -> None:
        """Stop to hear, and let go of every connection."""
        await self.stop_listening()
        await self._wire.close()

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one parcel. Posts take as many messages as they need; after a failure the rest goes on."""
        return await self._sending.deliver(parcel)

    async def found(self, parcel: Parcel) -> Sent | Retry | None:
        """Whether an unanswered attempt went through, by the key in the message's metadata."""
        return await self._sending.found(parcel)

    def paces(self, parcel: Parcel) -> Sequence[Pace]:
        """Slack's limits for this parcel: of its method, or channel, and of the workspace."""
        return self._sending.paces(parcel)

    def fetch(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """The bytes of a file that an agent posted."""
        return fetch(self._wire, attachment.file_id)

    async def now(self, now: Now) -> None:
        """Open or redraw a dialog, say a private word; the rest is not Slack's, or was part of an answer."""
        try:
            match now:
                case OpenDialog():
                    await self._open(now)
                case Redraw():
                    view = self._wire.placed(dialog_view(now.dialog, now.thread))
                    await self._wire.client.views_update(view_id=now.view, hash=now.state, view=view)
                case Whisper():
                    await self._whisper(now)
        except SlackApiError as error:
            log.warning("slack.now_refused", kind=now.kind, why=error_code(error))
        except NETWORK as error:
            log.warning("slack.now_refused", kind=now.kind, why=type(error).__name__)

    async def answered(self) -> bool:
        return self._hearing is not None and await self._hearing.answered()

    async def identity(self) -> Identity:
        """Whom the bot token belongs to, and what it allows. Raises `RefusedError`."""
        return await self.directory.identity()

    async def require_socket(self) -> None:
        """Raises `RefusedError` where the app token opens no connection. None is made."""
        await socket_address(self._wire, self._app_token)

    async def members(self, channel: str) -> list[str]:
        """The user ids of everybody in a channel. Raises `RefusedError`."""
        return await self.directory.members(channel)

    async def group_members(self, group: str) -> list[str]:
        """The user ids of everybody in a user group. Raises `RefusedError`."""
        return await self.directory.group_members(group)

    async def person(self, user: str) -> dict[str, Any]:
        """Slack's own description of a person. Raises `RefusedError`."""
        return await self.directory.person(user)

    async def user_locale(self, user: str) -> str:
        """The language of a person's Slack, such as `en-US`, or nothing. Raises `RefusedError`."""
        return await self.directory.user_locale(user)

    async def channel_info(self, channel: str) -> dict[str, Any]:
        """Slack's own description of a channel. Raises `RefusedError`."""
        return await self.directory.channel_info(channel)

    async def standing(self, channel: str) -> Standing | None:
        """How a channel stands for the app; None where Slack does not say just now."""
        return await self.directory.standing(channel)

    async def _open(self, opened: OpenDialog) -> None:
        await self.directory.locate()
        view = self._wire.placed(dialog_view(opened.dialog, opened.thread))
        if opened.view:
            await self._wire.client.views_update(view_id=opened.view, view=view)
        else:
            await self._wire.client.views_open(trigger_id=opened.trigger, view=view)

    async def _whisper(self, whisper: Whisper) -> None:
        await self.directory.locate()
        for drawn in post_messages(whisper.post):
            blocks = self._wire.placed(drawn)
            text = summary(whisper.post)
            private = {
                "text": text,
                "blocks": blocks,
                "response_type": "ephemeral",
                "replace_original": False,
            }
            if not (whisper.reply_url and await self._wire.respond(whisper.reply_url, private)):
                await self._wire.client.chat_postMessage(
                    channel=whisper.user, text=text, blocks=blocks, unfurl_links=False, unfurl_media=False
                )

    async def _receive(self, request: Request) -> Response:
        return await web.receive(request, self._signing_secret, self._answer)

    async def _answer(self, body: dict[str, Any]) -> BoltResponse:
        if self._hearing is None:  # not open yet, or closed already: Slack comes again
            return BoltResponse(status=503)
        return await self._hearing.answer(body)
