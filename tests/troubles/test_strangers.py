"""Who calls our public port and is not Telegram or Slack is refused, and leaves nothing behind."""

import json
import time
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.playground.slack.pushing import signature
from bot.playground.telegram.pusher import HEADER
from storage.schema import inbox
from tests.kit import SUPPORT, World
from tests.troubles import day, record

SECRET = "a-webhook-secret_of-the-tests"
SLACKS = "local-secret"
FIVE_MINUTES = 301


async def calls(world: World, path: str, body: bytes, headers: dict[str, str]) -> int:
    """Call the desk's public address from outside; tells the status."""
    url = world.slack.events_url.removesuffix("/slack/events") + path
    json_type = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=json_type | headers) as response,
    ):
        return response.status


async def heard(world: World) -> int:
    """How many things were stored in the inbox, ever."""
    wanted = select(func.count()).select_from(inbox)
    return await world.app.store.read(lambda tx: tx.connection.execute(wanted).scalar_one())


def update(world: World, text: str) -> bytes:
    stranger = world.customer("en")
    message = {"message_id": 1, "from": stranger.user, "chat": stranger.room, "date": int(time.time())}
    return json.dumps({"update_id": 900_000_001, "message": {**message, "text": text}}).encode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({HEADER: ""}, 403), ({HEADER: "wrong"}, 403), ({HEADER: SECRET + "x"}, 403)],
)
async def test_a_webhook_call_without_the_right_secret(
    public: World, headers: dict[str, str], status: int
) -> None:
    assert await calls(public, "/telegram", update(public, "let me in"), headers) == status
    assert await calls(public, "/telegram", b"{" * 100, headers) == status  # the body was not even looked at
    assert await heard(public) == 0


async def test_a_webhook_call_with_the_secret_is_kept(public: World) -> None:
    body = update(public, "let me in")
    assert [await calls(public, "/telegram", body, {HEADER: SECRET}) for _ in range(2)] == [200, 200]
    assert await heard(public) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"words"', b"\xff\xfe", b"[" * 100_000])
async def test_a_webhook_call_that_is_no_update(public: World, body: bytes) -> None:
    assert await calls(public, "/telegram", body, {HEADER: SECRET}) == 400
    assert await heard(public) == 0


def event(text: str, event_id: str = "Ev0FORGED", ts: str = "1800000000.000100", thread: str = "") -> bytes:
    inner: dict[str, Any] = {
        "type": "message",
        "user": "U0AGENT",
        "channel": SUPPORT,
        "ts": ts,
        "event_ts": ts,
    }
    inner |= {"text": text, **({"thread_ts": thread} if thread else {})}
    outer = {"type": "event_callback", "event_id": event_id, "event_time": int(time.time()), "team_id": "T0"}
    return json.dumps({**outer, "event": inner}).encode()


def signed(body: bytes, *, secret: str = SLACKS, ago: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - ago)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(secret, stamp, body)}


async def test_a_slack_request_that_is_not_signed_by_slack(public: World) -> None:
    body = event("let me in")
    right = signed(body)
    forged = [
        {},
        {"X-Slack-Request-Timestamp": right["X-Slack-Request-Timestamp"]},
        {"X-Slack-Signature": right["X-Slack-Signature"]},
        signed(body, secret="another"),
        signed(body + b" "),
        {**right, "X-Slack-Signature": right["X-Slack-Signature"][:-1]},
        {**right, "X-Slack-Request-Timestamp": "yesterday"},
    ]
    assert [await calls(public, "/slack/events", body, headers) for headers in forged] == [401] * len(forged)
    assert await heard(public) == 0


async def test_a_slack_request_that_was_signed_too_long_ago_or_will_be(public: World) -> None:
    body = event("let me in")
    for ago in (FIVE_MINUTES, -FIVE_MINUTES - 1):
        assert await calls(public, "/slack/events", body, signed(body, ago=ago)) == 401
    assert await heard(public) == 0


async def test_a_replayed_slack_request_changes_nothing(public: World) -> None:
    """Within five minutes a copy is as good as the original: it is the same event, and known."""
    customer, agent = public.customer("en"), await public.agent()
    card = await public.card(await public.files(customer, day.TROUBLE))
    await agent.clicks("claim", card)
    await public.settles()
    body = event(day.REPLY, thread=card.ts)
    headers = signed(body)

    assert [await calls(public, "/slack/events", body, headers) for _ in range(3)] == [200] * 3

    await record.at_rest(public, public.app.store)
    assert [text for text in record.told(customer) if day.REPLY in text] == [
        f"About your request ####-####:\n\n{day.REPLY}"
    ]


async def test_a_slack_request_is_answered_yes_when_it_is_kept(public: World) -> None:
    body = event("beside the threads")
    assert await calls(public, "/slack/events", body, signed(body)) == 200
    assert await heard(public) == 1
