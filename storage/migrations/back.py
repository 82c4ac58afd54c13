"""The way back: what an older program would stumble over, or believe wrongly, whatever its tables say."""

from collections.abc import Callable

from sqlalchemy import Connection, delete, func, or_, select

from storage.errors import NotBackYetError
from storage.schema import outbox, settings

NEWER = or_(outbox.c.target["kind"].as_string() == "sent", outbox.c.purpose.in_(("files", "redaction")))
"""What of the outbox only revision 0002 and later know how to send."""


def leave(connection: Connection, at: str | None, target: str) -> None:
    """Before a database goes from one revision back to an earlier one. Raises NotBackYetError."""
    for revision, left in LEFT.items():
        if target != "base" and target < revision <= (at or ""):
            left(connection)


def _leave_0002(connection: Connection) -> None:
    pending = select(func.count()).select_from(outbox).where(outbox.c.state == "pending", NEWER)
    if waiting := connection.execute(pending).scalar_one():
        raise NotBackYetError(
            f"{waiting} messages wait that only this version can send (files, changes, withdrawals): "
            "let the desk run until they are sent; `sanad outbox list` tells what keeps them"
        )
    # What is written meanwhile is in no index: after the next upgrade all tickets are indexed anew.
    connection.execute(delete(settings).where(settings.c.name.startswith("search")))


LEFT: dict[str, Callable[[Connection], None]] = {"0002": _leave_0002}
