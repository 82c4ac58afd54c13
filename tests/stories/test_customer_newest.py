"""Who types something after an agent's words means those, and no older question of the desk's own."""

from pathlib import Path

from tests.customer_kit import WRITTEN, Chat, chat
from tests.desk_kit import Case, bare
from tests.kit import World, world


async def two_cases(desk: World) -> tuple[Chat, Case, Case]:
    """Two requests of one customer, both in the hands of one agent."""
    agent, customer = await desk.agent(), chat(desk)
    cases = [
        Case(desk, customer.person, await customer.files(text)) for text in (WRITTEN, "The printer is broken")
    ]
    for case in cases:
        await case.clicks(agent, "claim")
    return customer, cases[0], cases[1]


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0].partition(" · ")[2]


async def test_what_comes_after_another_question_answers_no_older_solution(desk: World) -> None:
    customer, solved, asked = await two_cases(desk)
    agent = await desk.agent()
    await solved.answers(agent, "resolve", "It works again.")

    for typed in ("1", "2", "Not solved"):
        await asked.answers(agent, "ask", "How many printers do you have in the office?")
        await customer.says(typed)
        assert await state(solved) == "Resolved"
        assert customer.heard[-1].startswith("Which request is this about?")
        await customer.presses(asked.reference.replace("-", ""))
        assert (await asked.thread()).endswith(f"The customer wrote:\n{typed}")
        assert await state(solved) == "Resolved"


async def test_an_answer_to_an_agent_is_no_command(desk: World) -> None:
    customer = chat(desk)
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await case.clicks(agent, "claim")

    for typed in ("English", "new", "stop", "Help", "start"):
        await case.answers(agent, "ask", "What does the sign on the door say?")
        await customer.says(typed)
        assert (await case.thread()).endswith(f"The customer wrote:\n{typed}")
        assert await state(case) == "Open"
        assert customer.heard == [f"Added to your request {case.reference}."]

    await customer.says("/help", "/start", "English")
    assert "We will speak English from now on." in customer.told


async def test_a_greeting_is_for_the_agent_who_spoke_last_and_so_is_a_call_for_somebody(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Any other opens the menu, as it does where no request is under way."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
        for typed, before in (("hello there?", "/menu"), ("السلام عليكم؟", "/status")):
            await customer.says(before, typed)
            assert customer.heard == [f"Added to your request {case.reference}."]
            assert (await case.thread()).endswith(f"The customer wrote:\n{typed}")
        await customer.says("hello")
        assert customer.keys[0] == "new"

        await case.clicks(agent, "claim")
        await case.says(agent, "Hello, I look at it now")
        await customer.says("hello")
        assert customer.heard == [f"Added to your request {case.reference}."]
        assert (await case.thread()).endswith("The customer wrote:\nhello")

        await case.answers(agent, "resolve", "It was the fuse")
        for typed in ("hello", "hello?"):
            await customer.says(typed)
            assert customer.keys[0] == "new", "nobody works on anything"


async def test_a_survey_of_before_takes_nothing_that_another_agent_waits_for(desk: World) -> None:
    customer, solved, asked = await two_cases(desk)
    agent = await desk.agent()
    await solved.answers(agent, "resolve", "It works again.")
    await customer.presses("solved")
    survey = customer.last
    await asked.answers(agent, "ask", "How many printers, and of which make?")
    question = customer.last

    await customer.says("5")
    await customer.says("HP LaserJet 1020")
    await customer.says("2", reply_to=question)

    assert "Rating" not in (await solved.card()).text
    assert "HP LaserJet" not in await solved.thread()
    for said in ("5", "HP LaserJet 1020", "2"):
        assert f"The customer wrote:\n{said}" in await asked.thread()
    await customer.presses("5", survey)
    assert "Rating: 5 of 5" in (await solved.card()).text


async def test_a_score_after_the_solution_of_another_request_can_only_be_the_score(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer, rated, solved = await two_cases(desk)
        agent = await desk.agent()
        await rated.answers(agent, "resolve", "It works again.")
        await customer.presses("solved")
        await solved.answers(agent, "resolve", "The printer prints.")

        await customer.says("5")

        assert "Rating: 5 of 5" in (await rated.card()).text
        assert "The customer wrote:" not in (await solved.thread()).rpartition("The printer prints.")[2]
        assert "add a few words" in customer.told
        await customer.says("skip", "Solved")
        assert await state(solved) == "Closed"

        await rated.clicks(agent, "reopen")
        await rated.answers(agent, "resolve", "Once more.")
        await customer.presses("solved")
        await solved.clicks(agent, "reopen")
        await solved.answers(agent, "resolve", "It prints now.")
        await customer.says("2")
        assert await state(solved) == "Open", "a number of the newest question is the answer to that"


async def test_a_reply_goes_to_its_ticket_whatever_is_being_asked(desk: World) -> None:
    customer, _other, asked = await two_cases(desk)
    agent = await desk.agent()
    await asked.answers(agent, "ask", "How many devices are there?")
    question = customer.last

    await customer.says("/start")
    await customer.says("2", reply_to=question)
    await customer.says("/language")
    await customer.says("3", reply_to=question)
    await customer.says("/new")
    await customer.says("1", reply_to=question)

    for said in ("2", "3", "1"):
        assert f"The customer wrote:\n{said}" in await asked.thread()
    assert customer.heard == [f"Added to your request {asked.reference}."]


async def test_what_an_agent_says_takes_no_command_and_no_reply_to_the_open_question(desk: World) -> None:
    customer, other, case = await two_cases(desk)
    agent = await desk.agent()
    await other.answers(agent, "resolve", "It works again.")
    await customer.presses("solved")
    survey = customer.last
    await case.says(agent, "We are on it")
    await customer.says("5", reply_to=survey)
    assert "Rating: 5 of 5" in (await other.card()).text
    await customer.presses("skip")

    await customer.says(other.reference)
    status = customer.last
    await case.says(agent, "It will take an hour")
    await customer.says("Not solved", reply_to=status)
    assert await state(other) == "Open"

    for typed, answer in (("My requests", "Your requests:"), ("Help", "/new — File a request")):
        await customer.says("/start")
        await case.says(agent, f"Still on it, before {typed}")
        await customer.says(typed)
        assert answer in customer.told
    await customer.says("/language")
    await case.says(agent, "Nearly there")
    await customer.says("Русский")
    assert "Теперь мы говорим по-русски." in customer.told


async def test_words_that_were_taken_back_or_came_before_are_not_the_last(desk: World) -> None:
    customer, solved, other = await two_cases(desk)
    agent = await desk.agent()
    await solved.answers(agent, "resolve", "It works again.")
    mistaken = await other.says(agent, "This was meant for somebody else")
    await agent.deletes(mistaken)
    await desk.settles()
    await customer.says("Solved")
    assert await state(solved) == "Closed"

    held_back = await other.says(agent, "Meant for somebody else, too")
    await agent.deletes(held_back)
    await desk.settles()
    await customer.says("4")
    assert "Rating: 4 of 5" in (await solved.card()).text


async def test_a_number_after_an_agents_words_is_for_the_agent(sqlite_url: str, tmp_path: Path) -> None:
    """Unless it is one of their own, or all but one; where no agent spoke last it is a request's, as ever."""
    async with world(sqlite_url, tmp_path) as desk:
        customer, agent = chat(desk), await desk.agent()
        case = Case(desk, customer.person, await customer.files())
        await case.clicks(agent, "claim")
        slip = f"{case.reference[:-1]}{(int(case.reference[-1]) + 1) % 10}"
        for typed, answer in (("55123456", "typing mistake"), ("48291372", "no request of yours")):
            await customer.says(typed)
            assert answer in customer.told

        await case.says(agent, "Please tell me your phone number or order number.")
        for typed in ("55123456", "48291372", "5512 3456", "27112026", "my number is 55123456"):
            await customer.says(typed)
            assert customer.heard == [f"Added to your request {case.reference}."]
            assert (await case.thread()).endswith(f"The customer wrote:\n{typed}")
        await customer.says("/status")
        await case.says(agent, "And the other number?")
        await customer.says("мой номер ٥٥١٢٣٤٥٧")
        assert (await case.thread()).endswith("The customer wrote:\nмой номер ٥٥١٢٣٤٥٧")
        await customer.says(slip)
        assert "typing mistake" in customer.told
        await customer.says(case.reference)
        assert customer.told.startswith(f"Request {case.reference}: ")
        await customer.says("/start", "55123456")
        assert "typing mistake" in customer.told


async def test_a_number_under_the_menu_may_be_the_answer_to_an_agent(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer, other, case = await two_cases(desk)
        agent = await desk.agent()
        asked = f"Is this your answer to what the team asked about your request {case.reference}?"

        await case.answers(agent, "ask", "How many screens?")
        await customer.says(case.reference)
        assert "How many screens?" in customer.told
        await customer.says("2")
        assert customer.heard == [f"Added to your request {case.reference}."]
        assert await state(case) == "Open"

        for shown in ("/help", other.reference):
            await case.answers(agent, "ask", "And how many of them work?")
            await customer.says(shown, "2", "2")
            assert customer.heard == [asked]
            await customer.says("Русский")
            assert customer.buttons == ["Да", "Статус обращения" if shown == "/help" else "Мои обращения"]
            await customer.says("English", "yes")
            assert (await case.thread()).endswith("The customer wrote:\n2")
            assert await state(case) == "Open"

        await case.answers(agent, "ask", "Are you sure?")
        await customer.says("/menu", "3")
        assert customer.buttons == ["Yes", "My requests"]
        await customer.presses("no")
        assert customer.told.startswith("Your requests:")
        await customer.says("/menu", "3", "of them do, I think")
        assert "Which request is this about?" in customer.told
        await customer.says(case.reference)
        assert (await case.thread()).endswith("The customer wrote:\n3\nof them do, I think")
        await customer.says("/menu", "3")
        assert customer.told.startswith("Your requests:")


async def test_a_number_that_is_asked_about_is_held_like_other_words(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer, agent = chat(desk), await desk.agent()
        case = Case(desk, customer.person, await customer.files())
        await case.clicks(agent, "claim")
        asked = f"Is this your answer to what the team asked about your request {case.reference}?"

        await case.answers(agent, "ask", "How many screens?")
        await customer.says("/help", "2")
        await case.answers(agent, "ask", "And do all of them flicker?")
        await customer.says("no")
        assert (await case.thread()).endswith("The customer wrote:\nno"), "the newest question is answered"
        assert await state(case) == "Open"
        assert customer.heard == [f"Added to your request {case.reference}.", asked]
        await customer.says("yes")
        assert (await case.thread()).endswith("The customer wrote:\n2")

        await case.answers(agent, "ask", "How many keyboards?")
        await customer.says("/menu")
        mine = await customer.says("3")
        await customer.edits(mine, "ten of them")
        assert customer.told == f"We have noted your change.\n\n{asked}"
        assert customer.buttons == ["Yes", "No"]
        await customer.edits(mine, "2")
        assert customer.buttons == ["Yes", "Check a request"]
        await customer.says("/cancel")
        assert customer.heard[0] == "Your message was not sent."

        await customer.says("/menu", "3", "/status")
        assert customer.heard[0] == "What you wrote is not sent yet. It is kept: /new goes on with it."
        await customer.says("/new")
        assert customer.told.endswith("\n3")
