"""The history of a ticket: in a window, page by page, and as JSON; each reading is on record."""

import json
import re
from pathlib import Path
from random import SystemRandom

from bot.core import facts as kinds
from bot.core import reference
from bot.playground.slack import Agent
from bot.playground.slack.seen import Dialog
from bot.policies import shipped
from handlers import asked
from handlers.views.events import LABELS
from locales import use
from tests.customer_kit import chat
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import KEYS, world
from tests.troubles.command import run_to_end

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[^\"]*")


async def reads(case: Case, agent: Agent, button: str = "history") -> Dialog:
    """Press it in the window that is open, or open the ticket first."""
    if agent.dialog is None:
        await agent.gives("/ticket", case.reference)
        await case.world.settles()
        await agent.clicks(button, agent.whispers[-1])
    else:
        await agent.clicks(button, agent.dialog)
    await case.world.settles()
    return await case.world.slack.until(lambda: agent.dialog)


async def replaces(case: Case, name: str, by: str) -> None:
    """The customer sends a file, and puts another in its place."""
    mine = await case.customer.sends("document", name=name)
    await case.world.settles()
    await case.customer.replaces(mine, "document", name=by)
    await case.world.settles()


async def exports(number: str, database_url: str, folder: Path) -> tuple[int, str]:
    """By the command line, as the operator does."""
    settings = {
        "DATABASE_URL": database_url,
        "SANAD_KEYS": KEYS,
        "SANAD_POLICY": "general",
        "SANAD_DESK": str(folder / "desk.toml"),
    }
    return await run_to_end("ticket", "export", number, settings=settings, folder=folder)


async def exported(number: str, database_url: str, folder: Path) -> str:
    code, said = await exports(number, database_url, folder)
    assert code == 0
    return said


async def test_the_whole_history_is_read_by_those_who_may_and_each_reading_is_on_record(
    database_url: str, tmp_path: Path
) -> None:
    """CMP-9, CAP-10: who did what when, words exactly as written, deliveries, in pages, and as JSON."""
    async with world(database_url, tmp_path, extra='reviewers = ["U0REVIEW"]') as desk:
        reviewer = desk.slack.agent("U0REVIEW", "reviewer")
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.says(agent, ";; *a note* for the desk & <us>", literal=True)
        await case.says(agent, "An answer")
        for number in range(6):
            await desk.tells(case.customer, f"More words {number}")
        await case.answers(agent, "priority", priority="high")
        await replaces(case, "may.pdf", "june.pdf")

        last = await reads(case, reviewer)
        assert re.search(
            r"message\n\W*Document: may\.pdf\n.* message changed\n\W*Document: june", bare(last.text)
        )
        assert "Page 2 of 2" in bare(last.text)
        assert "priority set · Normal → High" in last.text
        assert "More words 5" in last.text
        first = await reads(case, reviewer, "Previous page")
        for told in ("request filed", "@U0AGENT · claimed", "*a note* for the desk & <us>", "An answer"):
            assert told in first.text
        again = await reads(case, agent)
        assert "Read lately by:" in again.text
        assert "@U0REVIEW" in again.text

        taken = json.loads(await exported(case.reference, database_url, tmp_path))
        assert [f"{fact['kind']} {fact['by']}" for fact in taken["facts"]] == await case.facts()
        assert {"An answer", "More words 3"} <= {words["text"] for words in taken["words"]}
        may, june = taken["files"]
        assert (may["name"], may["replaced_by"], june["replaced_by"]) == ("may.pdf", june["id"], None)
        assert any(sent["purpose"] == "reply" for sent in taken["deliveries"])
        assert [(reading["by"], reading["what"]) for reading in taken["readings"]] == [
            ("agent:U0REVIEW", "history"),
            ("agent:U0REVIEW", "history"),
            ("agent:U0AGENT", "history"),
            ("operator", "export"),
        ]
        assert {moment[-6:] for moment in MOMENT.findall(json.dumps(taken))} == {"+00:00"}, "in one spelling"
        unknown = reference.new(SystemRandom())
        assert (await exports(unknown, database_url, tmp_path))[0] == 1


async def test_words_stand_in_it_as_they_were_then_and_a_rating_as_it_was_asked(
    database_url: str, tmp_path: Path
) -> None:
    """CMP-9: each version of changed words, a survey in the reader's language, and no key of ours."""
    async with a_desk(database_url, tmp_path) as desk:
        customer, agent = chat(desk), await desk.agent()
        case = Case(desk, customer.person, await customer.files())
        await case.clicks(agent, "claim")
        mine = await customer.says("The lamp is red")
        await customer.edits(mine, "The lamp is green")
        reply = await case.says(agent, "Turn it off")
        await agent.edits(reply, "Turn it on")
        await desk.settles()
        await case.answers(agent, "resolve", "It was the fuse")
        await customer.presses("solved")
        await customer.presses("4")
        await customer.says("You were quick")

        await agent.gives("/desk", "language ar")
        await desk.settles()
        told = bare((await reads(case, agent)).text)
        told = bare((await reads(case, agent, "الصفحة السابقة")).text) + told
        versions = ("The lamp is red", "The lamp is green", "Turn it off", "Turn it on")
        assert [told.count(version) for version in versions] == [1, 1, 1, 1]
        assert sorted(versions, key=told.index) == list(versions)
        assert "score" not in told
        assert "ما مدى رضاك عن مساعدتنا" in told
        assert told.count("You were quick") == 1

        code, said = await exports(case.reference, database_url, tmp_path)
        assert code == 0
        kept = {words["text"]: words for words in json.loads(said)["words"]}
        assert [one["text"] for one in kept["Turn it on"]["before"]] == ["Turn it off"]
        facts = json.loads(said)["facts"]
        (edited,) = (fact for fact in facts if fact["kind"] == "edited")
        assert edited["data"]["before"] == kept["Turn it on"]["before"][0]["id"]


def test_an_answer_to_a_survey_is_told_in_words_by_the_policy_that_asked_it() -> None:
    osool, general = shipped("osool"), shipped("general")
    with use("ru"):
        assert asked.answered("completed", 1, [osool]) == "Ваш вопрос решён полностью? Да"
        assert asked.answered("completed", 0, [general, osool]) == "Ваш вопрос решён полностью? Нет"
        assert asked.answered("score", 2, [general]).endswith("? 2")
        assert asked.answered("unknown", 2, [general]) == "2"


async def test_nobody_else_reads_it(database_url: str, tmp_path: Path) -> None:
    """What was put before a member is no key for a stranger: the press is checked."""
    async with a_desk(database_url, tmp_path) as desk:
        stranger = desk.slack.agent("U0STRANGER", "stranger")
        case, agent = await a_case(desk), await desk.agent()
        await agent.gives("/ticket", case.reference)
        told = await case.learns(agent, case.reference)

        await stranger.clicks("history", type(told)(told.raw, None))

        await case.learns(stranger, "Nothing was done: this ticket cannot be found.")
        assert stranger.dialog is None


def test_each_kind_of_fact_is_told_in_words() -> None:
    known = {value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str)}

    assert known == LABELS.keys()
    assert all(re.fullmatch(r"[\w ]+", label()) for label in LABELS.values())
