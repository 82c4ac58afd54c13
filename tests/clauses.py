"""`pytest --clause CAP-8`: the tests that name a clause, in a name or a docstring, theirs or around them."""

import re
from collections.abc import Iterator

import pytest

ID = re.compile(r"[A-Z]{2,5}-[0-9]{1,3}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--clause", metavar="ID", help="only the tests that name this clause, such as CAP-8")


def pytest_configure(config: pytest.Config) -> None:
    clause = config.getoption("clause")
    if clause is not None and not ID.fullmatch(clause):
        raise pytest.UsageError(f'--clause: expected an id such as "CAP-8", not {clause!r}')


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if (clause := config.getoption("clause")) is None:
        return
    chosen = [item for item in items if any(names(text, clause) for text in texts(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def names(text: str, clause: str) -> bool:
    """Whether a text names exactly this clause: CAP-1 is not in CAP-14; `cap_8` in a name is CAP-8."""
    source, number = clause.split("-")
    return bool(re.search(rf"(?<![A-Za-z0-9]){source}[-_]{number}(?![0-9])", text, re.IGNORECASE))


def texts(item: pytest.Item) -> Iterator[str]:
    """The name and the docstring of a test, of its class and of its module."""
    for node in item.listchain():
        if isinstance(node, pytest.Function | pytest.Class | pytest.Module):
            yield node.name
            yield node.obj.__doc__ or ""
