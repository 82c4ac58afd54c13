"""The card: a ticket as agents see it, in its queue's channel and language, drawn again at every change."""

from pathlib import Path
from typing import Any

from tests.desk_kit import a_case, a_desk, bare
from tests.kit import BILLING, SUPPORT, World


async def test_a_card_shows_what_is_known_and_what_can_be_done(desk: World) -> None:
    case = await a_case(desk, language="ar", name="عميل")

    card = await case.card()

    assert bare(card.text).splitlines()[0] == f"{case.reference} · New"
    for line in (
        "Kind of request: Technical problem",
        "Priority: Normal",
        "Language: العربية",
        "Customer: عميل",
        "Where: Website",
    ):
        assert line in bare(card.text)
    assert card.buttons == ["Claim", "Note"]
    assert card.choices == [
        "Priority",
        "Put on hold",
        "Snooze",
        "Assign",
        "Transfer",
        "Link",
        "Incident",
        "Merge",
        "Stop",
        "Redact",
    ]
    assert [part["type"] for part in parts(card.raw)].count("date") == 1


def parts(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The smallest parts of a message's rich text."""
    rich = [block for block in raw["blocks"] if block["type"] == "rich_text"]
    return [part for block in rich for element in block["elements"] for part in element["elements"]]


async def test_a_card_offers_what_is_allowed_now(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await case.clicks(agent, "claim")
    card = await case.card()
    assert card.buttons == ["Reply", "Ask", "Resolve", "Note"]
    open_now = [
        "Priority",
        "Put on hold",
        "Snooze",
        "Assign",
        "Take over",
        "Transfer",
        "Link",
        "Incident",
        "Merge",
        "Release",
        "Decline",
        "Stop",
        "Redact",
    ]
    assert card.choices == open_now
    await case.answers(agent, "ask", "Which browser?")
    assert (await case.card()).buttons == card.buttons
    await case.answers(agent, "hold")
    card = await case.card()
    assert card.buttons == ["Reply", "Resume", "Resolve", "Note"]
    assert card.choices == [verb for verb in open_now if verb != "Put on hold"]
    await case.answers(agent, "resolve")
    card = await case.card()
    assert card.buttons == ["Reopen", "Note"]
    assert card.choices == ["Link", "Incident", "Redact"]
    await desk.presses_key(case.customer, "solved")
    card = await case.card()
    assert card.buttons == ["Reopen", "Note"]
    assert "Closed" in card.text


async def test_a_card_counts_what_was_delivered_and_shows_the_score(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.says(agent, "We are on it")
    await case.answers(agent, "resolve", "Done.")
    assert "2 messages delivered" in (await case.card()).text

    await desk.presses_key(case.customer, "solved")
    await desk.presses_key(case.customer, "4")

    assert "Rating: 4 of 5" in bare((await case.card()).text)


async def test_each_queue_has_its_own_channel(desk: World) -> None:
    customer = desk.customer("en")
    await desk.tells(customer, "/new", "billing", "skip", "I was charged twice for one order", "normal")
    await desk.tells(customer, "skip", "send")

    assert "Billing and payment" in desk.slack.messages(BILLING)[0].text
    assert desk.slack.messages(SUPPORT) == []


async def test_a_card_and_its_thread_speak_the_queues_language(database_url: str, tmp_path: Path) -> None:
    async with a_desk(database_url, tmp_path, language="ar") as desk:
        case, agent = await a_case(desk, language="ru"), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "note", "A colleague knows more")

        card, thread = await case.card(), await case.thread()
        assert "مشكلة تقنية" in card.text
        assert "Русский" in card.text
        for english in ("Claim", "Kind of request", "Priority", "Language", "Sent"):
            assert english not in card.text
        for english in ("Claimed by", "Note by", "The customer wrote", "From now on"):
            assert english not in thread
        assert "A colleague knows more" in thread


async def test_a_card_follows_the_customers_language(desk: World) -> None:
    """At once, for nobody else touches the ticket: an agent writes in the language that the card says."""
    case = await a_case(desk)

    await desk.tells(case.customer, "/language", "русский")
    await desk.settles()

    assert "Language: Русский" in bare((await case.card()).text)


async def test_a_thread_begins_with_the_customers_words(desk: World) -> None:
    case = await a_case(desk, "Nothing works here.\nNot even the start page.")

    first = (await case.card()).thread[0]

    assert first.text.startswith("The customer wrote:")
    assert "Nothing works here.\nNot even the start page" in first.text


async def test_a_card_is_drawn_once_for_many_changes(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    desk.slack.faults.hang("chat.update", seconds=2, times=1)
    drawn = redrawn(desk)

    for n in range(8):
        await agent.writes(desk.slack.messages(SUPPORT)[0], f"Step {n}")
    await desk.settles()

    assert "8 messages delivered" in (await case.card()).text
    assert redrawn(desk) - drawn < 8


def redrawn(desk: World) -> int:
    """How often a card was drawn again so far."""
    return sum(name == "chat.update" for name, _call in desk.slack.calls)


async def test_more_words_of_the_customer_leave_the_card_as_it_is(desk: World) -> None:
    """Slack takes about one message a second in a channel: none is spent on a card that reads the same."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    drawn = redrawn(desk)

    await desk.tells(case.customer, "It is still down", "And now the shop, too")
    assert "And now the shop, too" in await case.thread()
    assert redrawn(desk) == drawn

    await case.answers(agent, "ask", "Since when?")
    drawn = redrawn(desk)
    await desk.tells(case.customer, "Since this morning")
    assert redrawn(desk) == drawn + 1
