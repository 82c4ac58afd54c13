"""Which files are to be fetched, in what order, and how long each is one worker's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select, update

from storage.dialects import is_exactly
from storage.prepared import Prepared
from storage.schema import files, tickets
from storage.tx import Tx

WAITING = is_exactly(files.c.state, "waiting")
DUE = (
    WAITING,
    or_(files.c.retry_at.is_(None), files.c.retry_at <= bindparam("now")),
    or_(files.c.leased_until.is_(None), files.c.leased_until <= bindparam("now")),
)
WITH_OWNER = select(files, tickets.c.customer_id).join(tickets, tickets.c.id == files.c.ticket_id)
_other = files.alias("other")
OTHERS_FIRST = (
    select(_other.c.id)
    .where(
        _other.c.ticket_id == files.c.ticket_id,
        _other.c.batch != files.c.batch,
        is_exactly(_other.c.state, "waiting"),
        is_exactly(_other.c.bound, "desk"),
        is_exactly(files.c.bound, "desk"),
        or_(
            _other.c.leased_until > bindparam("now"),
            and_(
                _other.c.id < files.c.id,
                or_(_other.c.retry_at.is_(None), _other.c.retry_at <= bindparam("now")),
            ),
        ),
    )
    .exists()
)
"""Another message of the ticket has files that are being fetched, or that came before and are due."""
NEXT = (
    WITH_OWNER.where(*DUE, ~OTHERS_FIRST)
    .order_by(files.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=files)
)
TAKE = Prepared(NEXT)
LOOK = Prepared(select(files.c.id).where(*DUE).limit(1))
RENEW = Prepared(
    update(files).where(files.c.id == bindparam("of_file"), WAITING, files.c.lease == bindparam("held")),
    ("leased_until",),
)
LET_GO = Prepared(update(files).where(WAITING, files.c.lease.is_not(None)), ("lease", "leased_until"))


def renew(tx: Tx, file: UUID, lease: UUID, until: datetime) -> None:
    """Whoever fetches it is alive; a lease that was lost stays so."""
    RENEW.run(tx, of_file=file, held=lease, leased_until=until)


def let_go(tx: Tx) -> None:
    """End all leases: their workers are dead. Only where no other process can be at work."""
    LET_GO.run(tx, lease=None, leased_until=None)
