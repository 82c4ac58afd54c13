"""Files become bound for somewhere else: what a note held back is let out, what was sent is taken back."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, case, update

from storage.files import BELL, NOBODY
from storage.schema import files
from storage.tx import Tx


def let_out(tx: Tx, words_id: UUID, bound: str) -> None:
    """The files of a note are to be fetched after all."""
    held = (files.c.words_id == words_id, files.c.state == "held")
    tx.connection.execute(update(files).where(*held).values(state="waiting", bound=bound))
    tx.ring(BELL)


def bind(tx: Tx, ids: Collection[UUID], bound: str) -> None:
    """They are bound for there; what is for nobody, and not here yet, is not fetched any more."""
    state: ColumnElement[str] = files.c.state
    if bound == NOBODY:
        state = case((state.in_(("waiting", "held")), "none"), else_=state)
    tx.connection.execute(update(files).where(files.c.id.in_(ids)).values(bound=bound, state=state))
