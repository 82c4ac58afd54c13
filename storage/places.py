"""Where each conversation stands, and the half-finished one that was set aside."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update

from bot.core.flow import Place
from storage import Tx
from storage.people import Address
from storage.prepared import Prepared
from storage.schema import places

UNSENT = text("unsent")
"""The condition of the partial index, letter by letter."""

STANDING = Prepared(select(places).where(places.c.address_id == bindparam("of_address")))
PARTS = ("turn", "place", "shelved", "unsent", "updated_at")
PUT = Prepared(update(places).where(places.c.address_id == bindparam("of_address")), PARTS)
BEGIN = Prepared(insert(places), ("address_id", *PARTS))
UNTOUCHED = (
    select(places.c.address_id)
    .where(UNSENT, places.c.updated_at <= bindparam("since"))
    .order_by(places.c.updated_at)
    .limit(bindparam("most"))
)
FIND = Prepared(UNTOUCHED)
FIRST_TOUCHED = Prepared(select(places.c.updated_at).where(UNSENT).order_by(places.c.updated_at).limit(1))


@dataclass(frozen=True, slots=True)
class Standing:
    """`turn` never falls, so that a button of an old question is always known as old.

    `keyboard`: the contact button of a question may stand in the chat, be it of one that has just been left.
    """

    turn: int = 0
    place: Place | None = None
    shelved: Place | None = None
    updated_at: datetime | None = None
    keyboard: bool = False


def standing(tx: Tx, address: Address) -> Standing:
    """Read once in a unit, however many ask: nobody but this unit goes on with the conversation meanwhile."""
    known = tx.seen.get((places, address.id))
    if not isinstance(known, Standing):
        known = tx.seen[places, address.id] = _read(tx, address)
    return known


def _read(tx: Tx, address: Address) -> Standing:
    row = STANDING.one_or_none(tx, of_address=address.id)
    if row is None:
        return Standing()
    place = _open(tx, address, "place", row.place)
    keyboard = place is not None and place.keyboard is True
    return Standing(row.turn, place, _open(tx, address, "shelved", row.shelved), row.updated_at, keyboard)


def stand(tx: Tx, address: Address, place: Place, at: datetime) -> None:
    """The conversation goes on from here."""
    old = standing(tx, address)
    turn, keyboard = max(old.turn, place.turn), old.keyboard or place.keyboard is True
    _put(tx, address, replace(old, turn=turn, place=place, updated_at=at, keyboard=keyboard))


def leave(tx: Tx, address: Address, at: datetime) -> None:
    """The conversation is over."""
    _put(tx, address, replace(standing(tx, address), place=None, updated_at=at))


def shelve(tx: Tx, address: Address, at: datetime) -> None:
    """Set the conversation aside, to be offered again."""
    old = standing(tx, address)
    _put(tx, address, replace(old, place=None, shelved=old.place, updated_at=at))


def put_on_shelf(tx: Tx, address: Address, place: Place, at: datetime) -> None:
    """Let this be what is offered again, whatever is being asked now."""
    _put(tx, address, replace(standing(tx, address), shelved=place, updated_at=at))


def unshelve(tx: Tx, address: Address, at: datetime) -> Place | None:
    """Take the half-finished conversation off its shelf."""
    old = standing(tx, address)
    if old.shelved is not None:
        _put(tx, address, replace(old, shelved=None, updated_at=at))
    return old.shelved


def keyboard_is_there(tx: Tx, address: Address) -> None:
    """The person has just used one, whichever question had brought it."""
    tx.seen[places, address.id] = replace(standing(tx, address), keyboard=True)


def folds(tx: Tx, address: Address, *, answered: bool = False) -> bool:
    """Whether what is said now takes the keyboard away: once, and not while its question is open."""
    here = standing(tx, address)
    if not here.keyboard or (here.place and here.place.keyboard and not answered):
        return False
    tx.seen[places, address.id] = replace(here, keyboard=False)
    return True


def untouched(tx: Tx, since: datetime, limit: int) -> list[UUID]:
    """The addresses where something unsent has not been touched since a moment, the longest first."""
    return [row.address_id for row in FIND.all(tx, since=since, most=limit)]


def first_touched(tx: Tx) -> datetime | None:
    """When the unsent thing that has waited longest was touched last."""
    return cast("datetime | None", FIRST_TOUCHED.scalar(tx))


def forget(tx: Tx, address_id: UUID, since: datetime) -> bool:
    """Forget what is unsent there, if nobody has touched it since. Of all who ask, one is told yes."""
    tx.seen.pop((places, address_id), None)
    done = tx.connection.execute(
        update(places)
        .where(places.c.address_id == address_id, UNSENT, places.c.updated_at <= since)
        .values(place=None, shelved=None, unsent=False)
    )
    return done.rowcount == 1


def _open(tx: Tx, address: Address, column: str, sealed: bytes | None) -> Place | None:
    if sealed is None:
        return None
    return Place.model_validate_json(tx.unseal(address.customer_id, places.c[column], address.id, sealed))


def _seal(tx: Tx, address: Address, column: str, place: Place | None) -> bytes | None:
    if place is None:
        return None
    return tx.seal(address.customer_id, places.c[column], address.id, place.model_dump_json())


def _put(tx: Tx, address: Address, new: Standing) -> None:
    values = {
        "turn": new.turn,
        "place": _seal(tx, address, "place", new.place),
        "shelved": _seal(tx, address, "shelved", new.shelved),
        "unsent": bool(new.shelved or (new.place and new.place.unsent)),
        "updated_at": new.updated_at,
    }
    if not PUT.run(tx, of_address=address.id, **values):
        BEGIN.run(tx, address_id=address.id, **values)
    tx.seen[places, address.id] = new
