"""Turning to somebody above: when a promise is overdue and only then, once for each, by its owner alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.policy import Policy
from bot.core.ticket import Fact
from storage import Tx, tickets
from tests.customer_kit import Chat, chat, nothing_is_parked
from tests.desk_kit import Case, bare
from tests.kit import SUPERVISION, SUPPORT, World

RIYADH = ZoneInfo("Asia/Riyadh")
WRITTEN = "لا أستطيع تسجيل الدخول إلى حسابي منذ صباح اليوم"
MONDAY, THURSDAY, NEXT_MONDAY = 23, 26, 30


def becomes(desk: World, day: int, hour: int, minute: int = 0) -> None:
    """Desk time goes to a moment of November 2026 in Riyadh."""
    desk.clock.ahead = datetime(2026, 11, day, hour, minute, tzinfo=RIYADH) - datetime.now(UTC)


async def files(customer: Chat) -> str:
    await customer.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
    return customer.reference


async def escalations(desk: World, reference: str) -> list[dict[str, Any]]:
    """Over which promises the ticket was escalated."""
    return [fact.data for fact in await escalated(desk, reference)]


async def escalated(desk: World, reference: str) -> list[Fact]:
    def look(tx: Tx) -> list[Fact]:
        ticket = tickets.find(tx, reference.replace("-", ""))
        assert ticket
        return [fact for fact in tickets.history(tx, ticket.id) if fact.kind == "escalated_by_customer"]

    return await desk.app.store.read(look)


def above(desk: World) -> list[str]:
    """What supervision was told."""
    return [bare(message.text) for message in desk.slack.messages(SUPERVISION)]


async def test_a_late_request_is_raised_by_the_button_of_its_status(captain_mama: World) -> None:
    """CAP-9: due on Thursday at 10:00; before that it is explained, afterwards supervision is told, once."""
    customer = chat(captain_mama)
    await customer.says("/help")
    assert "/escalate — Raise a request that is late" in customer.told
    reference = await files(customer)
    await customer.says("/escalate")
    assert (
        f"escalate your request {reference} if what was stated does not come by Thursday 10:00 (Saudi time)"
        in customer.told
    )
    for named in (reference, reference[-4:]):
        await customer.says(f"/escalate {named}")
        assert "if what was stated does not come by Thursday 10:00 (Saudi time)" in customer.told
    becomes(captain_mama, THURSDAY, 9, 59)
    await customer.says(reference)
    assert "escalate" not in customer.keys
    assert above(captain_mama) == []

    becomes(captain_mama, THURSDAY, 10, 1)
    await customer.says(reference)
    assert "has passed, and we apologise" in customer.told
    assert customer.buttons[0] == "Escalate my request"
    status, data = customer.last, customer.last.buttons[0][0].data
    await customer.presses("escalate")
    assert f"Your request {reference} has been raised to: Supervision." in customer.told
    assert "info@captainmama.org — Supervision" in customer.told
    assert "support@captainmama.org" in customer.told
    assert "www." not in customer.told
    assert "phone" not in customer.told.lower()

    await supervision_and_thread_know(captain_mama, reference)

    await customer.person.presses_data(status, data)
    await customer.says("/escalate")
    assert f"Your request {reference} has been raised already: Supervision." in customer.told
    await customer.says(reference)
    assert "escalate" not in customer.keys
    assert len(above(captain_mama)) == 1
    assert await nothing_is_parked(captain_mama)


async def supervision_and_thread_know(desk: World, reference: str) -> None:
    [told] = above(desk)
    assert reference in told
    assert "first response was due" in told
    assert "Escalated to: Supervision" in bare((await desk.card(reference)).text)
    assert "Nobody has claimed it. Its queue: Technical support." in told
    assert WRITTEN in told
    assert WRITTEN not in desk.slack.messages(SUPERVISION)[0].raw["text"]
    thread = bare(await desk.thread(reference))
    assert "The customer has escalated this ticket, because it is overdue: Supervision." in thread
    assert await escalations(desk, reference) == [{"target": "first_response", "cycle": 0}]


async def test_supervision_may_act_on_what_was_escalated_to_it_and_on_nothing_else(
    captain_mama: World,
) -> None:
    """CAP-9: whoever is in the channel that customers turn to can take the request into their own hands."""
    customer, above_them = chat(captain_mama), await captain_mama.agent("U0ABOVE", joins=(SUPERVISION,))
    case, agent = Case(captain_mama, customer.person, await files(customer)), await captain_mama.agent()
    captain_mama.slack.publish(SUPPORT)
    await case.clicks(above_them, "claim")
    await case.learns(above_them, "Only members of this queue")
    await case.clicks(agent, "claim")

    becomes(captain_mama, THURSDAY, 10, 1)
    await customer.says(f"/escalate {case.reference}")
    [post] = captain_mama.slack.messages(SUPERVISION)
    await case.clicks(above_them, "assign", post)
    await case.sends(above_them)

    assert "Claimed by: @U0ABOVE" in bare((await case.card()).text)
    handed = await case.learns(above_them, "In the hands of @U0ABOVE")
    await case.clicks(above_them, "resolve", handed)
    await case.sends(above_them, "You can sign in again.")
    assert case.reached("You can sign in again.") == 1


async def test_words_on_a_late_request_are_answered_with_the_button(captain_mama: World) -> None:
    """CAP-9: after the reply has come nothing is raised, until the solution is late by any reading.

    Nobody has classified it, so it may be a complex problem: that takes five working days at most.
    """
    customer, agent = chat(captain_mama), await captain_mama.agent()
    case = Case(captain_mama, customer.person, await files(customer))
    becomes(captain_mama, THURSDAY, 11)
    await captain_mama.ticks()  # the desk, which reads it as a simple one, records a breach
    await customer.says("You are late")
    late, data = customer.last, customer.last.buttons[0][0].data
    assert "has passed" in late.text
    assert customer.keys == [f"escalate.{case.reference.replace('-', '')}"]
    await case.clicks(agent, "claim")
    await case.says(agent, "We are looking into it.")
    await customer.presses("escalate", late)
    assert "You can escalate your request" in customer.told
    assert "has passed, and" not in customer.told
    assert await escalations(captain_mama, case.reference) == []

    await customer.says(case.reference)
    assert "has passed" not in customer.told
    assert "escalate" not in customer.keys
    becomes(captain_mama, NEXT_MONDAY, 9, 58)
    await captain_mama.ticks()
    await customer.says("/escalate")
    assert "once a time stated for it has passed" in customer.told
    assert above(captain_mama) == []
    becomes(captain_mama, NEXT_MONDAY, 10, 1)
    await captain_mama.ticks()
    for _twice in range(2):
        await customer.person.presses_data(late, data)
    await captain_mama.settles()
    assert "has been raised to" in customer.told
    assert await escalations(captain_mama, case.reference) == [{"target": "resolution", "cycle": 0}]
    [told] = above(captain_mama)
    assert "Resolution: Thursday, 26 November, 10:0" in told
    assert "(not promised until the complexity is set)" in told
    assert "In the hands of" in told
    await case.answers(agent, "Resolve", "Please sign in again.")
    await customer.says(f"/escalate {case.reference}")
    assert "cannot be escalated" in customer.told


async def test_only_what_the_customer_was_told_can_be_late_for_them(captain_mama: World) -> None:
    """CAP-9, CAP-7: not what the desk has come to owe earlier; it passes when its minute begins.

    What was written before that, and is heard after it, counts from when it is heard.
    """
    becomes(captain_mama, MONDAY, 10)
    captain_mama.clock.ahead += timedelta(seconds=38)
    customer, agent = chat(captain_mama), await captain_mama.agent()
    case = Case(captain_mama, customer.person, await files(customer))
    await case.clicks(agent, "claim")
    await case.says(agent, "We are looking into it.")
    await case.answers(agent, "complexity", complexity="complex")
    becomes(captain_mama, THURSDAY, 15)
    await case.answers(agent, "complexity", complexity="simple")
    await customer.says(case.reference)
    assert "You will have a solution by Monday 10:00 (Saudi time)." in customer.told
    assert "escalate" not in customer.keys
    await customer.says("/escalate")
    assert "if what was stated does not come by Monday 10:00 (Saudi time)" in customer.told

    becomes(captain_mama, NEXT_MONDAY, 9, 58)
    await customer.person.says("/escalate")
    becomes(captain_mama, NEXT_MONDAY, 10)
    captain_mama.clock.ahead += timedelta(seconds=10)
    await captain_mama.settles()
    assert "has been raised to: Supervision." in customer.told
    [raised] = await escalated(captain_mama, case.reference)
    assert raised.at >= datetime(2026, 11, NEXT_MONDAY, 10, tzinfo=RIYADH)


async def test_of_several_the_customer_chooses_and_in_their_own_words(captain_mama: World) -> None:
    """CAP-9: `/escalate` and its words in each language."""
    for language, words, asked in (
        ("en", "Escalate!", "Which request shall we escalate?"),
        ("ar", "تصعيد الطلب", "تصعيده"),
        ("ru", "Эскалировать обращение", "на уровень выше?"),
    ):
        becomes(captain_mama, MONDAY, 10)
        customer = chat(captain_mama, language)
        first, second = await files(customer), await files(customer)
        becomes(captain_mama, THURSDAY, 12)
        await files(customer)
        await customer.says(words)
        assert asked in customer.told
        assert [title.partition(" · ")[0] for title in customer.buttons[:-1]] == [second, first]
        assert all(title.endswith(f" · {WRITTEN}") for title in customer.buttons[:-1])
        await customer.sends("photo")
        await customer.says("/cancel")
        await customer.presses(second.replace("-", ""))
        assert second in customer.told, "a photo kept beside the question finds its request when that is left"
        await customer.says(f"/escalate {first} {second}")
        assert asked in customer.told, "one after the other"
        await customer.sends("photo")
        await customer.says(first)
        assert customer.told.count(first) == 2, "raised, and the photo added"
        assert "info@captainmama.org" in customer.told
        await customer.says("/escalate")  # one is left, and nothing has to be chosen
        assert second in customer.told
        assert "info@captainmama.org" in customer.told


async def test_nobody_escalates_what_is_not_theirs(captain_mama: World) -> None:
    """CAP-9: somebody else's request is answered as one that does not exist, however it is named."""
    owner, stranger = chat(captain_mama), chat(captain_mama)
    theirs = await files(owner)
    becomes(captain_mama, THURSDAY, 12)
    await stranger.says("/escalate")
    assert "nothing to escalate" in stranger.told
    digits = theirs.replace("-", "")
    await stranger.says("/start")
    for deed in (f"/escalate {theirs}", f"escalate {theirs}", "/escalate 1000-0000"):
        await stranger.says(deed)
        assert "We have no request of yours with this number." in stranger.told
    await stranger.says("/escalate soon")
    assert "nothing to escalate" in stranger.told
    await stranger.person.presses_data(stranger.last, f"0:escalate.{digits}")
    await captain_mama.settles()

    assert above(captain_mama) == []
    assert await escalations(captain_mama, theirs) == []


async def test_where_no_policy_gives_the_right_nothing_is_offered(desk: World) -> None:
    """OSL-9, AIG-13: silence of the source; the words of the customer find the team all the same."""
    customer = chat(desk)
    policy: Policy = desk.app.office.policy
    assert policy.escalating is None
    await customer.files()
    await customer.says("/escalate")

    assert "write it here: the team reads it" in customer.told
    await customer.says("/help")
    assert "/escalate" not in customer.told
    assert "escalate" not in customer.keys
