"""Words in a ticket's thread: whose go to the customer, and whose stay on the desk."""

from pathlib import Path

from bot.playground.slack.seen import Message as Seen
from tests.desk_kit import a_case, a_desk
from tests.kit import World


async def test_the_claimers_words_reach_the_customer_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await case.says(agent, "We are looking into it")

    await case.customer.sees(f"About your request {case.reference}")
    assert case.reached("We are looking into it") == 1
    assert "1 message delivered" in (await case.card()).text


async def test_others_words_are_notes_that_their_author_may_send(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")

    await case.says(other, "Have you tried the other browser?")
    told = await case.learns(other, "somebody else is working on the ticket")
    assert case.reference in told.text
    assert "Have you tried the other browser?" in told.text
    assert not case.reached("other browser")

    await case.clicks(other, "Send to customer", told)
    await case.learns(other, "Sent to the customer")
    assert case.reached("other browser") == 1

    await case.clicks(other, "Send to customer", told)
    await case.learns(other, "This note can no longer be sent")
    assert case.reached("other browser") == 1


async def test_a_note_is_not_sent_when_the_ticket_is_resolved_meanwhile(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")
    await case.says(other, "Have you tried the other browser?")
    told = await case.learns(other, "kept as a note")

    await case.answers(agent, "resolve")
    await case.clicks(other, "Send to customer", told)

    await case.learns(other, "The ticket is resolved")
    assert not case.reached("other browser")


async def test_a_note_is_not_sent_by_somebody_who_has_left(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")
    await case.says(other, "Have you tried the other browser?")
    told = await case.learns(other, "kept as a note")

    await other.leaves("C0SUPPORT")
    await case.clicks(other, "Send to customer", told)

    await case.learns(other, "Only members")
    assert not case.reached("other browser")


async def test_a_note_is_sent_by_its_author_alone(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")
    await case.says(other, "Have you tried the other browser?")
    told = await case.learns(other, "kept as a note")

    await case.clicks(agent, "Send to customer", Seen(told.raw, (await case.card()).channel))

    await case.learns(agent, "This note can no longer be sent")
    assert not case.reached("other browser")


IN_FORM = ("> ;; ", "• ;;", "1. ;; ", "1) ;;", "- ;;", "~;;~", "> 1. ;;")
"""What may stand before the mark of a note, and is no words."""


async def test_a_marked_message_never_leaves(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    for mark in (";;", "؛؛", ";; ", "\u200f؛؛ ", "  ;;", "؛;", *IN_FORM):
        await case.says(agent, f"{mark}they have not paid")
    await case.says(agent, "> ;; لم يدفعوا شيئا بعد")

    assert not case.reached("they have not paid")
    assert not case.reached("لم يدفعوا")
    assert agent.whispers == []


async def test_an_unclaimed_ticket_relays_nothing_and_offers_to_be_claimed(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await case.says(agent, "Hello, how can we help?")
    told = await case.learns(agent, "nobody has claimed the ticket")
    assert not case.reached("how can we help")

    await case.clicks(agent, "Send to customer", told)
    await case.learns(agent, "Nobody has claimed the ticket")
    await case.clicks(agent, "Claim", told)
    await case.clicks(agent, "Send to customer", told)
    assert case.reached("how can we help") == 1


async def test_a_resolved_and_a_closed_ticket_relay_nothing(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It was the certificate.")

    await case.says(agent, "One more thing")
    await case.learns(agent, "the ticket is resolved")
    await desk.presses_key(case.customer, "solved")
    await case.says(agent, "Another thing")

    assert not case.reached("One more thing")
    assert not case.reached("Another thing")


async def test_a_stranger_in_the_thread_is_told_that_nothing_left(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    stranger = desk.slack.agent("U0STRANG", "stranger", channels=["C0SUPPORT"])  # not known as a member yet

    await case.says(stranger, "I know this one")

    told = await case.learns(stranger, "only members of the queue's channel write to its customers")
    assert told.buttons == []
    assert not case.reached("I know this one")


async def test_by_dialog_only_the_thread_is_the_desks_own(database_url: str, tmp_path: Path) -> None:
    async with a_desk(database_url, tmp_path, extra='[defaults]\nrelay = "dialog"') as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        assert "the customer is answered by the Reply button" in await case.thread()

        await case.says(agent, "Only between us")
        await case.answers(agent, "reply", "We are on it")

        assert not case.reached("Only between us")
        assert agent.whispers == []
        assert case.reached("We are on it") == 1


async def test_a_reply_that_is_also_sent_to_the_channel_reaches_the_customer_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await case.says(agent, "The service is back", broadcast=True)

    assert case.reached("The service is back") == 1


async def test_slacks_own_writing_arrives_plain(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await desk.agent("U0OTHER", "Colleague")
    await case.clicks(agent, "claim")

    wire = "<@U0OTHER> says 2 &lt; 3 &amp;&amp; see <https://example.org/help|the guide> :tada:"
    await case.says(agent, wire, raw=True)

    assert case.reached("@Colleague says 2 < 3 && see the guide (https://example.org/help) 🎉") == 1

    await case.says(agent, "*Please* do ~that~ this:\n1. type `a*b`\n2. wait\n> it fails\nWrite *again*")
    await case.says(agent, "2*3*4, *stars* and snake_case_", literal=True)

    assert case.reached("Please do that this:\n1. type a*b\n2. wait\n“it fails”\nWrite again") == 1
    assert case.reached("2*3*4, *stars* and snake_case_") == 1


async def test_three_thousand_characters_arrive_whole(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    long = "الحل " * 600

    await case.says(agent, long)

    told = await case.customer.sees("الحل")
    assert long.strip() in told.text


async def test_talk_beside_the_threads_stays_what_it_is(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await agent.writes("C0SUPPORT", "Lunch?")
    await agent.tells_app("Hello?")
    await desk.settles()

    assert not case.reached("Lunch?")
    assert not case.reached("Hello?")
    assert agent.whispers == []
