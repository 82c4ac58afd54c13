"""Unsent drafts are found by how long nobody has touched them, and forgotten by one who asks."""

from datetime import UTC, datetime, timedelta

from bot.core.flow import Place
from storage import Store, Tx, people, places
from storage.people import Address

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
DRAFT = Place(flow="intake", step="title", draft={"title": "The printer is silent"}, unsent=True)


def writes(tx: Tx, number: int, place: Place, at: datetime = NOW) -> Address:
    address = people.meet(tx, "telegram", "bot", f"chat {number}", "", "en", NOW)
    places.stand(tx, address, place, at)
    return address


async def test_what_is_unsent_is_found_the_longest_first_and_nothing_else(store: Store) -> None:
    def begun(tx: Tx) -> list[Address]:
        late = writes(tx, 1, DRAFT, NOW + timedelta(hours=1))
        early = writes(tx, 2, DRAFT)
        set_aside = writes(tx, 3, DRAFT)
        places.shelve(tx, set_aside, NOW + timedelta(hours=2))
        writes(tx, 4, DRAFT, LATER)
        writes(tx, 5, Place(flow="survey", step="score"))
        sent = writes(tx, 6, DRAFT)
        places.leave(tx, sent, NOW)
        return [early, late, set_aside]

    expected = await store.do(begun)

    found = await store.read(lambda tx: places.untouched(tx, LATER - timedelta(hours=1), 10))
    assert found == [address.id for address in expected]
    assert await store.read(places.first_touched) == NOW


async def test_it_is_forgotten_once_and_not_when_somebody_has_come_back_to_it(store: Store) -> None:
    address = await store.do(lambda tx: writes(tx, 1, DRAFT))
    back = await store.do(lambda tx: writes(tx, 2, DRAFT))
    await store.do(lambda tx: places.stand(tx, back, DRAFT, LATER))

    assert not await store.do(lambda tx: places.forget(tx, back.id, NOW))
    assert await store.do(lambda tx: places.forget(tx, address.id, NOW))
    assert not await store.do(lambda tx: places.forget(tx, address.id, NOW))
    assert (await store.read(lambda tx: places.standing(tx, address))).place is None
    assert (await store.read(lambda tx: places.standing(tx, back))).place == DRAFT
