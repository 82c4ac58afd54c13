"""The logs: one line of JSON for each event, and no secret in any of them, wherever it comes from."""

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog

from bot import logs

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What is logged, while the test runs; afterwards logging is as it was."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    stream = io.StringIO()
    logs.set_up("info", [SIGNING], stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = before
    structlog.reset_defaults()


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_moment_and_its_place(out: io.StringIO) -> None:
    structlog.get_logger("bot.delivery").info("delivery.retry", after=3, name="مريم")

    (line,) = lines(out)

    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "delivery.retry",
        "level": "info",
        "logger": "bot.delivery",
        "after": 3,
        "name": "مريم",
    }


async def test_a_token_in_the_address_of_a_failed_call_does_not_show(out: io.StringIO) -> None:
    """The library's exceptions hold the request, and the request's address holds the token."""
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:9/bot{TOKEN}/getMe")
            answer.raise_for_status()
    except httpx.HTTPError as error:
        address = str(error.request.url)
        structlog.get_logger("bot.inbox").exception("telegram.failed", url=address)
        logging.getLogger("httpx").exception("failed: %s", address)
        logging.getLogger("telegram").exception("again", exc_info=RuntimeError(f"while calling {address}"))

    assert len(lines(out)) == 3
    assert TOKEN.partition(":")[2] not in out.getvalue()
    assert "/bot[hidden]/getMe" in out.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234-abcdEFGH",
        "xapp-1-A123-456-abcdef",
        TOKEN,
        SIGNING,
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
)
def test_a_secret_shows_nowhere_in_an_event(out: io.StringIO, secret: str) -> None:
    log = structlog.get_logger("bot.web")
    log.warning("a", text=f"before {secret} after", nested={"list": [secret]}, headers=f"Bearer {secret}")
    log.warning(secret)
    logging.getLogger("slack_sdk").warning("%s", {"x": secret})

    assert len(lines(out)) == 3
    assert secret not in out.getvalue()


@pytest.mark.parametrize(
    "name", ["token", "bot_token", "password", "authorization", "SLACK_SIGNING_SECRET", "keys"]
)
def test_a_field_with_the_name_of_a_secret_is_hidden_whatever_it_holds(out: io.StringIO, name: str) -> None:
    structlog.get_logger("bot.web").info("a", **{name: "open sesame"})

    assert lines(out)[0][name] == "[hidden]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql+asyncpg://desk:sesame@db/sanad", "postgresql+asyncpg://[hidden]@db/sanad"),
        ("https://hooks.slack.com/actions/T1/2/abc", "https://hooks.slack.com/[hidden]"),
        (
            "wss://wss-primary.slack.com/link/?ticket=abc&app_id=1",
            "wss://wss-primary.slack.com/link/?ticket=[hidden]&app_id=1",
        ),
        (
            "https://api.telegram.org/file/bot1:ABC/photos/1.jpg",
            "https://api.telegram.org/file/bot[hidden]/photos/1.jpg",
        ),
        ("ticket 4829-1372 at 12:30", "ticket 4829-1372 at 12:30"),
    ],
)
def test_only_the_secret_part_of_an_address_is_hidden(text: str, shown: str) -> None:
    assert logs.hiding([])(text) == shown


def stumble(words: str) -> None:
    raise LookupError(len(words))


def test_a_traceback_never_shows_the_values_of_variables(out: io.StringIO) -> None:
    said = "never-came"[::-1]
    try:
        stumble(said)
    except LookupError:
        structlog.get_logger("bot.inbox").exception("inbox.failed")

    assert "LookupError: 10" in str(lines(out)[0]["exception"])
    assert said not in out.getvalue()


def test_libraries_are_heard_from_warnings_up_even_when_we_tell_everything() -> None:
    stream = io.StringIO()
    logs.set_up("debug", (), stream)
    logging.getLogger("slack_bolt.AsyncApp").warning("Unhandled request ({'text': 'words'})")
    logging.getLogger("telegram.ext").debug("words")
    structlog.get_logger("bot.inbox").debug("inbox.heard")

    assert [line["event"] for line in lines(stream)] == ["inbox.heard"]


def test_on_a_terminal_lines_are_for_eyes_and_still_without_secrets() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    logs.set_up("info", (), stream)
    structlog.get_logger("bot.app").info("started", url=f"https://api.telegram.org/bot{TOKEN}/x")

    assert "started" in stream.getvalue()
    assert TOKEN not in stream.getvalue()
