"""The demo's bot, started by the playground and by nobody else, in a folder of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.commands.loading import loading
from bot.commands.mending import Stop, told
from bot.playground.orders import LAST_WORDS


def main(line: socket.socket) -> None:
    """Perform by the orders on this line."""
    with confessing():
        with loading():
            from bot.commands import performing  # what cannot be loaded is told as well
        performing.main(line)


@contextmanager
def confessing() -> Iterator[None]:
    """Why it cannot go on is told on the terminal, and left in its folder for the page."""
    try:
        with told():
            yield
    except Stop as end:
        Path(LAST_WORDS).write_text(end.words, encoding="utf-8")
        raise
