"""Until when a platform was surely heard, and which process makes up for an absence."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update

from storage import Tx
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import hearing

LAST = Prepared(select(hearing).where(hearing.c.channel == bindparam("of_channel")))


@dataclass(frozen=True, slots=True)
class Beat:
    """Everything until `until` (desk time) was heard; it was so at `at` (machine time).

    `reading_until` (machine time) is how long somebody may be making up for what came after.
    """

    until: datetime
    at: datetime
    reading_until: datetime | None


def last(tx: Tx, channel: str) -> Beat | None:
    row = LAST.one_or_none(tx, of_channel=channel)
    return Beat(row.until, row.at, row.reading_until) if row else None


def beat(tx: Tx, channel: str, until: datetime, at: datetime) -> None:
    """All is heard until now, by this process or another: a beat that was later stays."""
    new = upsert(hearing).values(channel=channel, until=until, at=at)
    later = new.on_conflict_do_update(
        index_elements=["channel"],
        set_={"until": new.excluded.until, "at": new.excluded.at, "reader": None, "reading_until": None},
        where=hearing.c.at < new.excluded.at,
    )
    tx.connection.execute(later)


def let_go(tx: Tx, channel: str, reader: UUID) -> None:
    """It could not be made up for: whoever can begins again."""
    held = (hearing.c.channel == channel, hearing.c.reader == reader)
    tx.connection.execute(update(hearing).where(*held).values(reader=None, reading_until=None))


def take(tx: Tx, channel: str, reader: UUID, now: datetime, until: datetime) -> bool:
    """Begin or go on to make up for an absence; false while another process does."""
    free = or_(hearing.c.reader.is_(None), hearing.c.reader == reader, hearing.c.reading_until <= now)
    done = tx.connection.execute(
        update(hearing).where(hearing.c.channel == channel, free).values(reader=reader, reading_until=until)
    )
    return done.rowcount == 1
