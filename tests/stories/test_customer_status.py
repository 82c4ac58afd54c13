"""How a request stands: by its reference in any writing, for its owner only, and all of them page by page."""

from pathlib import Path

import pytest

from bot.core import reference as references
from bot.core.text import ascii_digits
from tests.customer_kit import Chat, chat, resolved
from tests.desk_kit import Case, a_case, a_desk
from tests.kit import World, world

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
WIDE = str.maketrans("0123456789", "0123456789".translate({ord(d): 0xFF10 + int(d) for d in "0123456789"}))


def writings(reference: str) -> list[str]:
    first, second = reference.split("-")
    return [
        reference,
        first + second,
        f"{first} {second}",
        " ".join(first + second),
        f"#{reference}",
        f"№ {first}{second}",
        f"{first}—{second}",
        reference.translate(ARABIC),
        f"{second}-{first}"[5:] + "-" + second.translate(PERSIAN),
        reference.translate(WIDE),
        f"ticket number {reference}",
        f"обращение № {reference}",
        f"رقم الطلب {reference.translate(ARABIC)}",
        f"status of {reference}",
    ]


async def test_a_status_by_reference_in_any_writing(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    for writing in writings(reference):
        await customer.says(writing)
        assert f"Request {reference}: received, waiting" in customer.told, writing
        await customer.says("/status", writing)
        assert f"Request {reference}: received, waiting" in customer.told, writing
        await customer.says(f"/status {writing}")
        assert f"Request {reference}: received, waiting" in customer.told, writing
    digits = reference.replace("-", "")
    for stuck in (f"/status{reference}", f"/status_{digits}", f"/STATUS{reference.translate(ARABIC)}"):
        await customer.says("/menu", stuck)
        assert customer.told.startswith(f"Request {reference}: received, waiting"), stuck
    await customer.says("/status_of_it")
    assert "We do not know this command" in customer.told


async def test_a_mistyped_reference_is_called_mistyped(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    last = (int(reference[-1]) + 1) % 10
    for wrong in (f"{reference[:-1]}{last}", reference[:-1], f"{reference}0"):
        for messages in ((wrong,), ("/status", wrong), (f"/status {wrong}",)):
            await customer.says(*messages)
            assert "typing mistake" in customer.told
    await customer.says("/status", "12")
    assert "has eight digits" in customer.told


async def test_several_references_are_answered_together(sqlite_url: str, tmp_path: Path) -> None:
    """What is mistyped or somebody else's among them is named."""
    async with world(sqlite_url, tmp_path) as desk:
        customer, other = chat(desk), chat(desk)
        first, second = await customer.files(), await customer.files("The invoice is wrong by one half")
        bare, theirs = first.replace("-", ""), await other.files()
        for asked in (
            *(f"{first} {second}", f"{bare} {second.replace('-', '')}", f"{first}، {second}"),
            *(f"{first} {second.replace('-', ' ')}", f"{first} {second}".replace("-", " ")),
        ):
            for messages in (
                (f"/status {asked}",),
                ("/status", asked),
                (f"status {asked}",),
                ("/start", asked),
            ):
                await customer.says(*messages)
                assert [button for button in customer.buttons if "-" in button] == [first, second]
                assert f"{first} · received, waiting" in customer.told
        wrong = f"{first[:-1]}{(int(first[-1]) + 1) % 10}"
        await customer.says(f"/status {first} {theirs} {wrong}")
        assert f"a typing mistake in the number {wrong}." in customer.told
        assert f"no request of yours with the number {theirs}." in customer.told
        assert f"Request {first}: received, waiting" in customer.told
        for asked in (f"{first} {first}", f"{first} please"):
            await customer.says(f"/status {asked}")
            assert f"Request {first}: received, waiting" in customer.told
        await customer.says("/status", f"{theirs} {wrong}")
        assert f"a typing mistake in the number {wrong}." in customer.told
        assert f"no request of yours with the number {theirs}." in customer.told
        assert "new" in customer.keys
        await customer.says("/status " + " ".join(f"1{n:02}0-0000" for n in range(100)))
        assert len(customer.heard) <= 3, "one message asks for no flood"


async def test_somebody_elses_is_answered_exactly_as_one_that_does_not_exist(desk: World) -> None:
    owner, stranger = chat(desk), chat(desk)
    theirs = await owner.files()
    nobodys = _unused(theirs)
    await stranger.says("/start")
    for ask in (lambda ref: [ref], lambda ref: ["/status", ref], lambda ref: [f"/status {ref}"]):
        assert await _answer(stranger, ask(theirs)) == await _answer(stranger, ask(nobodys))
    assert "no request of yours" in stranger.told
    await stranger.says(f"I was told to write about {theirs}, it does not work")
    assert "already filled in" in stranger.told
    assert "I was told" not in await desk.thread(theirs)


async def _answer(customer: Chat, messages: list[str]) -> list[tuple[str, list[list[str]]]]:
    """All that came, to the byte; only the turns of the buttons differ from message to message."""
    await customer.says(*messages)
    fresh = [message for message in customer.person.chat[customer.seen :] if message.from_bot]
    return [
        (message.text, [[f"{b.text}|{b.data.partition(':')[2]}" for b in row] for row in message.buttons])
        for message in fresh
    ]


def _unused(reference: str) -> str:
    digits = reference.replace("-", "")
    stems = (f"{int(digits[:-1]) + step}{check}" for step in range(1, 50) for check in range(10))
    return references.show(next(digits for digits in stems if references.is_valid(digits)))


async def test_a_forged_button_shows_nothing_of_others(desk: World) -> None:
    owner, stranger = chat(desk), chat(desk)
    theirs = (await owner.files()).replace("-", "")
    await stranger.files()
    await stranger.says("/tickets")
    turn = stranger.last.buttons[0][0].data.partition(":")[0]
    for data in (
        f"{turn}:{theirs}",
        f"0:solved.{theirs}.0",
        f"0:solved.{theirs}.1",
        f"{turn}:older",
        "x",
        "",
    ):
        await stranger.person.presses_data(stranger.last, data)
        await desk.settles()
        assert theirs not in "".join(
            ascii_digits(message.text).replace("-", "") for message in stranger.person.chat
        )
    await stranger.person.sees_toast("earlier question")


async def test_a_status_tells_the_state_the_time_and_the_last_words(desk: World) -> None:
    customer, agent = chat(desk), await desk.agent()
    reference = await customer.files("The printer of the second floor prints only blank pages since Monday")
    desk.clock.goes(hours=3)
    await customer.says(reference)
    assert "3 hours ago" in customer.told
    assert "Your last words:\nThe printer of the second floor" in customer.told
    await agent.clicks("claim", await desk.card(reference))
    await agent.writes(await desk.card(reference), "Please change its cartridge")
    await desk.settles()
    await customer.says(reference)
    assert "being worked on" in customer.told
    assert "The last words from us:\nPlease change its cartridge" in customer.told
    await resolved(desk, customer, reference)
    await customer.says("/status", reference)
    assert "resolved, waiting for your word" in customer.told
    assert customer.keys[:2] == ["solved", "unsolved"]


async def test_words_at_a_status_go_to_that_request(desk: World) -> None:
    customer = chat(desk)
    first, second = await customer.files(), await customer.files("The app is slow since the last update")
    await customer.says(first)
    status = customer.last
    await customer.says("It works only in the evening")
    assert f"Added to your request {first}" in customer.told
    await customer.says("/start")
    await customer.says("And never on Sundays", reply_to=status)
    assert f"Added to your request {first}" in customer.told

    assert "never on Sundays" not in await desk.thread(second)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_twelve_requests_are_listed_page_by_page(desk: World, language: str) -> None:
    customer = chat(desk, language)
    filed = [await customer.files(f"Problem number {n} with the web site of the shop") for n in range(12)]
    await customer.says("/tickets")
    assert _listed(customer, filed) == filed[:6:-1]
    assert "Problem number 11" in customer.told
    assert "newer" not in customer.keys
    await customer.presses("older")
    assert _listed(customer, filed) == filed[6:1:-1]
    await customer.says("ещё")
    assert _listed(customer, filed) == [filed[1], filed[0]]
    assert "older" not in customer.keys
    await customer.presses("newer")
    assert _listed(customer, filed) == filed[6:1:-1]
    await customer.says("2")
    assert f"{filed[5]}" in customer.told
    assert "Problem number 5" in customer.told
    await customer.presses("list")
    assert _listed(customer, filed) == filed[:6:-1]


def _listed(customer: Chat, filed: list[str]) -> list[str]:
    shown = ascii_digits(customer.told)
    return sorted((one for one in filed if one in shown), key=shown.index)


async def test_words_at_the_list_are_words(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.says("/tickets", "It is still slow")

    assert f"Added to your request {reference}" in customer.told


async def test_an_open_status_that_is_outdated_is_shown_anew(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    await customer.says(reference)
    status = customer.last
    await customer.presses("solved", solution)
    await customer.presses("skip")
    await customer.presses("skip")
    await customer.says(reference)
    assert "closed" in customer.told
    await customer.presses("solved", status)
    await customer.person.sees_toast("earlier question")


async def test_words_that_have_not_reached_the_customer_are_not_shown(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.says(agent, "a slip that will be taken back")
        await desk.tells(case.customer, f"/status {case.reference}")

        assert "a slip" not in case.customer.last.text
        assert "Your last words" in case.customer.last.text


async def test_a_solution_without_words_is_no_file(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "Resolve", "")
    await desk.tells(case.customer, f"/status {case.reference}")

    assert "a file without words" not in case.customer.last.text


async def test_until_a_solution_has_gone_out_its_customer_sees_the_ticket_being_worked_on(
    database_url: str, tmp_path: Path
) -> None:
    """No answer is offered to what was not asked, and a press that comes all the same tells the status."""
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent = await a_case(desk), await desk.agent()
        customer, digits = Chat(desk, case.customer), case.reference.replace("-", "")
        worked_on = f"Request {case.reference}: being worked on."
        await case.clicks(agent, "claim")
        await customer.says(f"/status {case.reference}")
        before = customer.last

        await case.answers(agent, "resolve", "It was the fuse")
        await customer.says("/tickets")
        assert f"{case.reference} · being worked on" in customer.told
        await customer.says(f"/status {case.reference}")
        assert worked_on in customer.told
        assert customer.keys == ["list", "menu"]
        for answer in ("solved", "unsolved"):
            await _forges(customer, f"0:{answer}.{digits}.1")
            assert len(customer.heard) == 1
            assert worked_on in customer.told
        await customer.presses("unneeded", before)
        await customer.presses("menu")
        assert (await case.facts())[-1] == "resolved agent:U0AGENT"

        await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
        await desk.passes(seconds=31)
        assert "Open" in (await case.card()).text
        assert not case.reached("fuse")

        await case.answers(agent, "resolve", "It was the cable")
        await desk.passes(seconds=31)
        await customer.says(f"/status {case.reference}")
        assert f"Request {case.reference}: resolved, waiting for your word." in customer.told
        assert customer.keys[:2] == ["solved", "unsolved"]
        await customer.presses("solved")
        assert f"Your request {case.reference} is closed." in customer.told
        assert case.reached("Is the problem solved?") == 1


async def test_what_is_answered_in_words_is_the_only_solution_that_its_customer_has(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        customer, agent = chat(desk), await desk.agent()
        told = Case(desk, customer.person, await customer.files())
        waits = Case(desk, customer.person, await customer.files("The printer prints only blank pages"))
        for case in (told, waits):
            await case.clicks(agent, "claim")
        await told.answers(agent, "resolve", "It was the fuse")
        await desk.passes(seconds=31)
        await waits.answers(agent, "resolve", "It was the ink")

        await customer.says("solved")

        assert f"Your request {told.reference} is closed." in customer.told
        assert (await waits.facts())[-1] == "resolved agent:U0AGENT"


async def test_older_questions_are_no_answers_to_a_solution_that_its_customer_has_not_got(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent = await a_case(desk), await desk.agent()
        customer = Chat(desk, case.customer)
        await case.clicks(agent, "claim")
        await case.answers(agent, "resolve", "It was the fuse")
        await desk.passes(seconds=31)
        await customer.says("It blinks")
        assert customer.keys == ["yes", "no"]
        await case.clicks(agent, "reopen")
        await case.answers(agent, "resolve", "It was the lamp")
        await customer.presses("no")
        await customer.person.sees_toast("earlier question")
        assert "Is the problem solved?" not in customer.told

        await desk.passes(seconds=31)
        await customer.says(f"/status {case.reference}")
        answerable = customer.last
        await case.clicks(agent, "reopen")
        await case.answers(agent, "resolve", "It was the plug")
        await customer.presses("unsolved", answerable)
        assert f"Request {case.reference}: being worked on." in customer.told
        assert (await case.facts())[-1] == "resolved agent:U0AGENT"


async def _forges(customer: Chat, data: str) -> None:
    customer.seen = len(customer.person.chat)
    await customer.person.presses_data(customer.last, data)
    await customer.world.settles()
