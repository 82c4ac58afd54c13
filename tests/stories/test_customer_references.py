"""References in messages: whole at the end of a line, and read again when they are copied."""

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
