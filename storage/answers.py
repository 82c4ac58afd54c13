"""Answers that a request waits for while its row is handled, perhaps by another process."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam, select, update

from bot.core.now import Now
from storage.inbox import Heard
from storage.prepared import Prepared
from storage.schema import inbox
from storage.tx import Tx

NOWS = TypeAdapter(tuple[Now, ...])

ROW = inbox.c.id == bindparam("row")
EXPECT = Prepared(update(inbox).where(ROW, inbox.c.state == "waiting"), ("awaited_until",))
COLLECT = Prepared(select(inbox.c.state, inbox.c.answer).where(ROW).with_for_update())


def expect(tx: Tx, row: UUID, until: datetime) -> None:
    """A request waits for the answers to this row, until then."""
    EXPECT.run(tx, row=row, awaited_until=until)


def leave(tx: Tx, heard: Heard, nows: Sequence[Now]) -> bool:
    """Leave the answers for the request that waits in another process; false if none does any more."""
    answer = tx.seal(None, inbox.c.answer, heard.id, NOWS.dump_json(tuple(nows)))
    awaited = (inbox.c.id == heard.id, inbox.c.awaited_until.is_not(None))
    return tx.connection.execute(update(inbox).where(*awaited).values(answer=answer)).rowcount == 1


def collect(tx: Tx, row: UUID) -> tuple[Now, ...] | None:
    """The answers, once; none for a row that had no one to answer. None while it is not handled."""
    found = COLLECT.one_or_none(tx, row=row)
    if found and found.state == "waiting":
        return None
    if found is None or found.answer is None:
        return ()
    tx.connection.execute(update(inbox).where(inbox.c.id == row).values(answer=None))
    return NOWS.validate_json(tx.unseal_bytes(None, inbox.c.answer, row, found.answer))


def give_up(tx: Tx, row: UUID) -> tuple[Now, ...] | None:
    """The request waits no longer; whoever handles the row gives its answers. What is there is collected."""
    nows = collect(tx, row)
    if nows is None:
        tx.connection.execute(update(inbox).where(inbox.c.id == row).values(awaited_until=None))
    return nows
