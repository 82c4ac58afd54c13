"""A strict local Slack: the real one's wire formats, with people to drive it and faults to test against."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self, TypeVar

from bot.playground.slack.agent import Agent
from bot.playground.slack.api import SOCKET_SCOPE, Api
from bot.playground.slack.faults import Faults
from bot.playground.slack.payloads import event_body
from bot.playground.slack.pushing import Pusher
from bot.playground.slack.rates import Rates
from bot.playground.slack.seen import Message, top_level
from bot.playground.slack.server import Server
from bot.playground.slack.shelf import Shelf
from bot.playground.slack.snapshots import snapshot
from bot.playground.slack.workspace import Channel, Person, Workspace

Json = dict[str, Any]

SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "usergroups:read",
        "users:read",
    }
)
"""What our manifest asks for."""

Found = TypeVar("Found")


class LocalSlack:
    """One workspace on 127.0.0.1, with the bot installed.

    `clock` gives the seconds that timestamps are made of. `again_after` are the pauses, in seconds, before
    an event that was not acknowledged is sent again. With `events_url` set it sends signed HTTP requests,
    else it waits for Socket Mode.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        bot_token: str = "xoxb-local",  # noqa: S107 - opens nothing
        app_token: str = "xapp-local",  # noqa: S107 - opens nothing
        signing_secret: str = "local-secret",  # noqa: S107 - opens nothing
        scopes: frozenset[str] = SCOPES,
        app_scopes: frozenset[str] = frozenset({SOCKET_SCOPE}),
        again_after: Sequence[float] = (0.1, 1.0, 5.0),
    ) -> None:
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.faults = Faults()
        self._space = Workspace(clock, scopes)
        self._pusher = Pusher(self.faults, signing_secret, again_after)
        self._space.emit = self.send_event
        tokens = {"bot_token": bot_token, "app_token": app_token}
        self._api = Api(self._space, self.faults, **tokens, app_scopes=app_scopes)
        self._server = Server(self._space, self._api, self._pusher)

    @property
    def url(self) -> str:
        """What `SLACK_API_URL` is to be."""
        return self._server.url

    async def start(self, port: int = 0) -> Self:
        """Serve on 127.0.0.1; port 0 is any free one."""
        await self._server.start(port)
        return self

    async def stop(self) -> None:
        await self._pusher.close()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    @property
    def bot_user(self) -> str:
        """The app's own user."""
        return self._space.bot_user

    @property
    def events_url(self) -> str:
        """Where events go by HTTP; empty for Socket Mode."""
        return self._pusher.events_url

    @events_url.setter
    def events_url(self, url: str) -> None:
        self._pusher.events_url = url

    @property
    def calls(self) -> list[tuple[str, Json]]:
        """Every call of the Web API so far: method and arguments."""
        return self._api.calls

    def limit(self, clock: Callable[[], float]) -> Rates:
        """From now on speak no oftener than the real one lets an app, by a clock in seconds."""
        self._api.rates = Rates(clock)
        return self._api.rates

    @property
    def connections(self) -> int:
        """How many Socket Mode connections there are."""
        return self._pusher.connections

    async def connected(self) -> None:
        """Wait for the bot's Socket Mode connection."""
        await self._pusher.connected()

    # People and channels

    def channel(self, channel: str, *, name: str, public: bool = False, bot: bool = True) -> Channel:
        """A new channel; with `bot` the app is in it."""
        made = Channel(channel, name, public, members={self._space.bot_user} if bot else set())
        self._space.channels[channel] = made
        self._space.touch()
        return made

    def file(self, file: str) -> bytes | None:
        """The bytes of a file by its id, as `files` of a message have it."""
        return self._space.shelf.contents.get(file)

    def lose(self, file: str) -> None:
        """A file is deleted: what is left of it is a tombstone."""
        self._space.shelf.lose(file)

    @property
    def shelf(self) -> Shelf:
        """Files, and how Slack goes about sharing them."""
        return self._space.shelf

    def publish(self, channel: str, *, public: bool = True) -> None:
        """Make a channel public, so that everybody in the workspace may look into it, or private again."""
        self._space.channels[channel].public = public
        self._space.touch()

    def agent(self, id: str, name: str, *, locale: str = "en-US", channels: Sequence[str] = ()) -> Agent:  # noqa: A002 - Slack's word
        """A new person, who has been in `channels` for long."""
        person = self._space.people[id] = Person(id, name, locale)
        self._space.members_of(channels, id)
        return Agent(self._space, self._pusher, person, self._server.reply_url)

    def group(self, group: str, handle: str, users: Sequence[str] = ()) -> None:
        """A new user group, or who is in it from now on."""
        self._space.groups[group], self._space.group_users[group] = handle, tuple(users)
        self._space.touch()

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Close a channel, or open it again."""
        self._space.channels[channel].archived = archived
        self._space.happened(channel, "archive" if archived else "unarchive")

    def rename(self, channel: str, name: str) -> None:
        """Give a channel another name; nobody is told."""
        self._space.channels[channel].name = name
        self._space.touch()

    def remove_channel(self, channel: str) -> None:
        """Delete a channel with all that was said in it."""
        self._space.happened(channel, "deleted")
        del self._space.channels[channel]

    def remove_bot(self, channel: str) -> None:
        """Take the app out of a channel."""
        self._space.happened(channel, "left", actor_id="U0ADMIN")
        self._space.channels[channel].members.discard(self._space.bot_user)

    def invite_bot(self, channel: str) -> None:
        """Bring the app into a channel (again)."""
        self._space.members_of([channel], self._space.bot_user)
        self._space.emit(self._space.membership("member_joined_channel", channel, self._space.bot_user))

    def unfurl(self, message: Message) -> None:
        """Add a link preview to a message, as Slack does by itself some time after."""
        assert message.channel
        preview = {"attachments": [{"title": "A page", "from_url": "https://example.org"}]}
        self._space.change(message.channel, message.raw, preview)

    # The connection to the bot

    async def down(self) -> None:
        """Be unreachable: connections are cut and new ones refused."""
        self._server.down = True
        await self._pusher.drop()

    async def up(self) -> None:
        """Be reachable again."""
        self._server.down = False

    async def drop_connections(self) -> None:
        """Cut every Socket Mode connection, once."""
        await self._pusher.drop()

    async def refresh_connections(self) -> None:
        """Ask the bot to connect anew, as Slack does every few hours."""
        await self._pusher.refresh()

    def send_event(self, event: Json) -> None:
        """Send any event at all, as Slack might tomorrow."""
        self._pusher.event(event_body(self._space, event))

    @property
    def patience(self) -> float:
        """Seconds that it waits for the bot's answers."""
        return self._pusher.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._pusher.patience = seconds

    async def release_events(self) -> None:
        """Send the events that `faults.hold_events` kept back, the last one first."""
        self._pusher.release()

    def forget_events(self) -> None:
        """Give up what was not acknowledged, as Slack does after some minutes."""
        self._pusher.give_up()

    async def idle(self) -> None:
        """Wait until every event is acknowledged, or given up."""
        await self._pusher.idle()

    # What is seen

    def messages(self, channel: str) -> list[Message]:
        """What is seen in a channel itself, in order; replies are in each message's `thread`."""
        return top_level(self._space.channels[channel])

    def message(self, channel: str, ts: str) -> Message:
        """One message, replies too. Raises KeyError."""
        found = self._space.channels[channel]
        return Message(found.messages[ts], found)

    async def sees(
        self, channel: str, wanted: str | Callable[[Message], bool], within: float = 5.0
    ) -> Message:
        """The first message or reply in a channel that matches, or has this text, as soon as it is there."""
        matches = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted

        def look() -> Message | None:
            return next(filter(matches, self._everything(channel)), None)

        return await self.until(look, within)

    async def until(self, look: Callable[[], Found | None], within: float = 5.0) -> Found:
        """What `look` finds, as soon as it finds anything. Raises TimeoutError, telling what is shown.

        It looks at each change here, and now and then for what changes elsewhere.
        """
        try:
            async with asyncio.timeout(within):
                while True:
                    revision = self.revision
                    if found := look():
                        return found
                    await self.changed(revision, timeout=0.05)
        except TimeoutError:
            raise TimeoutError(f"not seen within {within} s; there is\n{self._all_text()}") from None

    def snapshot(self) -> Json:
        """Everything that a page can show, as JSON; see `snapshots`."""
        return snapshot(self._space)

    @property
    def revision(self) -> int:
        """Rises with every change."""
        return self._space.revision

    async def changed(self, since: int, timeout: float | None = None) -> int:  # noqa: ASYNC109 - as asked
        """The revision, as soon as it is later than `since`; the same one after `timeout` seconds."""
        return await self._space.changed(since, timeout)

    def _everything(self, channel: str) -> Iterator[Message]:
        found = self._space.channels[channel]
        return (Message(raw, found) for _, raw in sorted(found.messages.items()))

    def _all_text(self) -> str:
        shown = [message for channel in self._space.channels for message in self._everything(channel)]
        return "\n".join(f"{message.channel and message.channel.id} {message.text}" for message in shown)
