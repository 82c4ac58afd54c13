"""Who is in which of the desk's channels, whoever tells it and however often."""

import asyncio
from functools import partial

from storage import Store, Tx, people

EVERYBODY = {"U1", "U2", "U3"}


async def members_of(store: Store, channel: str) -> set[str]:
    def look(tx: Tx) -> set[str]:
        return {user for user in EVERYBODY if people.is_member(tx, channel, user)}

    return await store.read(look)


async def test_members_are_exactly_those_that_the_platform_tells(store: Store) -> None:
    await store.do(partial(people.reconcile, channel="C1", users=["U1", "U2"]))
    await store.do(partial(people.reconcile, channel="C2", users=["U1"]))
    await store.do(partial(people.reconcile, channel="C1", users=["U2", "U3"]))

    assert await members_of(store, "C1") == {"U2", "U3"}
    assert await members_of(store, "C2") == {"U1"}


async def test_an_empty_channel_has_no_members(store: Store) -> None:
    await store.do(partial(people.reconcile, channel="C1", users=["U1"]))
    await store.do(partial(people.reconcile, channel="C1", users=[]))

    assert await members_of(store, "C1") == set()


async def test_to_join_and_to_leave_twice_is_to_do_so_once(store: Store) -> None:
    for _ in range(2):
        await store.do(partial(people.join, channel="C1", user="U1"))
    assert await members_of(store, "C1") == {"U1"}

    for _ in range(2):
        await store.do(partial(people.leave, channel="C1", user="U1"))
    assert await members_of(store, "C1") == set()


async def test_two_processes_may_tell_the_same_at_the_same_time(store: Store) -> None:
    tell = partial(people.reconcile, channel="C1", users=sorted(EVERYBODY))

    await asyncio.gather(*(store.do(tell) for _ in range(8)))

    assert await members_of(store, "C1") == EVERYBODY
