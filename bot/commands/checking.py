"""`sanad check`."""

import asyncio

import typer

from bot import logs


def check(*, offline: bool) -> None:
    from bot.check import check

    logs.set_up("error")
    if not asyncio.run(check(typer.echo, offline=offline)):
        raise typer.Exit(1)
