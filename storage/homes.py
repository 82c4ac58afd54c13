"""Who looks at their Home tab, and which pages of its lists they see."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import homes
from storage.tx import Tx

LOOKING = select(homes.c.user).where(homes.c.looked_at > bindparam("since"))
FIND = Prepared(LOOKING)


def look(tx: Tx, user: str, at: datetime) -> None:
    """Somebody opens their Home: all its lists begin at their first pages."""
    fresh = {"looked_at": at, "pages": {}}
    row = upsert(homes).values(user=user, **fresh)
    tx.connection.execute(row.on_conflict_do_update(index_elements=["user"], set_=fresh))


def turn(tx: Tx, user: str, which: str, number: int, at: datetime) -> None:
    """They turn to another page of a list."""
    turned = {**pages(tx, user), which: number}
    tx.connection.execute(update(homes).where(homes.c.user == user).values(pages=turned, looked_at=at))


def pages(tx: Tx, user: str) -> dict[str, int]:
    """The page of each list that they see, where it is not the first."""
    found = tx.connection.execute(select(homes.c.pages).where(homes.c.user == user)).scalar()
    return dict(found or {})


def looking(tx: Tx, since: datetime) -> list[str]:
    """Who has looked at their Home since then, or turned a page of it."""
    return [row.user for row in FIND.all(tx, since=since)]
