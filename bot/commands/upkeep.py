"""`sanad db` and `sanad keys`: the upkeep of the store."""

import asyncio
from pathlib import Path

import typer

from bot import settings
from bot.commands.agreeing import require_yes
from bot.commands.mending import MendingError
from storage import Keyring, Store, migrate
from storage.copying import copy
from storage.rotation import rotate as rotate_keys
from storage.store import parse_url


def upgrade() -> None:
    url = parse_url(settings.load(to_run=False).database_url.get_secret_value())
    asyncio.run(migrate.upgrade(url))
    typer.echo(f"The tables are at revision {migrate.head()}.")


def downgrade(revision: str, *, sure: bool) -> None:
    url = parse_url(settings.load(to_run=False).database_url.get_secret_value())
    if revision not in (migrate.BASE, *migrate.revisions()):
        raise typer.BadParameter(f"there are base, {', '.join(migrate.revisions())}", param_hint="REVISION")
    if asyncio.run(migrate.may_go_back(url, revision)):
        typer.echo(_lost(revision))
        require_yes(sure=sure)
        asyncio.run(migrate.downgrade(url, revision))
    typer.echo(f"The tables are at revision {revision}.")


def _lost(revision: str) -> str:
    if revision == migrate.BASE:
        return "All tables are taken away: every ticket, everything that was written, and its keys are lost."
    return f"What only later tables than those of revision {revision} hold is lost."


def backup(target: Path) -> None:
    url = parse_url(settings.load(to_run=False).database_url.get_secret_value())
    if url.get_backend_name() != "sqlite":
        raise MendingError("PostgreSQL is copied by its own pg_dump; docs/operating.md shows how")
    size = copy(Path(url.database or ""), target)
    typer.echo(f"{target}: {size} bytes. The keys (SANAD_KEYS) that open it are not in it: keep them apart.")


def rotate() -> None:
    given = settings.load(to_run=False)
    keyring = Keyring.parse(given.keys.get_secret_value())
    wrapped = asyncio.run(rotated(given.database_url.get_secret_value(), keyring))
    typer.echo(f"{wrapped} keys were wrapped anew; everything is protected by {keyring.newest}.")


async def rotated(url: str, keyring: Keyring) -> int:
    store = await Store.open(url, keyring, exclusive=False)
    try:
        return await rotate_keys(store)
    finally:
        await store.close()
