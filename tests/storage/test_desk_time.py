"""A demo's desk time: how far it is ahead is kept, and counts from the last time it was moved."""

from datetime import timedelta
from functools import partial

from storage import Store, desk_time


async def test_desk_time_is_machine_time_until_somebody_moves_it(store: Store) -> None:
    untouched = await store.read(desk_time.ahead)
    for hours in (1.5, 26):
        await store.do(partial(desk_time.run_ahead, ahead=timedelta(hours=hours)))

    assert untouched == timedelta()
    assert await store.read(desk_time.ahead) == timedelta(hours=26)
