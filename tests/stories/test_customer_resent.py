"""A request that is sent again and quotes its number joins its ticket, wherever the number turns up."""

from tests.customer_kit import Chat, cards, chat, resolved
from tests.desk_kit import bare
from tests.kit import World

WRITTEN = "The lesson has not opened since this morning, whatever I try"
AGAIN = "I wrote to you about {} before, and the lesson still does not open"


async def files(customer: Chat, text: str = WRITTEN) -> str:
    await customer.says("/new", "access", "none", "me@mail.com", text, "send")
    return customer.reference


async def test_free_words_that_quote_a_number_join_its_ticket(captain_mama: World) -> None:
    """CAP-13: from the menu, without any conversation, and before the status of another request."""
    customer = chat(captain_mama)
    first, second = await files(customer), await files(customer)
    for where in ("/start", "/tickets", second, "/cancel"):
        await customer.says(where)
        await customer.says(AGAIN.format(first))
        assert customer.told.startswith(f"Added to your request {first}.")
    assert bare(await captain_mama.thread(first)).count(AGAIN.format(first)) == 4
    assert "still does not open" not in await captain_mama.thread(second)


async def test_a_description_that_quotes_a_number_is_asked_about_once(captain_mama: World) -> None:
    """CAP-13: the customer says whether it is the same request; the question does not come back."""
    customer = chat(captain_mama)
    reference = await files(customer)
    digits = reference.replace("-", "")
    await customer.says("/new", "access", "none", "me@mail.com", AGAIN.format(digits))
    assert (
        f"You mention your request {reference}. Shall we add this to it, or file a new one?" in customer.told
    )
    await customer.presses("add")
    assert customer.told == f"Added to your request {reference}."
    assert AGAIN.format(digits) in bare(await captain_mama.thread(reference))
    assert await cards(captain_mama) == 1

    await customer.says(f"/new {AGAIN.format(reference)}")
    assert customer.keys[:2] == ["add", "new"]
    await customer.says("File a new one", "access", "none", "me@mail.com")
    assert customer.keys[0] == "send"
    await customer.says("send")
    assert customer.reference != reference
    assert await cards(captain_mama) == 2


async def test_a_number_that_is_not_theirs_is_only_words(captain_mama: World) -> None:
    """CAP-13: somebody else's, or one with a wrong check digit, is neither named nor asked about."""
    owner, stranger = chat(captain_mama), chat(captain_mama)
    theirs = await files(owner)
    wrong = f"{theirs[:-1]}{(int(theirs[-1]) + 1) % 10}"
    for number in (theirs, wrong):
        await stranger.says("/new", "access", "none", "me@mail.com", AGAIN.format(number))
        assert stranger.keys[0] == "send"
        await stranger.says("/cancel")
    assert "still does not open" not in await captain_mama.thread(theirs)


async def test_a_resolved_one_is_reopened_or_linked_by_its_window(captain_mama: World) -> None:
    """CAP-13: inside the desk's window it is opened again, afterwards a new request follows it."""
    customer = chat(captain_mama)
    reference = await files(customer)
    await resolved(captain_mama, customer, reference)
    await customer.says("/new", "access", "none", "me@mail.com", AGAIN.format(reference))
    await customer.presses("add")
    assert f"Is the problem of your request {reference} still there?" in customer.told
    await customer.says("yes")
    assert f"Your request {reference} is open again" in customer.told

    await resolved(captain_mama, customer, reference, "Mended for good.")
    captain_mama.clock.goes(days=4)
    new = await files(customer, AGAIN.format(reference))
    assert new != reference
    assert f"This continues {reference}." in bare(await captain_mama.thread(new))
