"""A question that an earlier version asked is answered after the upgrade, as it would have been before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.core.flow import Place
from storage import Tx, people, places, tickets
from tests.customer_kit import chat, nothing_is_parked, resolved
from tests.desk_kit import Case
from tests.kit import World, world


async def stood(desk: World, reference: str, as_before: Callable[[Place], dict[str, Any]]) -> None:
    """The question that this ticket's customer is asked, as an earlier version kept it."""

    def rewrite(tx: Tx) -> None:
        ticket = tickets.find(tx, reference.replace("-", ""))
        assert ticket
        address = people.address(tx, ticket.address_id)
        place, at = places.standing(tx, address).place, places.standing(tx, address).updated_at
        assert place
        assert at
        places.stand(tx, address, place.model_copy(update=as_before(place)), at)

    await desk.app.store.do(rewrite)


async def test_a_score_whose_answers_did_not_name_what_they_rate(sqlite_url: str, tmp_path: Path) -> None:
    """By its title, by a word for it, and by its button."""
    async with world(sqlite_url, tmp_path) as desk:
        for said in ("4", "4/5", ""):
            customer = chat(desk)
            reference = await customer.files()
            await resolved(desk, customer, reference)
            await customer.presses("solved")
            shown = customer.last
            turn = shown.buttons[0][3].data.partition(":")[0]
            await stood(desk, reference, lambda _place: {"asked": ("1", "2", "3", "4", "5", "skip")})
            if said:
                await customer.says(said)
            else:
                await customer.person.presses_data(shown, f"{turn}:4")
                await desk.settles()
            assert "4 of 5" in (await desk.card(reference)).text, said
            assert "a few words for the team" in customer.last.text
        assert await nothing_is_parked(desk)


async def test_a_number_that_was_kept_in_a_place_of_its_own(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "ask", "How many devices are there?")
        await customer.says("/menu", "1")
        await stood(desk, case.reference, _with_its_number_apart)
        await customer.presses("yes")
        assert (await case.thread()).endswith("The customer wrote:\n1")
        assert await nothing_is_parked(desk)


def _with_its_number_apart(place: Place) -> dict[str, Any]:
    kept = {key: value for key, value in place.draft.items() if key != "said_at"}
    return {"draft": kept | {"said": kept["told"], "told": {"parts": []}}, "unsent": False}
