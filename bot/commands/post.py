"""`sanad inbox` and `sanad outbox`: what was set aside or does not arrive, and how it is tried again."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import typer

from bot import settings
from bot.commands.mending import MendingError
from bot.core import reference
from storage import Keyring, Store, Tx, Unit, inbox, restored, stuck
from storage.inbox import Parked
from storage.stuck import Stuck

T = TypeVar("T")

CHANGED = "changed since the restore: as it reads now it reached nobody, and `replay` sends it"


def list_inbox() -> None:
    tell([parked_line(row) for row in in_store(inbox.parked)] or ["Nothing was set aside."])


def list_outbox() -> None:
    tell([stuck_line(row) for row in in_store(stuck.stuck)] or ["Everything that was tried has arrived."])


def replay_inbox(ids: list[str], *, everything: bool) -> None:
    named = chosen(ids, everything=everything)
    tell(in_store(lambda tx: again(tx, named or [row.id for row in inbox.parked(tx)], inbox.replay)))


def replay_outbox(ids: list[str], *, everything: bool) -> None:
    named = chosen(ids, everything=everything)
    tell(in_store(lambda tx: again(tx, named or waiting(tx), stuck.hasten)))


def restored_outbox() -> None:
    in_store(lambda _tx: None)  # a database that is not there is told, and not made
    held, asked = in_store(lambda tx: hold_back(tx, datetime.now(UTC)), exclusive=True)
    tell(
        [
            f"{held} messages to customers are held back: they may have been sent before the loss.",
            f"{asked} other rows are looked up in Slack before they are sent, where Slack can tell.",
            "Start the desk; `sanad outbox list` shows what is held back, for `replay` or `arrived`.",
        ]
    )


def hold_back(tx: Tx, now: datetime) -> restored.Doubtful:
    """Beside a desk that runs, what it sends just now would be held back as well. SQLite's lock has told."""
    if tx.dialect == "postgresql" and restored.is_at_work(tx, now):
        raise MendingError(
            "A desk is at work on this database, or was within the last two minutes. Stop it, wait as long,"
            " and say it again: nothing was changed"
        )
    return restored.doubt(tx, now)


def arrived_outbox(ids: list[str], *, everything: bool) -> None:
    named = chosen(ids, everything=everything)
    tell(in_store(lambda tx: arrive(tx, named)))


def arrive(tx: Tx, named: Sequence[UUID]) -> list[str]:
    """Of a message that was changed since, its customer may have the earlier words, but never these."""
    held = [row for row in stuck.stuck(tx) if row.held]
    changed = [row.id for row in held if row.changed]
    if refused := [row for row in named if row in changed]:
        raise MendingError("\n".join(f"{row} was {CHANGED}" for row in refused))
    told = each(tx, named or [row.id for row in held if not row.changed], restored.arrived)
    rest = [f"{len(changed)} more: {CHANGED}."] if changed and not named else []
    return [f"{told} count as delivered.", *rest]


def chosen(ids: list[str], *, everything: bool) -> list[UUID]:
    """The ids as they were typed; none for everything."""
    if bool(ids) == everything:
        raise typer.BadParameter("give the ids that `list` shows, or --all")
    try:
        return [UUID(row) for row in ids]
    except ValueError:
        raise typer.BadParameter("an id looks like 019a7c8e-3f7b-7c1e-9a51-2f0c6d4e8b7a") from None


def waiting(tx: Tx) -> list[UUID]:
    return [row.id for row in stuck.stuck(tx) if not row.failed]


def again(tx: Tx, rows: Sequence[UUID], once: Callable[[Tx, UUID], bool]) -> list[str]:
    return [f"{each(tx, rows, once)} will be tried again."]


def each(tx: Tx, rows: Sequence[UUID], once: Callable[[Tx, UUID], bool]) -> int:
    unknown = [row for row in rows if not once(tx, row)]
    if unknown:
        raise MendingError(
            "\n".join(f"{row} is none that `list` shows as waiting; nothing was changed" for row in unknown)
        )
    return len(rows)


def in_store(unit: Unit[T], *, exclusive: bool = False) -> T:
    """Run one unit on the store that the settings name. A desk that runs meanwhile is not disturbed.

    Where it must not run (`exclusive`), SQLite's lock tells whether it does.
    """

    async def run() -> T:
        given = settings.load(to_run=False)
        keyring = Keyring.parse(given.keys.get_secret_value())
        store = await Store.open(given.database_url.get_secret_value(), keyring, exclusive=exclusive)
        try:
            return await store.do(unit)
        finally:
            await store.close()

    return asyncio.run(run())


def parked_line(row: Parked) -> str:
    return f"{row.id}  {row.channel}  heard {written(row.heard_at)}  {row.attempts} attempts  {row.error}"


def stuck_line(row: Stuck) -> str:
    if row.failed:
        fate = f"refused: {row.error}"
    elif row.held:
        fate = f"held back since the restore{', changed since' if row.changed else ''}{ticket_of(row)}"
    else:
        fate = f"{row.attempts} attempts, next {written(row.retry_at) if row.retry_at else 'now'}"
    return f"{row.id}  {row.channel}  {row.purpose}  promised {written(row.created_at)}  {fate}"


def ticket_of(row: Stuck) -> str:
    return f", ticket {reference.show(row.reference)}" if row.reference else ""


def written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def tell(lines: Sequence[str]) -> None:
    for line in lines:
        typer.echo(line)
