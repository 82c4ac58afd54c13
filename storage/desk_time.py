"""How far the desk time of a demo runs ahead of machine time: kept, so that it outlives the process."""

from datetime import timedelta

from sqlalchemy import select

from storage.dialects import upsert
from storage.schema import settings
from storage.tx import Tx

NAME = "desk-time"


def ahead(tx: Tx) -> timedelta:
    """Nothing, where nobody has moved it."""
    seconds = tx.connection.execute(select(settings.c.value).where(settings.c.name == NAME)).scalar()
    return timedelta(seconds=seconds or 0)


def run_ahead(tx: Tx, ahead: timedelta) -> None:
    statement = upsert(settings).values(name=NAME, value=ahead.total_seconds())
    tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
