"""What stories begin with is what their people would have come to by themselves."""

from pathlib import Path

from tests.customer_kit import WRITTEN, Chat, chat
from tests.desk_kit import Case, bare
from tests.kit import World, world


async def test_what_is_filed_for_other_stories_is_what_the_conversation_files(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The receipt, the card, its thread, the record and what the customer can ask for are the same."""
    async with world(sqlite_url, tmp_path) as desk:
        filed: list[tuple[Chat, str]] = []
        for files in (desk.files, desk.files_in_talk):
            customer = chat(desk)
            filed.append((customer, await files(customer.person, WRITTEN)))
        desk.clock.goes(minutes=5)
        here, there = [await seen_of(desk, customer, reference) for customer, reference in filed]
        assert here == there


async def seen_of(desk: World, customer: Chat, reference: str) -> list[str]:
    """All that is seen of a ticket."""
    case = Case(desk, customer.person, reference)
    card = await case.card()
    seen = [bare(customer.last.text), card.text, *card.buttons, await case.thread(), *await case.facts()]
    await customer.says(f"/status {reference}")
    return [each.replace(reference, "its reference") for each in (*seen, customer.told)]
