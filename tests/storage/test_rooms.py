"""A channel that is about to change is held by one process: no other forgets it in between."""

from typing import Any

from asyncpg.exceptions import LockNotAvailableError
from sqlalchemy import event
from sqlalchemy.engine import make_url

from storage import Keyring, Store, Tx, rooms
from storage.rooms import Room
from tests.post_kit import START
from tests.postgres import execute, in_a_loop_of_its_own

CHANNEL = "C0SUPPORT"
FORGET = "set lock_timeout = '20ms'; delete from rooms where stands = 'open'"


async def test_one_that_is_open_again_is_not_forgotten_while_it_is_being_locked(
    postgres_url: str, keyring: Keyring
) -> None:
    """The other process comes right after the first thing that is asked of the row."""
    held: list[bool] = []

    def forget(*_asked: Any) -> None:
        try:
            in_a_loop_of_its_own(execute(make_url(postgres_url), FORGET))
        except LockNotAvailableError:
            held.append(True)

    def changes(tx: Tx) -> Room:
        event.listen(tx.connection, "after_cursor_execute", forget, once=True)
        return rooms.lock(tx, CHANNEL, START)

    store = await Store.open(postgres_url, keyring)
    try:
        await store.do(lambda tx: rooms.lock(tx, CHANNEL, START))
        found = await store.do(changes)
    finally:
        await store.close()

    assert (found, held) == (Room(CHANNEL, "open", START), [True])
