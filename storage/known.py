"""By what a customer can be found: whole names, telephone numbers and e-mail addresses, as keyed hashes.

Hashes tell only that two are the same; what was hashed is sealed elsewhere, and cannot be read from them.
"""

from uuid import UUID

from sqlalchemy import delete, insert, select

from bot.core import text
from storage import Tx, people
from storage.dialects import ignoring_duplicates
from storage.people import Address
from storage.prepared import Prepared
from storage.schema import known

REMEMBER = Prepared(ignoring_duplicates(insert(known)), ("hash", "address_id"))


def remember(tx: Tx, address_id: UUID, *said: str) -> None:
    """Somebody at this address is known by these from now on; once is enough, and nothing is nothing."""
    hashes = {_hash(tx, one) for one in said if text.plain(one)}
    if hashes:
        rows = [{"hash": hashed, "address_id": address_id} for hashed in sorted(hashes)]
        REMEMBER.run_for_each(tx, rows)


def find(tx: Tx, said: str, limit: int) -> list[Address]:
    """Whoever is known by exactly this, however it is spelled."""
    if not text.plain(said):
        return []
    found = select(known.c.address_id).where(known.c.hash == _hash(tx, said)).limit(limit)
    return [people.address(tx, one) for one in tx.connection.execute(found).scalars()]


def forget(tx: Tx, address_id: UUID, said: str) -> None:
    """They are no longer known by this."""
    gone = delete(known).where(known.c.hash == _hash(tx, said), known.c.address_id == address_id)
    tx.connection.execute(gone)


def _hash(tx: Tx, said: str) -> bytes:
    return tx.hash("known", text.email(said) or text.phone(said) or text.plain(said))
