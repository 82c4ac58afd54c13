"""How a command ends when something is to be mended: a line that says what, and exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from bot.core.mistakes import FileError


class MendingError(Exception):
    """Something that the operator can mend; the words say what."""


@contextmanager
def told() -> Iterator[None]:
    """Tell what stopped a command, one line a mistake; what nobody foresaw is told by its traceback."""
    try:
        yield
    except (FileError, MendingError) as wrong:
        stop(str(wrong))
    except Exception as error:  # noqa: BLE001 - the last place where an error can be told without secrets
        if foreseen(error):
            stop(str(error))
        unforeseen(error)


def stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise SystemExit(1)


def foreseen(error: Exception) -> bool:
    """Whether the error is one of the store's or the system's, whose words say what to mend."""
    storage: Any = sys.modules.get("storage")  # whoever raised its error has imported it
    return isinstance(error, OSError) or bool(storage and isinstance(error, storage.StoreError))


def unforeseen(error: Exception) -> NoReturn:
    import structlog

    from bot import logs

    logs.set_up("info")
    structlog.get_logger("bot.cli").critical("command.failed", exc_info=error)
    raise SystemExit(1)
