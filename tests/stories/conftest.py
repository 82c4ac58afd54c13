"""The world of a story, on SQLite; stories that must hold on both databases ask for `everywhere`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import World, world


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The general policy's desk."""
    async with world(sqlite_url, tmp_path) as here:
        yield here


@pytest.fixture
async def everywhere(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The general policy's desk, once on SQLite and once on PostgreSQL."""
    async with world(database_url, tmp_path) as here:
        yield here


@pytest.fixture
async def captain_mama(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Captain Mama's desk."""
    async with world(sqlite_url, tmp_path, policy="captain-mama") as here:
        yield here
