"""A ticket changes hands, is declined, or its conversation is stopped: each with a reason on record."""

from pathlib import Path

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import WEEK, World


async def test_a_colleague_takes_over_with_a_reason_and_the_words_follow(desk: World) -> None:
    """The former holder is called in the thread; their later words there are notes, the new one's go out."""
    case, former, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(former, "claim")
    await case.clicks(former, "take_over")
    await case.learns(former, "This ticket is already yours.")

    dialog = await case.opens(other, "take_over")
    assert "In the hands of @U0AGENT." in dialog.text
    await case.sends(other, " ")
    assert other.dialog
    assert other.dialog.errors == {"text": "Please write a few words."}
    await case.sends(other, "Their shift is over")

    thread = await case.thread()
    assert "@U0OTHER took the ticket over from @U0AGENT.\nFrom now on their words" in thread
    assert "Their shift is over" in thread
    assert "@U0OTHER" in (await case.card()).text
    assert (await case.facts())[-2:] == ["noted agent:U0OTHER", "taken_over agent:U0OTHER"]
    await case.says(former, "Still me")
    await case.learns(former, "somebody else is working on the ticket")
    await case.says(other, "Hello, I go on with it")
    assert case.reached("Hello, I go on with it") == 1
    assert not case.reached("Still me")
    assert not case.reached("Their shift is over")


async def test_of_two_who_take_over_the_later_learns_it_before_anything_is_done(desk: World) -> None:
    case, former = await a_case(desk), await desk.agent()
    quick, slow = await desk.agent("U0QUICK"), await desk.agent("U0SLOW")
    await case.clicks(former, "claim")
    await case.opens(slow, "take_over")
    await case.answers(quick, "take_over", "I know the customer")

    await case.sends(slow, "Me too")

    assert slow.dialog
    assert "somebody else has changed this since you opened the window" in slow.dialog.text
    assert "Me too" in slow.dialog.text
    assert "took the ticket over from @U0QUICK" not in await case.thread()


async def test_a_holder_outside_the_channel_is_told_in_private(desk: World) -> None:
    case, other = await a_case(desk), await desk.agent()
    supervisor = await desk.agent("U0SUPER", joins=())
    await case.answers(other, "assign", to="U0SUPER")
    chat = Chat(desk, case.customer)
    mine = await chat.says("It fails again today")
    told = await case.learns(supervisor, "The customer wrote:\nIt fails again today")
    assert case.reference in told.text
    await case.clicks(supervisor, "reply", told)
    assert supervisor.dialog, "they can answer from there"
    await supervisor.dismisses()
    await chat.edits(mine, "It fails since yesterday")
    told = await case.learns(supervisor, "Now:\nIt fails since yesterday")
    assert f"{case.reference}\nThe customer changed a message. Before:\nIt fails again today" in bare(
        told.text
    )
    await case.answers(other, "take_over", "It is mine after all")

    told = await case.learns(supervisor, "@U0AGENT took the ticket over from you.")
    assert case.reference in told.text
    assert "It is mine after all" in told.text


async def test_a_solution_that_is_not_reached_is_told_with_its_reason_and_can_reopen(
    desk: World,
) -> None:
    """EDC-5, AIG-12: a free reason, shown to the customer; it closes and reopens as a solution does."""
    case, agent = await a_case(desk, language="ru"), await desk.agent()
    await case.clicks(agent, "claim")

    await case.answers(agent, "decline", "Эта версия больше не поддерживается")

    told = bare((await case.customer.sees("больше не поддерживается")).text)
    assert told.startswith(f"Решить ваше обращение {case.reference} не удалось.\n\nПричина: Эта версия")
    card = await case.card()
    assert "· Declined" in card.text
    assert card.buttons == ["Reopen", "Note"]
    assert "Declined by @U0AGENT.\nЭта версия больше не поддерживается" in await case.thread()
    await desk.tells(case.customer, "Что же мне делать?")
    assert case.reached("Открыть ваше обращение") == 1
    await desk.presses_key(case.customer, "no")
    await desk.presses_key(case.customer, "unsolved")
    assert "The customer does not agree. The ticket is open again." in await case.thread()
    await case.answers(agent, "decline", "Точно не поддерживается")
    await desk.presses_key(case.customer, "solved")
    assert "The customer agrees that it is closed." in await case.thread()
    assert "Closed" in (await case.card()).text


async def insulted(world: World, language: str) -> tuple[Case, Chat]:
    customer = chat(world, language)
    await customer.says("/new", "consultation", "guest", "withheld", "none")
    await customer.says("Где же наконец ваша чёртова инструкция, бездельники?", "send")
    return Case(world, customer.person, customer.reference), customer


async def test_insults_are_stopped_at_once_and_the_manager_and_the_customer_hear_of_it(e_doc: World) -> None:
    """EDC-11: staff may stop at once, telling the manager; the user may write to quality control."""
    case, customer = await insulted(e_doc, "ru")
    agent, manager = await e_doc.agent(), await e_doc.agent("U0MANAGER", joins=())
    dialog = await case.opens(agent, "stop")
    assert "Told of it: Manager." in bare(dialog.text)

    await case.sends(agent, "Insults from the first message on")

    told = bare(customer.last.text)
    assert f"Оказание услуг по обращению {case.reference} прекращено" in told
    assert "support@mitwork.kz" in told
    assert "Insults" not in told
    handed = await case.learns(manager, "was stopped")
    assert "Insults from the first message on" in handed.text
    assert "бездельники" in handed.text
    thread = await case.thread()
    assert "Stopped by @U0AGENT.\nInsults from the first message on" in thread
    assert "@U0MANAGER" in thread
    assert "· Stopped" in (await case.card()).text
    await customer.says(f"/status {case.reference}")
    assert customer.keys == ["list", "menu"], "what was stopped is not opened again by its customer"
    await e_doc.agent("U0MANAGER", joins=())
    await case.clicks(manager, "reopen", handed if "Reopen" in handed.buttons else None)
    assert "Opened again by @U0MANAGER" in await case.thread()


async def test_what_still_waits_to_be_sent_is_not_sent_when_all_is_stopped(
    database_url: str, tmp_path: Path
) -> None:
    """EDC-11: at once; a desk whose answers wait for a while sends none of them after that."""
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 60") as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.says(agent, "We are on it")

        await case.answers(agent, "stop", "Insults")
        await desk.passes(minutes=2)

        assert case.reached("Our team has ended the conversation about your request") == 1
        assert not case.reached("We are on it")
        assert "taken_back agent:U0AGENT" in await case.facts()


async def test_a_source_without_a_sanction_is_not_quoted_for_one(osool: World) -> None:
    """OSL-7: the rules name no sanction, so ending a conversation is our team's, and never Osool's rule."""
    customer, agent = chat(osool, "ar"), await osool.agent(joins=("C0CONTACT",))
    supervisor = await osool.agent("U0SUPER", joins=())
    await customer.says("/new", "technical", "trainee", "المنصة لا تعمل منذ الصباح ولا أستطيع الدخول", "send")
    case = Case(osool, customer.person, customer.reference, "C0CONTACT")

    dialog = await case.opens(agent, "stop")
    assert "The supervisors are told of it." in dialog.text
    await case.sends(agent, "Insults")

    assert bare(customer.last.text) == f"أنهى فريقنا المحادثة بشأن طلبك {case.reference}."
    assert "Insults" in (await case.learns(supervisor, "was stopped")).text


async def test_no_english_is_left_in_a_queue_that_speaks_arabic(database_url: str, tmp_path: Path) -> None:
    async with a_desk(database_url, tmp_path, language="ar", extra=WEEK) as desk:
        case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
        await case.clicks(agent, "claim")
        await case.answers(other, "take_over", "ok")
        await case.answers(other, "stop", "ok")

        for english in ("took", "Stopped", "hands", "Take", "Decline"):
            assert english not in await case.thread() + (await case.card()).text
