"""The world of a story: each is told twice, once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import World, world


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The general policy's desk."""
    async with world(database_url, tmp_path) as here:
        yield here


@pytest.fixture
async def captain_mama(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Captain Mama's desk."""
    async with world(database_url, tmp_path, policy="captain-mama") as here:
        yield here
