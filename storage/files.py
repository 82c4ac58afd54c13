"""Files of tickets: what is known of each, who brings its bytes, and where these have to go.

A file is `waiting` until its bytes are `kept` in the vault, or it turns out to be `gone` or `too_large`.
What has no bytes (a place, say) is `none`; what came with a note is `held`, as it stays at the desk. One
that was erased is `forgotten`; its bytes go soon after.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Row, bindparam, insert, select, update

from bot.core.heard import Attachment
from bot.core.ticket import Ticket
from storage import search, tickets
from storage.dialects import is_exactly
from storage.errors import ErasedError
from storage.fetching import LOOK, TAKE, WAITING, WITH_OWNER
from storage.prepared import Prepared
from storage.schema import files
from storage.tx import Tx

BELL = "files"
"""The topic that rings when there is something to fetch."""

DESK, CUSTOMER, BOTH, NOBODY, LEAVING = "desk", "customer", "both", "nobody", "leaving"
"""Where bytes are bound for: those of a note stay where they are until it is sent after all; those that are
leaving the customer has and shall not."""

UNREACHABLE = "unreachable"
"""Why a file is gone that could not be fetched for as long as it was tried."""

IN_ORDER = WITH_OWNER.where(files.c.ticket_id == bindparam("of_ticket")).order_by(files.c.id)
OF_TICKET = Prepared(IN_ORDER)
OF_BATCH = Prepared(IN_ORDER.where(files.c.batch == bindparam("of_batch")))
OF_WORDS = Prepared(IN_ORDER.where(files.c.words_id == bindparam("of_words")))
ATTACH = Prepared(
    insert(files),
    ("id", "ticket_id", "words_id", "batch", "kind", "channel", "bound", "state", "about", "at"),
)
DOOMED = Prepared(
    select(files.c.id).where(is_exactly(files.c.state, "forgotten"), files.c.stored).limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it stands. `batch` is what those share that are shown together."""

    id: UUID
    ticket_id: UUID
    words_id: UUID
    batch: UUID
    channel: str
    bound: str
    state: str
    why: str
    shown_by: UUID | None
    replaced_by: UUID | None
    at: datetime
    about: Attachment


@dataclass(frozen=True, slots=True)
class Wanted:
    """A leased file whose bytes are to be fetched; `cipher` seals them."""

    id: UUID
    ticket_id: UUID
    channel: str
    about: Attachment
    attempts: int
    tried_since: datetime
    lease: UUID
    bound: str
    cipher: AESGCM = field(repr=False)


def attach(
    tx: Tx,
    ticket: Ticket,
    words_id: UUID,
    channel: str,
    attachments: Iterable[Attachment],
    at: datetime,
    *,
    batch: UUID | None = None,
    bound: str = DESK,
) -> list[UUID]:
    """A placeholder for each file, with what is needed to fetch it later; tells their ids."""
    made = []
    for attachment in attachments:
        file = tx.new_id()
        values = {
            "id": file,
            "ticket_id": ticket.id,
            "words_id": words_id,
            "batch": batch or words_id,
            "kind": attachment.kind,
            "channel": channel,
            "bound": bound,
            "state": "held" if bound == NOBODY else _begins_as(attachment),
            "about": _seal(tx, ticket.customer_id, file, attachment),
            "at": at,
        }
        ATTACH.run(tx, **values)
        search.of_file(tx, ticket.id, file, attachment.name)
        made.append(file)
    if made:
        tx.ring(BELL)
    return made


def _begins_as(attachment: Attachment) -> str:
    if not attachment.file_id:
        return "none"
    return "too_large" if attachment.too_large else "waiting"


def _seal(tx: Tx, owner: UUID, file: UUID, about: Attachment) -> bytes:
    return tx.seal(owner, files.c.about, file, about.model_dump_json())


def find(tx: Tx, ids: Collection[UUID]) -> list[Kept]:
    """These files as they stand, in the order in which they were sent."""
    rows = tx.connection.execute(WITH_OWNER.where(files.c.id.in_(ids)).order_by(files.c.id))
    return [_kept(tx, row) for row in rows]


def of_batch(tx: Tx, ticket_id: UUID, batch: UUID) -> list[Kept]:
    """The files that are shown together, in order."""
    return [_kept(tx, row) for row in OF_BATCH.all(tx, of_ticket=ticket_id, of_batch=batch)]


def of_ticket(tx: Tx, ticket_id: UUID) -> list[Kept]:
    """All files of a ticket, in order."""
    return [_kept(tx, row) for row in OF_TICKET.all(tx, of_ticket=ticket_id)]


def of_words(tx: Tx, ticket_id: UUID, words_id: UUID) -> list[Kept]:
    """The files that came with these words, in order."""
    return [_kept(tx, row) for row in OF_WORDS.all(tx, of_ticket=ticket_id, of_words=words_id)]


def _kept(tx: Tx, row: Any) -> Kept:
    return Kept(
        id=row.id,
        ticket_id=row.ticket_id,
        words_id=row.words_id,
        batch=row.batch or row.words_id,
        channel=row.channel,
        bound=row.bound,
        state=row.state,
        why=row.why,
        shown_by=row.shown_by,
        replaced_by=row.replaced_by,
        at=row.at,
        about=_about(tx, row),
    )


def _about(tx: Tx, row: Any) -> Attachment:
    return Attachment.model_validate_json(tx.unseal(row.customer_id, files.c.about, row.id, row.about))


def shown(tx: Tx, ids: Collection[UUID], by: UUID) -> None:
    """A row of the outbox posts these in their ticket's thread."""
    tx.connection.execute(update(files).where(files.c.id.in_(ids)).values(shown_by=by))


def replace(tx: Tx, former: Collection[UUID], by: UUID) -> None:
    """Another file stands where these stood; they stay on record."""
    tx.connection.execute(update(files).where(files.c.id.in_(former)).values(replaced_by=by))


def cipher(tx: Tx, file: UUID) -> AESGCM:
    """What opens the bytes of a file. Raises ErasedError, also for a file that is forgotten."""
    row = tx.connection.execute(WITH_OWNER.where(files.c.id == file)).one_or_none()
    if row is None or row.state != "kept":
        raise ErasedError(f"the file {file} has no bytes")
    return tx.cipher(row.customer_id)


# Fetching


def take(tx: Tx, now: datetime, limit: int, lease_for: timedelta) -> list[Wanted]:
    """Lease files that are due to be fetched, the longest known first; `now` is machine time.

    What a ticket's thread is to show is fetched a message at a time, so that it comes in its order.
    """
    found = [_want(tx, row, tx.new_id(), now) for row in TAKE.all(tx, now=now, most=limit)]
    wanted = [one for one in found if one]
    for one in wanted:
        leased = {"lease": one.lease, "leased_until": now + lease_for, "stored": True}
        leased["tried_since"] = one.tried_since
        tx.connection.execute(update(files).where(files.c.id == one.id).values(**leased))
    return wanted


def waits(tx: Tx, now: datetime) -> bool:
    """Whether anything is due to be fetched, or to be cleared away."""
    return bool(LOOK.one_or_none(tx, now=now) or doomed(tx, 1))


def _want(tx: Tx, row: Row[Any], lease: UUID, now: datetime) -> Wanted | None:
    """None where nothing can be fetched any more: the customer was erased, or there is nothing to ask for."""
    try:
        about, key = _about(tx, row), tx.cipher(row.customer_id)
    except ErasedError:
        tx.connection.execute(update(files).where(files.c.id == row.id).values(state="forgotten"))
        return None
    if not about.file_id:
        tx.connection.execute(update(files).where(files.c.id == row.id).values(state="none"))
        return None
    since = row.tried_since or now
    return Wanted(row.id, row.ticket_id, row.channel, about, row.attempts, since, lease, row.bound, key)


def arrived(tx: Tx, wanted: Wanted, size: int) -> Kept | None:
    """The bytes are in the vault; None, and nothing recorded, if the lease was lost."""
    row = _held(tx, wanted)
    if row is None:
        return None
    about = wanted.about.model_copy(update={"size": size})
    sealed = _seal(tx, row.customer_id, wanted.id, about)
    return _end(tx, wanted, state="kept", about=sealed)


def came_late(tx: Tx, file: UUID) -> None:
    """Its bytes are here although nobody waits for them any more: those of an erased file go again."""
    erased = (files.c.id == file, is_exactly(files.c.state, "forgotten"))
    tx.connection.execute(update(files).where(*erased).values(stored=True))
    tx.ring(BELL)


def lost(tx: Tx, wanted: Wanted, state: str, why: str) -> Kept | None:
    """It will never come; None, and nothing recorded, if the lease was lost."""
    return _end(tx, wanted, state=state, why=why[:32]) if _held(tx, wanted) else None


def _held(tx: Tx, wanted: Wanted) -> Row[Any] | None:
    """Its row, and its ticket before it: of parts that end side by side, the last one sees the others."""
    tickets.hold(tx, [wanted.ticket_id])
    held = (files.c.id == wanted.id, WAITING, files.c.lease == wanted.lease)
    return tx.connection.execute(WITH_OWNER.where(*held).with_for_update(of=files)).one_or_none()


def _end(tx: Tx, wanted: Wanted, **values: Any) -> Kept:
    ended = {"lease": None, "leased_until": None, **values}
    tx.connection.execute(update(files).where(files.c.id == wanted.id).values(**ended))
    return find(tx, [wanted.id])[0]


def retry(tx: Tx, wanted: Wanted, until: datetime) -> None:
    """Give the lease back: it is fetched again from then on."""
    values = {
        "attempts": wanted.attempts + 1,
        "retry_at": until,
        "lease": None,
        "leased_until": None,
    }
    held = (files.c.id == wanted.id, files.c.lease == wanted.lease)
    tx.connection.execute(update(files).where(*held).values(**values))


# Erasing


def forget(tx: Tx, file: UUID) -> None:
    """Erase a file: nobody can read it from this commit on, and its bytes leave the disk soon after.

    Its kind, its moment and that it was there stay on record, and what tells it from another.
    """
    row = tx.connection.execute(WITH_OWNER.where(files.c.id == file).with_for_update(of=files)).one()
    values: dict[str, Any] = {"state": "forgotten", "lease": None, "leased_until": None}
    try:
        left = Attachment(kind=row.kind, unique=_about(tx, row).unique)
        values["about"] = _seal(tx, row.customer_id, file, left)
    except ErasedError:
        values["about"] = b""
    tx.connection.execute(update(files).where(files.c.id == file).values(**values))
    search.forget(tx, file)
    tx.ring(BELL)


def doomed(tx: Tx, limit: int) -> list[UUID]:
    """Erased files whose bytes may still lie in the vault."""
    return [row.id for row in DOOMED.all(tx, most=limit)]


def removed(tx: Tx, ids: Collection[UUID]) -> None:
    """The bytes of these are gone from the vault."""
    tx.connection.execute(update(files).where(files.c.id.in_(ids)).values(stored=False))
