"""Empty databases to measure on: SQLite in a folder that goes away, PostgreSQL as the tests have it."""

import asyncio
import base64
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage import Keyring, Store
from tests import postgres

KEYRING = Keyring.parse("bench:" + base64.b64encode(os.urandom(32)).decode())


@asynccontextmanager
async def sqlite() -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'sanad.db'}", KEYRING)
        yield store
        await store.close()


@asynccontextmanager
async def postgresql() -> AsyncIterator[Store]:
    """As the tests have it: careless of crashes, so that the disk of a small machine does not count."""
    with postgres.server() as server, postgres.database(server, "sanad_bench") as url:
        await asyncio.to_thread(postgres.in_a_loop_of_its_own, postgres.create_tables(url))
        store = await Store.open(url.render_as_string(hide_password=False), KEYRING)
        yield store
        await store.close()


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}
