"""How a command ends when something is to be mended: a line that says what, and exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from bot.core.mistakes import FileError

OURS = ("bot", "handlers", "storage", "locales")


class MendingError(Exception):
    """Something that the operator can mend; the words say what."""


class Stop(SystemExit):
    """The command ends; why is told by `words`, which the terminal has already."""

    def __init__(self, words: str) -> None:
        super().__init__(1)
        self.words = words


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
        if missing := missing_package(error):
            stop(missing)
        unforeseen(error)


def stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise Stop(words)


def missing_package(error: Exception) -> str:
    """What to do about a package that we stand on and that is not there."""
    name = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if not name or name in OURS:
        return ""
    return f"The package {name} is not installed. Install all that Sanad needs: make clean, then make demo."


def foreseen(error: Exception) -> bool:
    """Whether the error is one of the store's or the system's, whose words say what to mend."""
    storage: Any = sys.modules.get("storage")  # whoever raised its error has imported it
    return isinstance(error, OSError) or bool(storage and isinstance(error, storage.StoreError))


def unforeseen(error: Exception) -> NoReturn:
    import structlog

    from bot import logs

    logs.set_up("info")
    structlog.get_logger("bot.cli").critical("command.failed", exc_info=error)
    raise Stop("Sanad has stopped because of something unforeseen: the terminal shows it.")
