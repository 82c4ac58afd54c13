"""What cannot be taken back is asked about first, or agreed to beforehand."""

import sys

import typer

from bot.commands.mending import MendingError


def require_yes(*, sure: bool) -> None:
    """Ask, unless the operator said `--yes`. Raises MendingError without a yes, as without a terminal."""
    if not (sure or (sys.stdin.isatty() and typer.confirm("Do it?"))):
        raise MendingError("nothing was changed; say --yes to do it")
