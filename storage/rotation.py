"""Rotation: every data key is wrapped anew, by the newest of the operator's keys."""

from sqlalchemy import select, update

from storage.crypto import place
from storage.keys import unwrap
from storage.schema import keys
from storage.store import Store
from storage.tx import Tx


async def rotate(store: Store, batch: int = 500) -> int:
    """Wrap every data key by the newest operator's key; tells how many it wrapped.

    What is sealed stays as it is, and so do look-ups. Once it is done, and every process has been started
    with the new SANAD_KEYS, the older keys may be dropped from there.
    """
    done = 0
    while wrapped := await store.do(lambda tx: rewrap(tx, batch)):
        done += wrapped
    return done


def rewrap(tx: Tx, batch: int) -> int:
    """Wrap up to `batch` keys anew; none left tells 0."""
    keyring = tx.keyring
    rows = tx.connection.execute(
        select(keys).where(keys.c.wrapped_by != keyring.newest).limit(batch).with_for_update()
    ).all()
    for row in rows:
        wrapped_by, wrapped = keyring.wrap(unwrap(keyring, row), place(keys.c.wrapped, row.id))
        tx.connection.execute(
            update(keys).where(keys.c.id == row.id).values(wrapped_by=wrapped_by, wrapped=wrapped)
        )
    return len(rows)
