"""What runs for every message finds its rows by an index, however much has been handled and sent."""

import re
from uuid import UUID

import pytest
from sqlalchemy import ClauseElement

from bot.core.shown import Post
from storage import (
    Store,
    Tx,
    astray,
    dues,
    fetching,
    held,
    homes,
    inbox,
    keys,
    leases,
    lists,
    outbox,
    places,
    redaction,
    search,
    threads,
)
from storage.inbox import LANES_WAITING, LOCK_LANE, NEXT
from storage.leases import DUE, GIVE_BACK
from storage.outbox import ToChannel
from tests.ticket_rows import FILED_AT


def plan(tx: Tx, statement: ClauseElement) -> list[str]:
    """What the database makes of the statement when it cannot know the values, and tables are not tiny."""
    compiled = statement.compile(dialect=tx.connection.dialect, compile_kwargs={"render_postcompile": True})
    words = str(compiled)
    if tx.dialect == "sqlite":
        rows = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", (None,) * words.count("?"))
        return [row.detail for row in rows]
    for setting in ("enable_seqscan = off", "plan_cache_mode = force_generic_plan"):
        tx.connection.exec_driver_sql(f"set local {setting}")
    values = ", ".join(["null"] * max(int(number) for number in re.findall(r"\$(\d+)", words)))
    tx.connection.exec_driver_sql(f"prepare asked as {words}")
    found = [row[0] for row in tx.connection.exec_driver_sql(f"explain execute asked({values})")]
    tx.connection.exec_driver_sql("deallocate asked")
    return found


TABLES = "inbox|outbox|places|dues|tickets|threads|stems|files|keys"


def scans(found: list[str]) -> list[str]:
    """The lines that read a whole table."""
    return [line for line in found if re.search(rf"SCAN ({TABLES})$|Seq Scan on ({TABLES})", line)]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        pytest.param(LANES_WAITING, "ix_inbox_waiting", id="lanes that wait"),
        pytest.param(NEXT, "ix_inbox_waiting", id="the next row of a lane"),
        pytest.param(LOCK_LANE, "ix_inbox_waiting", id="the lock of a lane"),
        pytest.param(inbox.LEFT, "ix_inbox_waiting", id="what is left of a lane that was heard"),
        pytest.param(DUE, "ix_outbox_pending", id="rows that are due"),
        pytest.param(leases.LEFT, "ix_outbox_pending", id="what is left of a lane to send"),
        pytest.param(fetching.NEXT, "ix_files_waiting", id="files that are to be fetched"),
        pytest.param(places.UNTOUCHED, "ix_places_unsent", id="drafts that nobody has touched"),
        pytest.param(dues.RIPE, "ix_dues_due_at", id="tickets that something is due to"),
        pytest.param(homes.LOOKING, "ix_homes_looked_at", id="who looks at their Home"),
        pytest.param(lists.mine("U1"), "ix_tickets_in_hand", id="what somebody holds"),
        pytest.param(lists.unclaimed(["a"]), "ix_tickets_unclaimed", id="what nobody holds"),
        pytest.param(lists.waiting(["a"]), "ix_tickets_live", id="what waits for its customer"),
        pytest.param(lists.overdue(["a"]), "late", id="what is overdue"),
        pytest.param(search.holding([((b"1",),), ((b"2",),)]), "stems", id="what holds two words"),
        pytest.param(search.holding([((b"1",), (b"2", b"3"))]), "stems", id="what is one word or two"),
        pytest.param(threads.LAST_LEFT, "ix_threads_ticket_id", id="the thread that a ticket has left"),
        pytest.param(astray.elsewhere("a", "b", resolved=True), "ix_tickets_live", id="what is astray"),
        pytest.param(threads.undrawn("a"), "ix_threads_undrawn", id="cards that were left behind"),
        pytest.param(astray.closed_elsewhere("a", "b"), "ix_threads_left", id="what was closed elsewhere"),
        pytest.param(keys.NEXT_WRAPPER, "ix_keys_wrapped_by", id="an operator's key that wraps others"),
        pytest.param(lists.by_queue(["a"]), "ix_tickets_live", id="how the queues stand"),
    ],
)
async def test_work_is_found_by_an_index_of_what_is_not_done(
    store: Store, statement: ClauseElement, index: str
) -> None:
    found = await store.do(lambda tx: plan(tx, statement))

    assert index in "".join(found)
    assert scans(found) == []


async def test_a_row_is_settled_by_its_id(store: Store) -> None:
    found = await store.do(lambda tx: plan(tx, GIVE_BACK))

    assert scans(found) == []


MUCH = 3000


def wait_long(tx: Tx) -> None:
    """A platform is away, and ever so much waits for it."""
    for number in range(MUCH):
        target = ToChannel(channel=f"C{number}")
        outbox.say(tx, target, Post(summary="", lines=()), channel="slack", purpose="news", at=FILED_AT)
    tx.connection.exec_driver_sql("analyze outbox")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(held.FOUND_UNSENT, id="what still brings words to a customer"),
        pytest.param(held.FOUND_UNTOLD, id="what surely has not brought them yet"),
        pytest.param(redaction.waiting_with(UUID(int=1)), id="what waits with some words"),
        pytest.param(held.waits_of(UUID(int=1)), id="what waits of some words"),
    ],
)
async def test_what_waits_with_some_words_is_found_among_ever_so_much_that_waits(
    store: Store, statement: ClauseElement
) -> None:
    await store.do(wait_long)

    found = await store.do(lambda tx: plan(tx, statement))

    assert "ix_outbox_words" in "".join(found)
    assert [line for line in found if "ix_outbox_pending" in line] == []
    assert scans(found) == []
