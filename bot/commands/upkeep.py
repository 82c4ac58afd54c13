"""`sanad db` and `sanad keys`: the upkeep of the store."""

import asyncio

import typer

from bot import settings
from storage import Keyring, Store, migrate
from storage.rotation import rotate as rotate_keys
from storage.store import parse_url


def upgrade() -> None:
    url = parse_url(settings.load(to_run=False).database_url.get_secret_value())
    asyncio.run(migrate.upgrade(url))
    typer.echo(f"The tables are at revision {migrate.head()}.")


def downgrade(revision: str) -> None:
    url = parse_url(settings.load(to_run=False).database_url.get_secret_value())
    if revision not in ("base", *migrate.revisions()):
        raise typer.BadParameter(f"there are base, {', '.join(migrate.revisions())}", param_hint="REVISION")
    asyncio.run(migrate.downgrade(url, revision))
    typer.echo(f"The tables are at revision {revision}.")


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
