"""An operator at the command line: a folder of their own, and `sanad` typed in it."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot import cli
from bot.settings import OURS
from storage.crypto import new_operator_key

DATABASE = "sqlite+aiosqlite:///sanad.db"

Sanad = Callable[..., tuple[int, str, str]]
"""Types a command; tells its exit code, what it said, and what it complained of."""


@pytest.fixture
def an_operators_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty folder with keys and a database address; logging is put back as it was afterwards."""
    for name in os.environ:
        if name.startswith((*OURS, "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", DATABASE)
    monkeypatch.setenv("SANAD_KEYS", new_operator_key())
    handlers = logging.getLogger().handlers[:]
    yield tmp_path
    logging.captureWarnings(capture=False)
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def sanad(
    an_operators_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Sanad:
    assert an_operators_folder.is_dir()

    def types(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["sanad", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return types
