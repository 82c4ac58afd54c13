"""A typed yes or no answers the question of ours that was asked last, in each language, and nothing else."""

from pathlib import Path

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, bare
from tests.kit import World, world

SAID = {
    "en": ("yes", "Yes, thanks", "no", "ok", "no thanks"),
    "ru": ("да", "да, спасибо", "нет", "давайте", "не надо"),
    "ar": ("نعم", "نعم شكرا", "لا", "تمام", "لا شكرا"),
}
UNFILED = {
    "en": "The printer on the second floor prints nothing but black pages",
    "ru": "Принтер на втором этаже печатает только чёрные страницы",
    "ar": "الطابعة في الطابق الثاني لا تطبع إلا صفحات سوداء",
}


async def ended(desk: World, customer: Chat, verb: str = "resolve") -> Case:
    """A ticket that an agent has just resolved or declined."""
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, verb, "It was the fuse.")
    return case


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0].partition(" · ")[2]


async def test_it_answers_whether_the_problem_is_solved(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        for language, (yes, courteous, no, *_to_offers) in SAID.items():
            for verb, said, becomes in (
                ("resolve", yes, "Closed"),
                ("resolve", courteous, "Closed"),
                ("resolve", no, "Open"),
                ("decline", courteous, "Closed"),
                ("decline", no, "Open"),
            ):
                customer = chat(desk, language)
                case = await ended(desk, customer, verb)
                await customer.says(said)
                assert await state(case) == becomes, (verb, said)
                await customer.says(said)
                assert await state(case) == becomes, "said twice, it is taken as said once"
                assert "The customer wrote:" not in (await case.thread())[1:], said


async def test_it_answers_what_was_asked_last(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case = await ended(desk, customer)
        solution = customer.last
        desk.clock.goes(minutes=1)
        await customer.says("Thanks", "Solved?")
        assert "still there?" in customer.told, "neither thanks nor a question says that it is"
        await customer.says("no, thanks")
        assert customer.told.startswith("Glad to hear it.")
        desk.clock.goes(minutes=1)
        await customer.says("yes")
        assert await state(case) == "Resolved", "more was said since the solution"
        await customer.says("yes", reply_to=solution)
        assert await state(case) == "Closed"
        await customer.says("yes")
        assert "How satisfied" in customer.told, "a yes is no score"

        customer = chat(desk)
        case = await ended(desk, customer)
        desk.clock.goes(minutes=1)
        await customer.says("Thanks", "yes")
        assert await state(case) == "Closed", "the question of the solution was still open"


async def test_it_answers_whether_we_shall_make_a_request_of_something(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        for language, (yes, courteous, no, ok, no_thanks) in SAID.items():
            for said in (yes, courteous, ok):
                customer = chat(desk, language)
                await customer.says(UNFILED[language])
                assert customer.keys == ["file", "no"]
                await customer.says(said)
                assert "technical" in customer.keys, said
            for said in (no, no_thanks):
                customer = chat(desk, language)
                await customer.says(UNFILED[language], said)
                assert "file" not in customer.keys, said

        customer = chat(desk)
        await customer.says(UNFILED["en"])
        asked = customer.told.rpartition("\n\n")[2]
        await customer.says("It is the one by the window")
        assert customer.told == f"We have kept what you sent. Please answer this as well:\n\n{asked}"
        await customer.says("yes", "/menu", "/new")
        assert "on" in customer.keys
        await customer.says("ok")
        assert "technical" in customer.keys, "it is gone on with"
