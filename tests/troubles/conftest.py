"""Desks in trouble: with short pauses, dialled in or reached in public."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import World, world
from tests.patience import IMPATIENT, QUICK


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the channels themselves ask for after a failure, a few dozen times as fast as in earnest."""
    for pause in (
        "telegram.post._UNREACHED",
        "telegram.post._BROKEN",
        "slack.sending.PAUSE",
        "slack.outcomes.PAUSE",
    ):
        monkeypatch.setattr(f"bot.channels.{pause}", 0.05)


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path, short_pauses: None) -> AsyncIterator[World]:  # noqa: ARG001 - it works by being there
    """A desk that asks Telegram for updates and dials Slack."""
    async with world(sqlite_url, tmp_path, tuning=QUICK) as here:
        yield here


@pytest.fixture
async def impatient(sqlite_url: str, tmp_path: Path, short_pauses: None) -> AsyncIterator[World]:  # noqa: ARG001 - the same
    """A desk that does not wait long for a platform's answer."""
    async with world(sqlite_url, tmp_path, tuning=IMPATIENT) as here:
        yield here


@pytest.fixture
async def public(sqlite_url: str, tmp_path: Path, short_pauses: None) -> AsyncIterator[World]:  # noqa: ARG001 - the same
    """A desk that Telegram's webhook and Slack's HTTP events reach."""
    async with world(sqlite_url, tmp_path, tuning=QUICK, public=True) as here:
        yield here


@pytest.fixture(params=["desk", "public"])
def either(request: pytest.FixtureRequest) -> World:
    """A test that asks for it runs on both."""
    here: World = request.getfixturevalue(request.param)
    return here
