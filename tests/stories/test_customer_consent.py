"""AiGlean Soft's published terms in the customer's chat: consent first, what a ticket needs, and no time."""

from typing import Any

from bot.policies import shipped
from storage import Tx, tickets
from tests.customer_kit import Chat, chat, nothing_is_parked, resolved
from tests.desk_kit import Case, bare
from tests.kit import World

POLICY = shipped("aiglean")
assert POLICY.consent
TERMS = POLICY.consent.text
WRITTEN = "الرسائل لا تصل إلى عملائنا منذ صباح اليوم"


async def files(customer: Chat) -> str:
    answers = ("whatsapp", "شركة النور", "توقف الرسائل", WRITTEN, "high", "me@mail.com", "send")
    await customer.says("/new", "agree", *answers)
    return customer.reference


async def consents(desk: World, reference: str) -> list[tuple[str, dict[str, Any]]]:
    """Who agreed, and to which version, as it is on record."""

    def look(tx: Tx) -> list[tuple[str, dict[str, Any]]]:
        ticket = tickets.find(tx, reference.replace("-", ""))
        assert ticket
        facts = tickets.history(tx, ticket.id)
        assert all(fact.at <= ticket.opened_at for fact in facts if fact.kind == "consented")
        return [(fact.by, fact.data) for fact in facts if fact.kind == "consented"]

    return await desk.app.store.read(look)


async def test_consent_is_asked_before_anything_else_at_each_filing(aiglean: World) -> None:
    """AIG-3, AIG-7: its text in full, one press, and on record with who, when and which wording."""
    for language in ("ar", "ru", "en"):
        customer = chat(aiglean, language)
        await customer.says("/new")
        assert bare(TERMS.in_(language)) in customer.told
        assert customer.keys == ["agree", "not_now"]
        await customer.presses("agree")
        assert customer.keys == ["platform", "whatsapp", "back", "cancel"]
        await customer.says("/cancel")

    customer = chat(aiglean, "ar")
    for _each in range(2):
        reference = await files(customer)
        assert await consents(aiglean, reference) == [("customer", {"policy": POLICY.hash})]
        assert f"version {POLICY.hash[:12]}" in bare(await aiglean.thread(reference))


async def test_not_now_files_nothing_and_loses_nothing(aiglean: World) -> None:
    """AIG-3: what was said before and beside the question waits; agreeing later goes on with it."""
    customer = chat(aiglean, "en")
    await customer.says("Messages do not arrive at our customers since this morning", "Send a request")
    assert TERMS.in_("en") in customer.told
    await customer.says("They did arrive yesterday")
    assert "We have kept what you sent" in customer.told
    await customer.says("I do not agree")
    assert "Nothing was filed" in customer.told
    assert "/new goes on with it" in customer.told
    assert aiglean.slack.messages("C0SUPPORT") == []

    await customer.says("/new")
    await customer.presses("on")
    assert TERMS.in_("en") in customer.told
    await customer.says("I agree", "whatsapp", "Our company", "Messages", "high", "me@mail.com")
    assert (
        "Messages do not arrive at our customers since this morning\nThey did arrive yesterday"
        in customer.told
    )
    await customer.says("send")
    assert len(await consents(aiglean, customer.reference)) == 1
    await customer.says("/new", "Not now")
    assert customer.told.startswith(
        "Nothing was filed: a request can be taken here only when this is agreed to."
    )
    assert "is kept" not in customer.told
    assert await nothing_is_parked(aiglean)


async def test_a_ticket_has_a_title_a_description_an_importance_and_a_contact(aiglean: World) -> None:
    """AIG-2: each is asked for and checked, and all of it is on the card."""
    customer = chat(aiglean, "en")
    await customer.says("/new", "agree", "platform", "Our company", "!!!")
    assert "A title needs a word or two." in customer.told
    await customer.says("Reports stay empty", "no")
    assert "A few more details would help" in customer.told
    await customer.says("Every report of this month is empty, with all filters and in all browsers", "urgent")
    assert "How serious is it?" in customer.told
    assert customer.buttons[:3] == ["High", "Medium", "Low"]
    await customer.says("High", "I am at my desk")
    assert "neither like a phone number nor an e-mail address" in customer.told
    await customer.says("me@mail.com", "send")
    receipt = POLICY.texts.receipt
    assert receipt
    reference = customer.reference
    assert receipt.in_("en").format(reference=reference) in customer.told

    card = bare((await aiglean.card(reference)).text)
    for line in ("Reports stay empty", "Organisation: Our company", "Contact: me@mail.com", "High"):
        assert line in card


async def test_both_sides_add_to_it_and_both_follow_it(aiglean: World) -> None:
    """AIG-4, AIG-5, AIG-11: words of both sides, notes for the desk alone, and the list of the customer's."""
    customer, agent = chat(aiglean, "en"), await aiglean.agent()
    case = Case(aiglean, customer.person, await files(customer))
    other = await files(customer)
    await case.clicks(agent, "claim")
    await case.says(agent, "We have found a queue that stands still")
    await case.says(agent, ";; ask the network people")
    aiglean.clock.goes(minutes=1)
    await customer.says("It is the queue of the second number", reply_to=customer.last)
    assert "queue of the second number" in bare(await aiglean.thread(case.reference))
    await customer.says("/tickets")
    assert f"{case.reference} · being worked on\nتوقف الرسائل\nIt is the queue" in customer.told
    assert f"{other} · received, waiting" in customer.told
    await customer.presses(case.reference.replace("-", ""))
    assert "being worked on" in customer.told
    assert "network people" not in "".join(message.text for message in customer.person.chat)


async def test_no_time_is_ever_named(aiglean: World) -> None:
    """AIG-9, AIG-13: no target, no hours, no ladder, and so nothing to say, to expect or to escalate."""
    assert (POLICY.targets, POLICY.ladders, POLICY.calendar, POLICY.escalating) == ((), (), None, None)
    customer = chat(aiglean, "en")
    reference = await files(customer)
    await customer.says(reference)
    assert customer.told.startswith(f"Request {reference}: received, waiting for a member of the team.\n")
    for word in ("by ", "within", "hours", "closed", "late"):
        assert word not in customer.told
    await resolved(aiglean, customer, reference)
    assert POLICY.resolved.close_after is None
