"""Statements as a database reads them: put into words once, for all that this process opens."""

from typing import Any

from sqlalchemy.util import LRUCache

MANY = 1000
"""More than we have; SQLAlchemy makes room only for what is used again and again."""


class Statements(LRUCache[Any, Any]):
    """SQLAlchemy's own cache tells each opening of a database from the others, and begins anew with it.

    What a statement becomes depends on the kind of the dialect and on the server's version alone.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_shared(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_shared(key), value)


def _shared(key: Any) -> Any:
    dialect, *statement = key
    return type(dialect), getattr(dialect, "server_version_info", None), *statement


STATEMENTS = Statements(MANY)
