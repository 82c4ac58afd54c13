"""The Web API over HTTP: tokens, scopes, faults and errors as the real one has them."""

import asyncio
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground.slack import calls_chat, calls_files, calls_people, calls_views
from bot.playground.slack.faults import Fault, Faults
from bot.playground.slack.rates import Rates
from bot.playground.slack.workspace import RefusalError, Workspace

Json = dict[str, Any]
Work = Callable[[Workspace, Json], Json]


@dataclass(frozen=True)
class Method:
    """A method: what does it, what it needs, and its scope; `:read` is that of the kind of channel."""

    work: Work
    needs: tuple[str, ...] = ()
    scope: str = ""


METHODS = {
    "auth.test": Method(calls_people.auth_test),
    "chat.postMessage": Method(calls_chat.post_message, ("channel",), "chat:write"),
    "chat.update": Method(calls_chat.update, ("channel", "ts"), "chat:write"),
    "chat.delete": Method(calls_chat.delete, ("channel", "ts"), "chat:write"),
    "chat.postEphemeral": Method(calls_chat.post_ephemeral, ("channel", "user"), "chat:write"),
    "reactions.add": Method(calls_chat.add_reaction, ("channel", "name", "timestamp"), "reactions:write"),
    "views.open": Method(calls_views.open_view, ("view",)),
    "views.update": Method(calls_views.update, ("view",)),
    "views.publish": Method(calls_views.publish, ("user_id", "view")),
    "conversations.info": Method(calls_people.info, ("channel",), ":read"),
    "conversations.list": Method(calls_people.listing, (), "channels:read"),
    "conversations.members": Method(calls_people.members, ("channel",), ":read"),
    "conversations.history": Method(calls_people.history, ("channel",), ":history"),
    "conversations.replies": Method(calls_people.replies, ("channel", "ts"), ":history"),
    "conversations.open": Method(calls_people.open_direct, ("users",), "im:write"),
    "files.getUploadURLExternal": Method(calls_files.upload_url, ("filename", "length"), "files:write"),
    "files.completeUploadExternal": Method(calls_files.complete, ("files",), "files:write"),
    "files.info": Method(calls_files.info, ("file",), "files:read"),
    "users.info": Method(calls_people.user_info, ("user",), "users:read"),
    "usergroups.list": Method(calls_people.groups, (), "usergroups:read"),
    "usergroups.users.list": Method(calls_people.group_users, ("usergroup",), "usergroups:read"),
}

SOCKET_METHOD, SOCKET_SCOPE = "apps.connections.open", "connections:write"


class Api:
    """Answers `/api/METHOD`."""

    def __init__(
        self, space: Workspace, faults: Faults, *, bot_token: str, app_token: str, app_scopes: frozenset[str]
    ) -> None:
        self.space, self.faults = space, faults
        self._app_scopes = app_scopes
        self.calls: list[tuple[str, Json]] = []
        self.rates: Rates | None = None
        self._bot_token, self._app_token = bot_token, app_token

    async def answer(self, request: web.Request, socket_url: Callable[[], str]) -> web.Response:
        """Do what a call asks for; `socket_url` makes the address of one Socket Mode connection."""
        name, call = request.match_info["method"], await _arguments(request)
        self.calls.append((name, call))
        if self.rates and (seconds := self.rates.wait(name, call)):
            return _failure(Fault(name, "answer", 0, status=429, error="ratelimited", retry_after=seconds))
        fault = self.faults.next_call(name, call)
        if fault and fault.kind == "answer":
            return _failure(fault)
        if fault and fault.kind == "cut_before":
            return cut(request)
        answer = self._answer(request, name, call, socket_url)
        if fault and fault.kind == "cut_after":
            return cut(request)
        if fault:
            await asyncio.sleep(fault.seconds)
        return answer

    def opens_files(self, token: str) -> bool:
        """Whether private files are given out for this token."""
        return hmac.compare_digest(token, self._bot_token)

    def _answer(
        self, request: web.Request, name: str, call: Json, socket_url: Callable[[], str]
    ) -> web.Response:
        try:
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if name == SOCKET_METHOD:
                _known(token, self._app_token, self._bot_token)
                _require(SOCKET_SCOPE, self._app_scopes)
                return _ok({"url": socket_url()}, self._app_scopes)
            _known(token, self._bot_token, self._app_token)
            return _ok(self._do(name, call), self.space.scopes)
        except RefusalError as error:
            about = {"response_metadata": {"messages": list(error.messages)}} if error.messages else {}
            return web.json_response({"ok": False, "error": error.code, **about})

    def _do(self, name: str, call: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise RefusalError("unknown_method")
        if missing := [need for need in method.needs if not call.get(need)]:
            raise RefusalError("invalid_arguments", *(f"missing required field: {need}" for need in missing))
        self._check_scope(method.scope, call)
        return method.work(self.space, call)

    def _check_scope(self, scope: str, call: Json) -> None:
        if scope.startswith(":"):
            scope = self.space.channel(call["channel"]).family + scope
        if scope:
            _require(scope, self.space.scopes)


def _require(scope: str, granted: frozenset[str]) -> None:
    if scope not in granted:
        raise RefusalError("missing_scope", f"needed: {scope}")


def cut(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()


def _known(token: str, right: str, wrong: str) -> None:
    if not token:
        raise RefusalError("not_authed")
    if hmac.compare_digest(token, wrong):
        raise RefusalError("not_allowed_token_type")
    if not hmac.compare_digest(token, right):
        raise RefusalError("invalid_auth")


def _ok(answer: Json, scopes: frozenset[str]) -> web.Response:
    headers = {"x-oauth-scopes": ",".join(sorted(scopes))}
    return web.json_response({"ok": True, **answer}, headers=headers)


def _failure(fault: Fault) -> web.Response:
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)


async def _arguments(request: web.Request) -> Json:
    call: Json = dict(request.query)
    if request.content_type == "application/json":
        call |= json.loads(await request.text() or "{}")
    elif request.can_read_body:
        call |= dict(await request.post())
    return call
