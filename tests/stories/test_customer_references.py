"""References in messages: whole at the end of a line, and read again when they are copied."""

import pytest

from bot.core import reference as references
from tests.customer_kit import chat, nothing_is_parked
from tests.desk_kit import Case
from tests.kit import World


async def test_a_reference_is_not_broken_and_a_copy_of_it_is_understood(desk: World) -> None:
    customer, agent = chat(desk), await desk.agent()
    reference = await customer.files()
    whole = references.unbroken(reference.replace("-", ""))
    case = Case(desk, customer.person, reference)
    await customer.says(whole)
    assert f"Request {reference}: received" in customer.told
    await customer.says("/status", whole)
    assert f"Request {reference}: received" in customer.told
    await customer.says("/start", f"About {whole}: it is still slow")
    assert f"Added to your request {reference}." in customer.told
    await customer.says("/tickets")
    await case.clicks(agent, "claim")
    await case.answers(agent, "ask", "Which browser do you use?")
    await case.answers(agent, "Resolve", "Please try again.")

    ours = "".join(message.text for message in customer.person.chat if message.from_bot)
    assert whole in ours
    assert reference not in ours
    assert whole not in (await case.card()).text  # Slack shows what customers wrote, and ours as it is
    assert await nothing_is_parked(desk)


async def test_the_last_four_digits_name_a_request_of_theirs_where_one_is_asked_for(desk: World) -> None:
    """As people read a number out; never somebody else's."""
    customer, other, agent = chat(desk), chat(desk), await desk.agent()
    first, second = await customer.files(), await customer.files("The invoice is wrong")
    foreign, case = await other.files("The printer is out of paper"), Case(desk, customer.person, first)

    await customer.says("It began on Monday", first[-4:])
    assert f"Added to your request {first}." in customer.told
    await customer.says(f"/status {second[-4:]}")
    assert f"Request {second}: received" in customer.told
    for typed in (second[-4:], f"№ {second[-4:]}"):
        await customer.says("/status", typed)
        assert f"Request {second}: received" in customer.told
    for asked in (f"/status {foreign[-4:]}", f"/cancel {foreign[-4:]}"):
        await customer.says(asked)
        assert "We have no request of yours with this number." in customer.told
    await customer.says("/status", foreign[-4:])
    assert "A request number has eight digits." in customer.told

    await customer.says("/start", "/cancel", first[-4:])
    assert f"Shall we cancel your request {first}?" in customer.told
    await customer.says(f"/cancel {second[-4:]}")
    assert f"Shall we cancel your request {second}?" in customer.told
    await case.clicks(agent, "claim")
    await case.answers(agent, "ask", "What is your code?")
    await customer.says(second[-4:])
    assert "Request" not in customer.told, "outside such a question they are words"


async def test_four_digits_that_two_requests_end_in_show_both(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [f"{first}1372" for first in range(1000, 9999) if references.is_valid(f"{first}1372")]
    monkeypatch.setattr(references, "new", lambda _source: numbers.pop())
    customer = chat(desk)
    one, two = await customer.files(), await customer.files("The invoice is wrong")

    for asked in ("/status 1372", "/cancel 1372"):
        await customer.says(asked)
        assert one in customer.told
        assert two in customer.told
    await customer.says("/start", "It is worse now", "1372")
    assert "Which request is this about?" in customer.told
    await customer.says(one)
    assert f"Added to your request {one}." in customer.told
