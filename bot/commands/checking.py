"""`sanad check` and `sanad policy check`."""

import asyncio

import typer

from bot import logs, policies


def check(*, offline: bool) -> None:
    from bot.check import check

    logs.set_up("error")
    if not asyncio.run(check(typer.echo, offline=offline)):
        raise typer.Exit(1)


def check_policy(name: str) -> None:
    policy = policies.load(name)
    languages = ", ".join(policy.languages)
    typer.echo(f"ok    {policy.name}: {len(policy.categories)} categories in {languages}")
