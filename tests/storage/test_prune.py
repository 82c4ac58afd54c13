"""What is over for long is forgotten; what still waits never is."""

from datetime import UTC, datetime, timedelta

from bot.core.words import Say
from storage import Store, Tx, outbox
from storage.schema import outbox as rows

THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=15)


def promise(tx: Tx) -> None:
    to = outbox.ToCustomer(address=tx.new_id())
    settled = outbox.say(tx, to, Say(text="taken back"), channel="telegram", purpose="word", at=THEN)
    outbox.say(tx, to, Say(text="still to come"), channel="telegram", purpose="word", at=THEN)
    outbox.withdraw(tx, settled, THEN)


async def test_settled_rows_are_forgotten_in_time_and_pending_ones_never(store: Store) -> None:
    await store.do(promise)

    assert await store.do(lambda tx: outbox.prune(tx, THEN)) == 0
    assert await store.do(lambda tx: outbox.prune(tx, LATER)) == 1
    assert await store.do(lambda tx: outbox.prune(tx, LATER)) == 0
    states = await store.read(lambda tx: list(tx.connection.execute(rows.select()).mappings()))
    assert [row["state"] for row in states] == ["pending"]
