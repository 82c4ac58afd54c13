"""An agent files for a customer: the ticket is theirs, in their chat, language and policy."""

from pathlib import Path

from bot.playground.slack import Agent
from tests.customer_kit import Chat
from tests.desk_kit import Case, bare, beside
from tests.kit import BILLING, SUPPORT, WEEK, World, reference_in, world
from tests.time_kit import at, happened

TOLD = "They called: the invoice of this month shows a wrong sum"


def chat(desk: World, language: str, name: str, phone: str) -> Chat:
    return Chat(desk, desk.customer(language, name=name, phone=phone))


async def goes_on(desk: World, agent: Agent, customer: str, category: str) -> None:
    """Use the global shortcut, and say for whom and what about."""
    await agent.uses("file_ticket")
    await desk.settles()
    await desk.slack.until(lambda: agent.dialog)
    await agent.submits({"customer": customer, "category": category})
    await desk.settles()


async def sends(desk: World, agent: Agent, **values: str) -> str:
    await agent.submits(values)
    await desk.settles()
    return bare(agent.dialog.text) if agent.dialog else ""


async def test_an_agent_files_for_a_customer_who_gets_the_receipt_in_their_chat(desk: World) -> None:
    """AIG-10: an employee creates a ticket for a customer."""
    arab = chat(desk, "ar", "عميل", "+966500000001")
    await arab.says("/start")
    agent = await desk.agent()

    await goes_on(desk, agent, "عَميل", "billing")
    assert agent.dialog
    assert set(agent.dialog.fields) == {"field.invoice", "text", "priority", "contact"}
    assert "عميل" in bare(agent.dialog.text)
    told = await sends(desk, agent, text=TOLD, priority="high", contact="not a number")
    assert "neither like a phone number nor" in beside(agent, "contact")
    told = await sends(desk, agent, text=TOLD, priority="high", contact="+966 50 000 0009")

    case = Case(desk, arab.person, arab.reference, BILLING)
    assert f"Filed as {case.reference}" in told
    assert "قدّم فريقنا" in arab.told
    assert TOLD in arab.told
    assert "Filed by @U0AGENT for the customer:" in bare(await case.thread())
    assert "The customer wrote" not in bare(await case.thread())
    assert (await case.facts())[0] == "filed agent:U0AGENT"
    assert "Customer: عميل" in bare((await case.card()).text)
    await arab.says("شكرا، رقم الفاتورة 17")
    assert "رقم الفاتورة 17" in await case.thread()

    again = Chat(desk, arab.person, len(arab.person.chat))
    await goes_on(desk, agent, "00966500000009", "technical")
    more = {"field.where": "website", "text": "And the site is slow", "priority": "low"}
    await sends(desk, agent, **more)
    assert again.reference != case.reference, "found by the number that was given with the first"


async def test_a_receipt_that_nobody_waits_for_says_the_date(sqlite_url: str, tmp_path: Path) -> None:
    """CMP-1: it may be delivered after midnight."""
    async with world(sqlite_url, tmp_path, policy="compusoft", extra=WEEK) as desk:
        desk.clock.becomes(at(2, 10))
        customer = chat(desk, "en", "customer", "+966500000001")
        await customer.says("/start")
        agent = await desk.agent()
        await goes_on(desk, agent, "customer", "support")
        await sends(desk, agent, text=TOLD, priority="low")
        assert "You will have our first reply by Monday, 2 November, 22:00 (Riyadh time)." in customer.told


async def test_nobody_is_invented_and_people_of_one_name_are_told_apart(desk: World) -> None:
    agent = await desk.agent()
    await goes_on(desk, agent, "nobody of this name", "billing")
    assert "filed only for people who have written to the bot" in beside(agent, "customer")
    await agent.dismisses()
    one = chat(desk, "en", "Same Name", "+966500000001")
    other = chat(desk, "ru", "same  name", "+77010000002")
    first = await one.files()
    await other.says("/start")

    await goes_on(desk, agent, "SAME NAME", "billing")
    assert agent.dialog
    picks = {bare(title): key for key, title in agent.dialog.fields["who"].picks.items()}
    assert set(picks) == {f"Same Name · English · {first}", "same  name · Русский"}
    heard = len(one.person.chat)
    await sends(desk, agent, who=picks["same  name · Русский"], text=TOLD, priority="high")
    assert "Наша команда" in other.told
    assert len(one.person.chat) == heard

    await goes_on(desk, agent, other.reference, "billing")
    assert "Nobody is known by this" in beside(agent, "customer"), "a ticket of a queue that they are not in"


async def test_in_a_thread_the_customer_is_filled_in_and_strangers_are_refused(desk: World) -> None:
    customer = chat(desk, "en", "customer", "+966500000001")
    case = Case(desk, customer.person, await customer.files())
    agent, stranger = await desk.agent(), await desk.agent("U0STRANGE", "stranger", joins=())

    await stranger.uses("file_ticket")
    await case.learns(stranger, "Only those who work in a queue's channel")
    assert stranger.dialog is None

    await agent.uses("file_for_this", (await case.card()).thread[0])
    await desk.settles()
    await agent.submits({"category": "technical"})
    await desk.settles()
    await agent.leaves(SUPPORT)
    told = await sends(desk, agent, **{"field.where": "app", "text": TOLD, "priority": "low"})
    assert "Only those who work in a queue's channel" in told
    assert TOLD in told, "the words come back"
    assert len(desk.slack.messages(SUPPORT)) == 1


async def test_consent_is_asked_from_the_customer_afterwards(aiglean: World) -> None:
    """AIG-3, AIG-10: nobody agrees for the customer; the request is worked on, and they are asked."""
    desk = aiglean
    customer = chat(desk, "en", "customer", "+966500000001")
    await customer.says("/start")
    agent = await desk.agent()
    policy = desk.app.office.policy
    await goes_on(desk, agent, "customer", policy.categories[0].key)
    dialog = agent.dialog
    assert dialog
    values = {key: next(iter(field.picks), "name@example.com") for key, field in dialog.fields.items()}
    await sends(desk, agent, **{**values, "text": TOLD})

    reference = reference_in("\n".join(bare(said) for said in customer.heard))
    case = Case(desk, customer.person, reference)
    assert "The customer was asked to agree to the policy's terms." in await case.thread()
    assert await happened(desk, reference, "consented") == []
    assert policy.consent
    assert bare(policy.consent.text.in_("en")) in bare(customer.last.text)
    key = next(key for key in customer.keys if key.startswith("agree"))
    old = customer.last
    await customer.presses(key, old)
    assert await happened(desk, reference, "consented") == [("consented", "")]
    assert f"agreed to the policy's terms, version {policy.hash[:12]}" in bare(await case.thread())
