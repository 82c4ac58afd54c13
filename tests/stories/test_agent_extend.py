"""An agent announces a later time: told before it takes effect, and taking nothing back that was late."""

from datetime import datetime
from pathlib import Path

from bot.playground.slack import Agent
from tests.customer_kit import chat
from tests.desk_kit import Case, bare
from tests.kit import World, world
from tests.stories.conftest import monday
from tests.time_kit import EXTENDING, at, files, happened, promising

PROMISE = """
[[targets]]
what = "resolution"
within = "8 business hours"
clause = "CAP-7"
"""

MEANWHILE = "somebody else has changed this since you opened the window"


def seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))


async def a_late_case(world: World, language: str = "en") -> Case:
    customer, reference = await files(world, language=language)
    return Case(world, customer.person, reference)


def dialog_errors(agent: Agent) -> dict[str, str]:
    assert agent.dialog
    return agent.dialog.errors


async def test_a_new_time_holds_from_when_the_customer_was_told(database_url: str, tmp_path: Path) -> None:
    """CAP-8: the user is told the new expected time, with its reason; rule 6: it takes effect when told."""
    async with promising(database_url, tmp_path, PROMISE + EXTENDING) as desk:
        case, agent = await a_late_case(desk, "ru"), await desk.agent()
        await case.clicks(agent, "claim")

        dialog = await case.opens(agent, "extend")
        assert "Further communication is needed" in dialog.text
        assert dialog.fields["target"].picks == {"resolution": "Resolution"}
        await case.sends(agent, "Нужен журнал.", until=seconds(at(1, 9)))
        assert dialog_errors(agent) == {"until": "This moment has passed."}
        await case.sends(agent, "Нужен журнал.", until=seconds(at(2, 9)))
        assert "It must be later than what was promised: Monday, 2 November, 10:00" in bare(
            dialog_errors(agent)["until"]
        )
        await case.sends(agent, "  ", until=seconds(at(3, 12)))
        assert dialog_errors(agent) == {"text": "Please write a few words."}
        await case.sends(agent, "Нужен журнал.", until=seconds(at(3, 12)))

        told = bare((await case.customer.sees("Нужен журнал.")).text)
        assert "Требуется дополнительное общение" in told
        assert "до вторника, 3 ноября, 12:00" in told
        assert "@U0AGENT announces a new time (Resolution): " in bare(await case.thread())
        assert "(as announced to the customer)" in (await case.card()).text
        await desk.passes(days=1, hours=12)
        assert await happened(desk, case.reference, "breached") == []
        await desk.passes(days=1)
        assert await happened(desk, case.reference, "extended", "breached") == [
            ("extended", "resolution"),
            ("breached", "resolution"),
        ]


async def test_after_a_breach_a_new_time_informs_and_erases_nothing(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-8, rule 6: it never erases a breach; nor does one whose message reached nobody hold."""
    async with promising(database_url, tmp_path, PROMISE + EXTENDING) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await desk.passes(days=1, hours=1)
        assert "Resolution: overdue since " in (await case.card()).text

        await case.answers(agent, "extend", "The log is missing.", until=seconds(at(4, 12)))

        assert "by Wednesday, 4 November, 12:00" in bare(
            (await case.customer.sees("The log is missing.")).text
        )
        overdue = "Resolution: overdue since Monday, 2 November, 10:00"
        assert f"{overdue}; announced for Wednesday, 4 November, 12:00" in bare((await case.card()).text)
        await customer.says(reference)
        assert "has passed, and we apologise" in customer.told
        assert "You can now expect a solution by Wednesday 12:00 (Riyadh time)." in customer.told
        await desk.passes(days=3)
        await customer.says(reference)
        assert "has passed, and we apologise" in customer.told
        assert "You can now expect" not in customer.told
        assert await happened(desk, case.reference, "extended", "breached") == [
            ("breached", "resolution"),
            ("extended", "resolution"),
        ]


async def test_of_two_who_announce_a_time_the_second_gets_their_words_back(
    database_url: str, tmp_path: Path
) -> None:
    async with promising(database_url, tmp_path, PROMISE + EXTENDING) as desk:
        case, agent = await a_late_case(desk), await desk.agent()
        supervisor = await desk.agent("U0SUPER")
        await case.clicks(agent, "claim")
        await case.opens(agent, "extend")

        await case.answers(supervisor, "extend", "Wednesday will do.", until=seconds(at(4, 12)))
        await case.sends(agent, "Careful words", until=seconds(at(3, 12)))

        assert agent.dialog
        assert MEANWHILE in agent.dialog.text
        assert "Careful words" in agent.dialog.text
        assert not case.reached("Careful words")


async def test_cap_8_a_time_may_be_announced_before_any_was_promised(sqlite_url: str, tmp_path: Path) -> None:
    """CAP-7: until the complexity is set the customer knows of no time for a solution."""
    async with world(sqlite_url, tmp_path, policy="captain-mama", clock=monday()) as desk:
        customer, agent = chat(desk), await desk.agent()
        await customer.says("/new", "access", "none", "me@mail.com", "The lesson does not open", "send")
        case = Case(desk, customer.person, customer.reference)
        await case.clicks(agent, "claim")
        await case.answers(agent, "extend", "The log is missing.", until=seconds(at(30, 12)))

        assert case.reached("You can now expect a solution by Monday, 30 November, 12:00") == 1
