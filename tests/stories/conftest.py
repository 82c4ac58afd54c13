"""The world of a story: each is told twice, once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kit import WEEK, Clock, World, world

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
"""10:00 in Riyadh and 12:00 in Astana: every office with hours is open when its stories begin."""


def monday() -> Clock:
    return Clock(MONDAY - datetime.now(UTC))


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The general policy's desk."""
    async with world(database_url, tmp_path) as here:
        yield here


@pytest.fixture
async def captain_mama(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Captain Mama's desk."""
    async with world(database_url, tmp_path, policy="captain-mama", clock=monday()) as here:
        yield here


@pytest.fixture
async def osool(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Osool's desk."""
    async with world(database_url, tmp_path, policy="osool", clock=monday()) as here:
        yield here


@pytest.fixture
async def aiglean(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """AiGlean Soft's desk."""
    async with world(database_url, tmp_path, policy="aiglean", clock=monday()) as here:
        yield here


@pytest.fixture
async def compusoft(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Compusoft's desk, with a week of its own, since the policy has none."""
    async with world(database_url, tmp_path, policy="compusoft", extra=WEEK, clock=monday()) as here:
        yield here


@pytest.fixture
async def e_doc(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """E-DOC's desk."""
    async with world(database_url, tmp_path, policy="e-doc", clock=monday()) as here:
        yield here
