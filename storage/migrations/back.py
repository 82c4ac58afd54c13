"""The way back: what an older program would stumble over, or believe wrongly, whatever its tables say."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from storage.errors import NotBackYetError
from storage.schema import outbox, settings

NEWER = or_(
    outbox.c.target["kind"].as_string().in_(("sent", "offer")),
    outbox.c.purpose.in_(("files", "redaction")),
    outbox.c.error == "arrived",  # an older program sends it
)
"""What of the outbox only revision 0002 and later know how to send, or to settle."""

HELD = outbox.c.error.in_(("restored", "restored, changed"))
"""What waits for an operator: an older program has no word for it, and never tells of it."""


def leave(connection: Connection, at: str | None, target: str) -> None:
    """Before a database goes from one revision back to an earlier one. Raises NotBackYetError."""
    for revision, left in LEFT.items():
        if target != "base" and target < revision <= (at or ""):
            left(connection)


def _leave_0002(connection: Connection) -> None:
    if held := _waiting(connection, HELD):
        raise NotBackYetError(
            f"{held} messages are held back since a backup was put back: decide of each first, by "
            "`sanad outbox arrived` or `sanad outbox replay`; `sanad outbox list` shows them"
        )
    if waiting := _waiting(connection, NEWER):
        raise NotBackYetError(
            f"{waiting} messages wait that only this version can send (files, changes, withdrawals, offers): "
            "let the desk run until they are sent; `sanad outbox list` tells what keeps them"
        )
    # What is written meanwhile is in no index: after the next upgrade all tickets are indexed anew.
    connection.execute(delete(settings).where(settings.c.name.startswith("search")))


def _waiting(connection: Connection, which: ColumnElement[bool]) -> int:
    pending = select(func.count()).select_from(outbox).where(outbox.c.state == "pending", which)
    return int(connection.execute(pending).scalar_one())


LEFT: dict[str, Callable[[Connection], None]] = {"0002": _leave_0002}
