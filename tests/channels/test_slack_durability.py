"""Slack is told yes only when what it said is stored, and only Slack is believed."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.slack import Slack
from bot.core.heard import Posted
from bot.playground.slack.pushing import signature
from tests.channels.slack_kit import BUSY, Ears, office

TRANSPORTS = [pytest.param(False, id="socket"), pytest.param(True, id="http")]
SECRET = "local-secret"
PATH = "/slack/events"


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_an_event_that_could_not_be_stored_comes_again(*, http: bool) -> None:
    async with office(http=http) as desk:
        desk.ears.failures, desk.local.patience = 2, 0.05
        await desk.agent.writes("C1", "Keep this")
        await desk.local.idle()

        assert desk.ears.attempts == 3
        assert [what.text for what in desk.ears.whats if isinstance(what, Posted)] == ["Keep this"]


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_a_press_that_could_not_be_stored_is_not_acknowledged(*, http: bool) -> None:
    async with office(http=http) as desk:
        card = await desk.card()
        desk.ears.failures = 1
        desk.local.patience = 0.2

        assert not (await desk.agent.clicks("Claim", on=card)).ok


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_repeated_and_reordered_events_keep_their_keys_and_order(*, http: bool) -> None:
    async with office(http=http) as desk:
        desk.local.faults.hold_events()
        for word in ("one", "two", "three"):
            await desk.agent.writes("C1", word)
        desk.local.faults.repeat_events(3)
        desk.local.faults.lose_acks(2)
        await desk.local.release_events()
        await desk.local.idle()

        in_order = sorted(desk.ears.heard.values(), key=lambda one: one.order)

        assert desk.ears.attempts >= 6
        assert [one.what.text for one in in_order if isinstance(one.what, Posted)] == ["one", "two", "three"]


async def test_the_socket_comes_back_after_every_kind_of_end() -> None:
    async with office() as desk:
        for end in (desk.local.refresh_connections, desk.local.drop_connections, desk.local.down):
            await end()
            await desk.agent.writes("C1", f"after {end.__name__}")
            await desk.local.up()
        await desk.local.until(lambda: len(desk.ears.heard) == 3 or None)

        assert len(desk.ears.heard) == 3


async def test_opening_does_not_wait_for_slack() -> None:
    started = time.monotonic()
    slack = Slack("xoxb-1", app_token="xapp-1", api_url="http://127.0.0.1:9", busy_text=str)
    await slack.open(Ears())
    await slack.close()

    assert time.monotonic() - started < 1


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_slow_work_is_answered_with_a_courteous_word(*, http: bool) -> None:
    async with office(http=http) as desk:
        card = await desk.card()
        desk.ears.answer = lambda _incoming: None

        assert (await desk.agent.clicks("Claim", on=card)).ok
        whisper = await desk.local.until(lambda: next(iter(desk.agent.whispers), None))
        assert whisper.text == BUSY


def test_a_desk_without_a_way_to_hear_is_refused() -> None:
    with pytest.raises(ValueError, match="app token"):
        Slack("xoxb-1", busy_text=str)


# HTTP: who is believed


def client_of(slack: Slack) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Starlette(routes=list(slack.routes())))
    return httpx.AsyncClient(transport=transport, base_url="http://desk")


@pytest.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    slack = Slack("xoxb-1", signing_secret=SECRET, busy_text=str)
    await slack.open(Ears())
    async with client_of(slack) as client:
        yield client
    await slack.close()


def signed(body: bytes, *, age: int = 0, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time()) - age)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(secret, stamp, body)}


async def send(web: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return await web.post(PATH, content=body, headers=headers)


async def test_the_challenge_is_answered(web: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-123"}).encode()

    answer = await send(web, body, {"Content-Type": "application/json", **signed(body)})

    assert (answer.status_code, answer.json()) == (200, {"challenge": "c-123"})


FORGED: list[Any] = [
    pytest.param({}, id="unsigned"),
    pytest.param(signed(b"{}", secret="guessed"), id="wrong secret"),
    pytest.param(signed(b"{ }"), id="another body"),
    pytest.param(signed(b"{}", age=301), id="replayed late"),
    pytest.param(signed(b"{}", age=-900), id="from the future"),
    pytest.param({**signed(b"{}"), "X-Slack-Request-Timestamp": "soon"}, id="no timestamp"),
    pytest.param({**signed(b"{}"), "X-Slack-Request-Timestamp": "٣"}, id="odd digits"),
    pytest.param(
        {**signed(b"{}"), "X-Slack-Request-Timestamp": "9" * 5000}, id="more digits than a moment has"
    ),
    pytest.param({**signed(b"{}"), "X-Slack-Signature": "v0=é"}, id="odd signature"),
]


@pytest.mark.parametrize("headers", FORGED)
async def test_a_forged_request_is_refused(web: httpx.AsyncClient, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]

    assert (await web.post(PATH, content=b"{}", headers=raw)).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{not json", 400, id="broken JSON"),
        pytest.param(b"payload=%7Bnot", 400, id="broken form"),
        pytest.param(b"payload=[]", 400, id="a list"),
        pytest.param(b"\xff\xfe", 400, id="no text"),
        pytest.param(b"x" * 1_000_001, 413, id="too big"),
        pytest.param(b"ssl_check=1&token=t", 200, id="certificate check"),
        pytest.param(b"", 200, id="nothing"),
        pytest.param(urlencode({"payload": '{"type":"view_closed"}'}).encode(), 200, id="unknown kind"),
        pytest.param(
            b'{"type":"event_callback","event":{"type":"new"},"event_id":"Ev1"}', 200, id="new event"
        ),
        pytest.param(b'{"type":"event_callback"}', 200, id="event without an event"),
        pytest.param(urlencode({"payload": '{"type":"block_actions"}'}).encode(), 200, id="odd press"),
        pytest.param(urlencode({"payload": '{"type":"view_submission"}'}).encode(), 200, id="odd dialog"),
    ],
)
async def test_what_slack_signed_is_answered(web: httpx.AsyncClient, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", **signed(body)}

    assert (await send(web, body, headers)).status_code == status


async def test_a_request_before_the_desk_is_open_comes_again() -> None:
    slack = Slack("xoxb-1", signing_secret=SECRET, busy_text=str)

    async with client_of(slack) as client:
        assert (await send(client, b"{}", signed(b"{}"))).status_code == 503


def test_socket_mode_opens_no_path() -> None:
    assert Slack("xoxb-1", app_token="xapp-1", signing_secret=SECRET, busy_text=str).routes() == ()
