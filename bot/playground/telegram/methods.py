"""The Bot API's methods that the local Telegram speaks, by name."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.playground.telegram import editing, sending, sending_files
from bot.playground.telegram.chats import Chats
from bot.playground.telegram.messages import Json
from bot.playground.telegram.params import Params
from bot.playground.telegram.pusher import Hook, Pusher
from bot.playground.telegram.refusals import bad_request, conflict

Method = Callable[[Params], Awaitable[Any]]

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_LONGEST_DESCRIPTION, _MOST_COMMANDS = 256, 100
_LONGEST_POLL, _LARGEST_BATCH, _MOST_CONNECTIONS = 50, 100, 100
_WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


class Methods:
    """All methods of one bot."""

    def __init__(self, chats: Chats, pusher: Pusher) -> None:
        self._chats = chats
        self._pusher = pusher
        self.commands: dict[tuple[str, str], list[Json]] = {}
        own: Mapping[str, Method] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "getFile": self._get_file,
        }
        plain: Mapping[str, Callable[[Chats, Params], Any]] = {
            "sendMessage": sending.send_message,
            "sendMediaGroup": sending_files.send_group,
            **sending_files.SINGLY,
            "editMessageText": editing.edit_text,
            "editMessageCaption": editing.edit_caption,
            "editMessageReplyMarkup": editing.edit_markup,
            "deleteMessage": sending.delete,
            "sendChatAction": sending.act,
            "answerCallbackQuery": sending.answer_press,
        }
        self._by_name = {**own, **{name: self._over_chats(method) for name, method in plain.items()}}
        self._names = {name.lower(): name for name in self._by_name}

    def name(self, asked: str) -> str | None:
        """The method's proper name: case does not matter to the Bot API."""
        return self._names.get(asked.lower())

    async def call(self, name: str, params: Params) -> Any:
        return await self._by_name[name](params)

    def _over_chats(self, method: Callable[[Chats, Params], Any]) -> Method:
        async def call(params: Params) -> Any:
            return method(self._chats, params)

        return call

    async def _get_me(self, _params: Params) -> Json:
        rights = {"can_join_groups": False, "can_read_all_group_messages": False}
        return {**self._chats.bot, **rights, "supports_inline_queries": False}

    async def _get_updates(self, params: Params) -> list[Json]:
        if self._pusher.hook:
            raise conflict(_WEBHOOK_IS_SET)
        self._allow(params)
        limit = min(max(params.integer("limit", _LARGEST_BATCH), 1), _LARGEST_BATCH)
        seconds = min(max(params.integer("timeout"), 0), _LONGEST_POLL)
        return await self._chats.updates.poll(params.integer("offset"), limit, seconds)

    async def _set_webhook(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self._delete_webhook(params)
        if urlsplit(url).hostname not in {"127.0.0.1", "localhost"}:
            raise bad_request("bad webhook: only this machine can be reached from here")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(params)
        self._drop(params)
        self._chats.updates.oust("terminated by setWebhook request")
        connections = min(max(params.integer("max_connections", 40), 1), _MOST_CONNECTIONS)
        await self._pusher.start(Hook(url, secret, connections))
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        self._drop(params)
        await self._pusher.stop()
        return True

    async def _webhook_info(self, _params: Params) -> Json:
        hook = self._pusher.hook or Hook("")
        pending = len(self._chats.updates.waiting())
        info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": pending}
        if hook.last_error:
            info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
        if hook.url:
            info["max_connections"] = hook.connections
        if self._chats.updates.allowed is not None:
            info["allowed_updates"] = sorted(self._chats.updates.allowed)
        return info

    def _allow(self, params: Params) -> None:
        """Kinds once asked for stay, until others are asked for; an empty list is the default again."""
        kinds = params.json("allowed_updates")
        if kinds is None:
            return
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            raise bad_request("can't parse allowed updates")
        self._chats.updates.allowed = set(kinds) or None

    def _drop(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._chats.updates.drop()

    async def _set_commands(self, params: Params) -> bool:
        listed = params.json("commands")
        if not isinstance(listed, list):
            raise bad_request("can't parse commands JSON object")
        if len(listed) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[_audience(params)] = [_checked_command(one) for one in listed]
        self._chats.changes.touch()
        return True

    async def _get_commands(self, params: Params) -> list[Json]:
        return self.commands.get(_audience(params), [])

    async def _delete_commands(self, params: Params) -> bool:
        self.commands.pop(_audience(params), None)
        self._chats.changes.touch()
        return True

    async def _get_file(self, params: Params) -> Json:
        return self._chats.files.describe(params.text("file_id"))


def _audience(params: Params) -> tuple[str, str]:
    """Whom commands are for: a scope and a language."""
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return str(scope["type"]), language


def _checked_command(one: Any) -> Json:
    if not isinstance(one, dict) or not isinstance(one.get("command"), str):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = one["command"].removeprefix("/"), str(one.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= _LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
