"""The whole circle: filed in Telegram, worked in Slack, rated in Telegram."""

from tests.kit import World, data_of


async def test_a_ticket_is_filed_claimed_answered_resolved_and_rated(desk: World) -> None:
    world = desk
    customer = world.customer("en", name="customer")
    agent = await world.agent()

    reference = await world.files(customer, "The site has been down since this morning, I cannot sign in")
    card = await world.card(reference)
    assert "The site has been down" in card.thread[0].text

    await agent.clicks("claim", card)
    await agent.writes(await world.card(reference), "We are looking into it")
    await customer.sees("We are looking into it")

    await customer.says("Thank you, I wait")
    await customer.sees(f"Added to your request {reference}")
    assert "Thank you, I wait" in await world.thread(reference)

    await agent.clicks("resolve", await world.card(reference))
    await world.settles()
    await agent.submits({"text": "The server was restarted."})
    solution = await customer.sees("The server was restarted.")
    await customer.presses_data(solution, data_of(customer, "solved"))
    await customer.sees("How satisfied are you")
    await world.presses_key(customer, "5")
    await world.presses_key(customer, "skip")

    card = await world.card(reference)
    assert "Closed" in card.text
    assert "5 of 5" in card.text
