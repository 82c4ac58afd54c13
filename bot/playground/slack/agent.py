"""An agent at the keyboard: everything a person does in Slack that the bot can notice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.playground.slack.calls_chat import whisper
from bot.playground.slack.calls_views import checked, show, typable
from bot.playground.slack.composer import typed
from bot.playground.slack.payloads import chosen, container, filled, inputs, picked, pressed, types
from bot.playground.slack.pushing import Answered, Pusher
from bot.playground.slack.seen import Dialog, Message, Shown, dialog
from bot.playground.slack.workspace import Channel, Person, Workspace

Json = dict[str, Any]
Where = str | Message


class Agent:
    """One person. Verbs that the bot must answer give back an `Answered`."""

    def __init__(
        self, space: Workspace, pusher: Pusher, person: Person, reply_url: Callable[[str, Json], str]
    ) -> None:
        self._space, self._pusher, self._person, self._reply_url = space, pusher, person, reply_url

    @property
    def id(self) -> str:
        return self._person.id

    @property
    def name(self) -> str:
        return self._person.name

    @property
    def dialog(self) -> Dialog | None:
        """The dialog that is open before them."""
        return dialog(self._person)

    @property
    def home(self) -> Shown | None:
        """The app's Home tab."""
        return Shown(self._person.home) if self._person.home else None

    @property
    def whispers(self) -> list[Message]:
        """What only they see, in order: ephemeral messages, and the app's direct ones."""
        direct = self._space.direct(self.id)
        own = [Message(raw, direct) for raw in direct.messages.values() if raw.get("user") != self.id]
        return sorted([*own, *map(Message, self._person.ephemeral)], key=lambda message: message.ts)

    async def joins(self, channel: str) -> None:
        self._space.members_of([channel], self.id)
        await self._membership("member_joined_channel", channel)

    async def leaves(self, channel: str) -> None:
        self._space.channels[channel].members.discard(self.id)
        self._space.touch()
        await self._membership("member_left_channel", channel)

    async def writes(
        self,
        where: Where,
        text: str,
        *,
        broadcast: bool = False,
        files: Sequence[Json] = (),
        raw: bool = False,
        literal: bool = False,
    ) -> Message:
        """Write into a channel (by id) or a thread (by any message of it).

        `text` is what is typed; marks in it format (`*bold*`), unless the writer undid that (`literal`). With
        `raw` it is Slack's wire form already (`<@U1>`, `&lt;`). `files` are dicts with `id`, `name`,
        `mimetype`, `size`, or what `uploads` gave.
        """
        channel, head = self._place(where)
        subtype = "thread_broadcast" if broadcast else "file_share" if files else ""
        extra = {"subtype": subtype} if subtype else {}
        thread = {"thread_ts": head} if head else {}
        shared = {"files": [dict(file) for file in files]} if files else {}
        words = typed(text, raw=raw, literal=literal)
        message = self._space.add(channel, {"user": self.id, **words, **extra, **thread, **shared})
        self._space.shelf.shared(channel.id, message, public=channel.public)
        await self._pusher.heard()
        return Message(message, channel)

    def uploads(self, name: str, content: bytes, mime: str = "") -> Json:
        """Put a file into Slack: to be posted by `writes`, or sent with a dialog by its `id`."""
        return self._space.shelf.add(self.id, name, content, mime)

    async def sends(
        self, where: Where, name: str, content: bytes, *, mime: str = "", text: str = ""
    ) -> Message:
        """Post a file, with words beside it perhaps."""
        return await self.writes(where, text, files=[self.uploads(name, content, mime)])

    async def tells_app(self, text: str) -> Message:
        """Write to the app directly."""
        channel = self._space.direct(self.id)
        message = self._space.add(channel, {"user": self.id, **typed(text)})
        await self._pusher.heard()
        return Message(message, channel)

    async def edits(self, message: Message, text: str, *, raw: bool = False) -> None:
        self._own(message)
        self._space.change(_channel(message), message.raw, typed(text, raw=raw), edited_by=self.id)
        await self._pusher.heard()

    async def takes_off(self, message: Message, file: Json) -> None:
        """Delete a file of their own message: what is left of it there is a tombstone."""
        self._own(message)
        self._space.shelf.lose(file["id"])
        left = [self._space.shelf.files[one["id"]] for one in message.raw["files"]]
        self._space.change(_channel(message), message.raw, {"files": left})
        await self._pusher.heard()

    async def deletes(self, message: Message) -> None:
        """Delete a message: their own, or, as an administrator, the app's."""
        self._space.delete(_channel(message), message.raw)
        await self._pusher.heard()

    async def clicks(self, named: str, on: Shown | None = None) -> Answered:
        """Press a button, by title or verb, on a message, a whisper, or (without `on`) the Home tab.

        Raises LookupError for what they cannot see.
        """
        shown = on or self.home
        assert shown, "there is no Home tab yet"
        self._sees(shown)
        return await self._acts(shown, pressed(shown, shown.action(named)))

    async def chooses(self, named: str, option: str, on: Shown) -> Answered:
        """Choose from a menu, by the option's title or value.

        A menu goes on to show the choice until it is drawn with another block id; choosing the same again
        does nothing, as in Slack's own client. Raises LookupError for that, and for what they cannot see.
        """
        self._sees(on)
        action = chosen(on, on.action(named), option)
        menu, value = (on.raw.get("ts", ""), action["block_id"]), action["selected_option"]["value"]
        if self._person.menus.get(menu) == value:
            raise LookupError(f"{option!r} is chosen already")
        self._person.menus[menu] = value
        return await self._acts(on, action)

    async def uses(self, shortcut: str, on: Message | None = None) -> Answered:
        """Use a shortcut by its callback id: one on a message, else a global one, which knows no channel."""
        if on is None:
            about = {"callback_id": shortcut, "action_ts": self._space.stamp(), **self._who(None)}
            return await self._pusher.interaction("interactive", {"type": "shortcut", **about})
        channel = _channel(on)
        about = {"channel_id": channel.id, "message_ts": on.ts}
        payload = {
            "type": "message_action",
            "callback_id": shortcut,
            "action_ts": self._space.stamp(),
            "message_ts": on.ts,
            "message": on.raw,
            "channel": {"id": channel.id, "name": channel.name},
            **self._who(about),
        }
        return await self._pusher.interaction("interactive", payload)

    async def gives(self, command: str, text: str = "", *, channel: str = "") -> Answered:
        """Give a slash command."""
        where = channel or self._space.direct(self.id).id
        payload = {
            "command": command,
            "text": text,
            "team_id": self._space.team,
            "api_app_id": self._space.app,
            "channel_id": where,
            "user_id": self.id,
            "user_name": self.name,
            "trigger_id": self._space.trigger(self.id),
            "response_url": self._reply_url(self.id, {"channel": where}),
        }
        answered = await self._pusher.interaction("slash_commands", payload)
        if answered.payload.get("text"):
            whisper(self._space, self.id, {"channel": where, "blocks": [], **answered.payload})
        return answered

    async def submits(self, values: Mapping[str, str] | None = None) -> Answered:
        """Send the open dialog with these values by field key; fields left out keep what they show."""
        view = self._person.view
        assert view, "no dialog is open"
        types(self._person, values or {})
        sent = {**view, "state": {"values": filled(self._space, self._person)}}
        payload = {"type": "view_submission", "view": sent, **self._who(None)}
        answered = await self._pusher.interaction("interactive", payload)
        if answered.ok:
            self._dialog_goes_on(view, answered.payload)
        return answered

    async def picks(self, key: str, option: str, values: Mapping[str, str] | None = None) -> Answered:
        """Choose in a field of the open dialog, after typing these values; an app that asked to hears it."""
        types(self._person, {**(values or {}), key: option})
        view = self._person.view
        assert view, "no dialog is open"
        block = next(one for one in typable(view) if key in {one["block_id"], one["element"]["action_id"]})
        self._space.touch()
        if not block.get("dispatch_action"):
            return Answered(ok=True)
        action = {**picked(block, option), "action_ts": self._space.stamp()}
        state = {"state": {"values": filled(self._space, self._person, sending=False)}}
        about = {"container": {"type": "view", "view_id": view["id"]}, "view": {**view, **state}}
        payload = {"type": "block_actions", "actions": [action], **about, **self._who(None)}
        return await self._pusher.interaction("interactive", payload)

    async def dismisses(self) -> None:
        """Close the open dialog without sending it."""
        self._person.view, self._person.errors = None, {}
        self._space.touch()

    async def opens_home(self) -> None:
        event = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        channel = self._space.direct(self.id).id
        self._space.emit({**event, "channel": channel, "event_ts": self._space.stamp()})
        await self._pusher.heard()

    def _dialog_goes_on(self, view: Json, answer: Json) -> None:
        if self._person.view is not view:  # something else was opened meanwhile
            return
        match answer.get("response_action"):
            case "errors":
                unknown = answer["errors"].keys() - inputs(view).keys()
                assert not unknown, f"Slack refuses errors for unknown blocks: {unknown}"
                self._person.errors = dict(answer["errors"])
            case "update" | "push":
                show(self._space, self._person, checked(answer["view"], "modal"), view["id"])
            case _:
                self._person.view, self._person.errors = None, {}
        self._space.touch()

    async def _acts(self, shown: Shown, action: Json) -> Answered:
        about = container(shown)
        stamped = {**action, "action_ts": self._space.stamp()}
        payload = {"type": "block_actions", "actions": [stamped], **about}
        reply = about["container"] if isinstance(shown, Message) else None
        return await self._pusher.interaction("interactive", {**payload, **self._who(reply)})

    def _who(self, reply_to: Json | None) -> Json:
        """What every interaction tells: the person, a trigger, and where a private answer goes."""
        space = self._space
        shared = {"team": {"id": space.team}, "api_app_id": space.app, "trigger_id": space.trigger(self.id)}
        if reply_to is not None:
            thread = {"thread_ts": reply_to["thread_ts"]} if "thread_ts" in reply_to else {}
            place = {"channel": reply_to["channel_id"], **thread}
            shared["response_url"] = self._reply_url(self.id, place)
        return {"user": {"id": self.id, "name": self.name, "team_id": space.team}, **shared}

    async def _membership(self, kind: str, channel: str) -> None:
        if self._space.bot_user in self._space.channels[channel].members:
            self._space.emit(self._space.membership(kind, channel, self.id))
            await self._pusher.heard()

    def _place(self, where: Where) -> tuple[Channel, str]:
        if isinstance(where, Message):
            channel, head = _channel(where), str(where.raw.get("thread_ts") or where.ts)
        else:
            channel, head = self._space.channels[where], ""
        if self.id not in channel.members:
            raise LookupError(f"{self.id} is not in {channel.id}")
        return channel, head

    def _sees(self, shown: Shown) -> None:
        """Whoever is not in a private channel has nothing of it on the screen. Raises LookupError."""
        channel = shown.channel if isinstance(shown, Message) else None
        if channel and not channel.public and self.id not in channel.members:
            raise LookupError(f"{self.id} is not in {channel.id} and does not see it")

    def _own(self, message: Message) -> None:
        if message.author != self.id:
            raise LookupError("only its author edits a message")


def _channel(message: Message) -> Channel:
    assert message.channel, "an ephemeral message is in no channel"
    return message.channel
