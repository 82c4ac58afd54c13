"""A customer no longer needs a request: asked once, done, told to the desk, and wanted back."""

from datetime import timedelta
from pathlib import Path

from tests.customer_kit import WRITTEN, chat
from tests.desk_kit import Case, a_desk, bare
from tests.kit import World, world


async def test_a_request_is_cancelled_from_its_status_and_wanted_back(desk: World) -> None:
    customer = chat(desk)
    case = Case(desk, customer.person, await customer.files())
    agent = await desk.agent()
    await case.clicks(agent, "claim")
    await customer.says(f"/status {case.reference}")
    assert customer.buttons[0] == "I no longer need it"

    await customer.presses("unneeded")
    assert f"Shall we cancel your request {case.reference}?" in customer.told
    await customer.presses("no")
    assert "Claimed by" in await case.thread()
    assert "being worked on" in customer.told
    await customer.presses("unneeded")
    await customer.presses("yes")

    assert f"Your request {case.reference} is cancelled." in customer.told
    assert "The customer no longer needs this: the ticket is cancelled.\n@U0AGENT" in await case.thread()
    card = await case.card()
    assert "· Cancelled" in card.text
    assert card.buttons == ["Reopen", "Note"]
    assert "cancelled customer" in await case.facts()
    await customer.presses("yes", at=next(m for m in customer.person.chat if "Shall we cancel" in m.text))
    assert (await case.facts()).count("cancelled customer") == 1

    await customer.presses("unsolved")
    assert "The customer needs it after all. The ticket is open again." in await case.thread()
    assert "· Open" in (await case.card()).text


async def test_a_request_whose_solution_is_on_its_way_is_not_cancelled_and_they_hear_why(
    sqlite_url: str, tmp_path: Path
) -> None:
    """For them it is under way until the solution has come; then its state says why."""
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        customer, agent = chat(desk), await desk.agent()
        case = Case(desk, customer.person, await customer.files())
        await case.clicks(agent, "claim")
        await customer.says("/cancel")
        await case.answers(agent, "resolve", "It was the fuse")
        for cancel in ("yes", "/cancel", "отменить обращение", f"/cancel {case.reference}"):
            await customer.says(cancel)
            why, status = customer.heard
            assert why.startswith(f"We are just answering your request {case.reference}, so it cannot be")
            assert status.startswith(f"Request {case.reference}: being worked on.")
            await customer.says("/start")
        assert (await case.facts())[-1] == "resolved agent:U0AGENT"

        await desk.passes(seconds=31)
        await customer.says(f"/cancel {case.reference}")
        assert customer.told.startswith(f"Request {case.reference}: resolved, waiting for your word.")


async def test_cancel_asks_which_and_words_at_the_question_are_not_lost(desk: World) -> None:
    customer = chat(desk, "ru")
    first, second = await customer.files(), await customer.files("Второе: не приходит письмо с кодом")

    await customer.says("/cancel")
    assert customer.keys == [*(r.replace("-", "") for r in (second, first)), "keep"]
    await customer.says("1")
    assert f"Отменить ваше обращение {second}?" in customer.told
    await customer.says("Нет, письмо так и не пришло")
    assert f"Добавлено к вашему обращению {second}" in customer.told
    await customer.says("уже не нужно")
    await customer.presses(first.replace("-", ""))
    await customer.says("да")

    assert f"Ваше обращение {first} отменено." in customer.told
    await customer.says("/cancel")
    assert f"Отменить ваше обращение {second}?" in customer.told, "only one is left"


async def test_the_request_that_is_named_with_the_word_is_the_one_that_is_cancelled(
    sqlite_url: str, tmp_path: Path
) -> None:
    """A request that is being written then is put aside, and offered again."""
    async with world(sqlite_url, tmp_path) as desk:
        customer, other = chat(desk), chat(desk)
        first, second = await customer.files(), await customer.files("The invoice is wrong by one half")
        theirs = await other.files()
        for named in (
            f"/cancel {first}",
            f"/cancel\n{first}",
            f"Cancel my request {first}",
            f"отменить {first}",
        ):
            await customer.says("/new", named)
            assert f"Shall we cancel your request {first}?" in customer.told
            await customer.presses("no")
        await customer.says(f"/cancel {theirs}")
        assert "We have no request of yours with this number." in customer.told
        await customer.says(f"/cancel {first}", "yes", f"/cancel {first}")
        assert f"Request {first}: cancelled" in customer.told
        await customer.says("/tickets")
        assert f"{second} · received, waiting" in customer.told


async def test_a_request_that_was_resolved_meanwhile_is_shown_and_words_are_not_lost(desk: World) -> None:
    customer = chat(desk)
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await customer.says("/cancel")
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It works again.")

    await customer.presses("yes")
    assert "resolved, waiting for your word" in customer.told
    assert "cancelled customer" not in await case.facts()
    await case.clicks(agent, "reopen")
    await customer.says("/cancel")
    await case.answers(agent, "resolve", "Now it does.")
    await customer.says("But the invoice is still wrong")
    assert "But the invoice is still wrong" in await case.thread()


async def test_cancel_while_filing_leaves_the_filing_and_no_request(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()

    await customer.says("/new", "cancel the request")

    assert "Nothing was sent, and no new request was filed." in customer.told
    assert "· New" in (await desk.card(reference)).text


async def test_what_was_cancelled_is_offered_until_its_window_is_over(desk: World) -> None:
    customer = chat(desk)
    case = Case(desk, customer.person, await customer.files())
    await customer.says("/cancel", "yes")

    await customer.says("I need it after all, it broke again")
    assert customer.keys == ["file", "ended", "no"]
    await customer.presses("ended")
    assert "it broke again" in await case.thread()
    await customer.says("/cancel", "yes")
    desk.clock.goes(days=4)
    await customer.says("And once more, it broke")
    assert customer.keys == ["file", "no"]


async def test_a_clock_stops_when_its_request_is_cancelled(e_doc: World) -> None:
    """EDC-10: nothing waits for the customer any more, so nothing is offered to be ended."""
    customer, agent = chat(e_doc, "ru"), await e_doc.agent()
    await customer.says("/new", "consultation", "guest", "withheld", "none")
    await customer.says("Как подписать договор в личном кабинете портала?", "send")
    case = Case(e_doc, customer.person, customer.reference)
    await case.clicks(agent, "claim")
    await case.answers(agent, "ask", "Какой у вас браузер?")
    await customer.says("/cancel", "да")

    await e_doc.passes(days=timedelta(days=4).days)

    assert "отменено" in bare(customer.last.text)
    assert "has not been answered" not in await case.thread()


async def test_what_was_set_aside_is_left_by_the_word_that_leaves_it(desk: World) -> None:
    """Whatever was looked at since: where nothing else can be meant it ends, and they hear that."""
    customer = chat(desk)
    for since in ("/help", "/menu", "/tickets", "/policy"):
        await customer.says("/new", "technical", "website", WRITTEN, since, "/cancel")
        assert "Nothing was sent, and no new request was filed." in customer.heard
        assert "resume" not in customer.keys
    await customer.says("/new")
    assert "What is it about?" in customer.told


async def test_of_one_set_aside_and_one_that_was_sent_they_are_asked_which_to_cancel(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        reference = await customer.files()
        digits = reference.replace("-", "")
        for since, word in (
            ("/help", "/cancel"),
            (f"/status {reference}", "cancel"),
            ("/menu", "not needed any more"),
        ):
            await customer.says("/new", "technical", "app", "The app shows a white page", since, word)
            assert customer.told.startswith("Which request do you no longer need?")
            assert "The app shows a white page" in customer.told
            assert customer.keys == ["unsent", digits, "keep"]
            await customer.says("1")
            assert "Nothing was sent, and no new request was filed." in customer.heard
            assert customer.keys[0] == "new"
        await customer.says(
            "/new", "technical", "app", "The app shows a white page", "/help", "/cancel", "keep"
        )
        assert customer.keys[0] == "resume"
        await customer.says("/cancel")
        await customer.presses(digits)
        assert f"Shall we cancel your request {reference}?" in customer.told
        await customer.says("yes")
        assert "· Cancelled" in (await desk.card(reference)).text
        await customer.says("/new")
        assert "not sent yet" in customer.told


async def test_a_reply_to_whether_to_cancel_answers_it_while_it_can_be(desk: World) -> None:
    """Whatever is being asked by then; what has ended since, and was opened again, is not cancelled by it."""
    customer, agent = chat(desk), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    await customer.says("/cancel")
    asked = customer.last
    await customer.says("/menu")
    await customer.says("no", reply_to=asked)
    assert f"Request {case.reference}: being worked on." in customer.told
    await customer.says("it can wait until Monday", reply_to=asked)
    assert (await case.thread()).endswith("it can wait until Monday")

    await customer.says("/new", "billing")
    await customer.says("yes", reply_to=asked)
    assert f"Your request {case.reference} is cancelled." in customer.told
    assert (await case.facts())[-1] == "cancelled customer"

    await customer.presses("unsolved")
    await customer.says("It is down again")
    await customer.says("yes", reply_to=asked)
    assert (await case.facts()).count("cancelled customer") == 1
