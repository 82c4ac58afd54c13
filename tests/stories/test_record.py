"""What is on record about a ticket: everything, in order, and for good."""

from datetime import timedelta

from bot import jobs
from storage import Tx, tickets
from tests.customer_kit import WRITTEN, chat, resolves
from tests.kit import World
from tests.time_kit import at

YEARS = timedelta(days=3650)


async def history(world: World, reference: str) -> list[str]:
    def look(tx: Tx) -> list[str]:
        ticket = tickets.find(tx, reference.replace("-", ""))
        assert ticket
        return [f"{fact.kind} {fact.at} {fact.by} {fact.data}" for fact in tickets.history(tx, ticket.id)]

    return await world.app.store.read(look)


async def test_each_thing_that_happens_is_added_and_nothing_is_changed_or_thrown_away(
    captain_mama: World,
) -> None:
    """CAP-10, CAP-12: a breach stays behind a late solution. CMP-8: after ten years it is all there."""
    world, customer = captain_mama, chat(captain_mama)
    world.clock.becomes(at(1, 10))
    await customer.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
    reference = customer.reference
    filed = await history(world, reference)

    world.clock.becomes(at(11, 10))
    await world.ticks()
    late = await history(world, reference)
    await resolves(world, reference, "You can sign in again.")
    await customer.says("solved")
    done = await history(world, reference)

    assert late[: len(filed)] == filed
    assert done[: len(late)] == late
    kinds = [fact.split()[0] for fact in done]
    assert [kind for kind in kinds if kind in {"filed", "claimed", "resolved", "solved"}] == [
        *("filed", "claimed", "resolved", "solved")
    ]
    assert kinds.count("breached") == 2
    await jobs.prune(world.app.store, world.clock() + YEARS)
    assert await history(world, reference) == done
