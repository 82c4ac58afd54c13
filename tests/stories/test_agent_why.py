"""Why something is due when it is: in a window of the card, and by `sanad ticket why`, to the second."""

import re
from datetime import datetime
from pathlib import Path

from bot.playground.slack import Agent
from tests.calendar_kit import history
from tests.customer_kit import a_desk_with, chat
from tests.desk_kit import Case, a_case, bare
from tests.kit import KEYS, World
from tests.time_kit import POLICY, RIYADH, at, files
from tests.troubles.command import run_to_end

SECRET = "A secret that the customer wrote"
PAUSING = (
    POLICY.replace("title_asked = false", 'title_asked = false\npauses = ["on_hold"]')
    + """
[[targets]]
what = "resolution"
within = "8 business hours"
clause = "CAP-7"
[extending]
reason = { en = "More is needed", ar = "نحتاج المزيد", ru = "Нужно больше" }
"""
)


async def why(case: Case, agent: Agent) -> str:
    """What the window of the card tells."""
    dialog = await case.opens(agent, "why")
    await agent.dismisses()
    return bare(dialog.text)


async def test_the_account_adds_up_and_names_the_days_that_were_skipped(captain_mama: World) -> None:
    """CAP-6, CAP-7: over a weekend and the feast, by the segments, in the agent's own language."""
    captain_mama.clock.becomes(datetime(2027, 3, 4, 16, tzinfo=RIYADH))
    customer = chat(captain_mama)
    await customer.says("/new", "access", "none", "me@mail.com", SECRET, "send")
    case, agent = Case(captain_mama, customer.person, customer.reference), await captain_mama.agent()

    told = await why(case, agent)
    first, solution = told.split("Resolution\n")
    assert "All times are those of Asia/Riyadh." in first
    assert "Promised: within 24 working hours (CAP-7)" in first
    assert re.search(r"Counted: Thursday, 4 March 2027, 16:00:\d\d to 17:00:00", first)
    assert "Together: 24:00:00" in first
    assert re.search(r"Skipped: Wednesday, 10 March 2027, Eid al-Fitr", first)
    assert re.search(r"Due: Monday, 15 March 2027, 16:00:\d\d", first)
    assert solution.startswith("Assumed by the desk: within 3 working days (CAP-7)\nIt is not promised until")
    assert solution.count("Counted: ") == 3
    assert SECRET not in told
    await agent.gives("/desk", "language русский")
    told = await why(case, agent)
    assert "Обещано: в течение 24 рабочих часов (CAP-7)" in told
    assert "Команда предполагает: в течение 3 рабочих дней (CAP-7)" in told
    assert "Counted" not in told


async def test_pauses_extensions_and_lateness_are_told_with_who_caused_them(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-8, rules 4 and 6; the command tells the same as the window."""
    async with a_desk_with(database_url, tmp_path, PAUSING) as desk:
        desk.clock.becomes(at(1, 10))
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "hold")
        assert "Stands since: Sunday, 1 November 2026, 10:00:" in await why(case, agent)
        assert re.search(r"Left: (7:59:\d\d|8:00:00)", await why(case, agent))
        await desk.passes(hours=2)
        await case.clicks(agent, "resume")
        await case.answers(agent, "extend", "More", until=str(int(at(3, 12).timestamp())))

        told = await why(case, agent)
        assert re.search(
            r"Paused: Sunday, 1 November 2026, 10:00:\d\d to .* which is 2:00:\d\d\. @U0AGENT had", told
        )
        assert "@U0AGENT announced a new time: Tuesday, 3 November 2026, 12:00:00." in told
        assert re.search(r"Without it, it was due: Monday, 2 November 2026, 12:00:\d\d", told)
        assert "Due: Tuesday, 3 November 2026, 12:00:00" in told
        await desk.passes(days=2, hours=1)
        assert re.search(r"Late by 1:00:\d\d", await why(case, agent))

        settings = {
            "DATABASE_URL": database_url,
            "SANAD_KEYS": KEYS,
            "SANAD_POLICY": str(tmp_path / "policy.toml"),
            "SANAD_DESK": str(tmp_path / "desk.toml"),
        }
        code, said = await run_to_end("ticket", "why", reference, settings=settings, folder=tmp_path)
        assert code == 0
        account = told.split("Resolution\n")[1].split("Due: ")[0]
        assert account in said
        _code, said = await run_to_end("ticket", "show", reference, settings=settings, folder=tmp_path)
        assert f"{reference} · Open" in said
        assert "agent:U0AGENT  extended  target=resolution" in said
        assert (await run_to_end("ticket", "why", "12345678", settings=settings, folder=tmp_path))[0] == 1


async def test_what_was_done_in_a_dialog_was_done_when_desk_time_says(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Slack tells no time for a dialog, and the machine's is hours behind a desk that was moved on."""
    promised = '[[targets]]\nwhat = "resolution"\nwithin = "4 hours"\n'
    async with a_desk_with(sqlite_url, tmp_path, POLICY + promised) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await desk.passes(hours=2)
        moment = desk.clock()
        await case.answers(agent, "resolve", "It works again.")

        found = {fact.kind: fact.at for fact in await history(desk, reference)}
        assert moment <= found["resolved"] <= desk.clock()
        assert list(found.values()) == sorted(found.values())
        assert f", {found['resolved'].astimezone(RIYADH):%H:%M:%S}" in await why(case, agent)


async def test_an_announced_moment_that_has_moved_is_not_called_announced(
    sqlite_url: str, tmp_path: Path
) -> None:
    """CAP-8, rule 6: a pause after it was told moves it; the card and the account say so."""
    async with a_desk_with(sqlite_url, tmp_path, PAUSING) as desk:
        desk.clock.becomes(at(1, 10))
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "extend", "More", until=str(int(at(3, 12).timestamp())))
        assert "12:00 (as announced to the customer)" in bare((await case.card()).text)
        await case.answers(agent, "hold")
        await desk.passes(hours=1)
        await case.clicks(agent, "resume")

        told = await why(case, agent)
        assert re.search(r"Paused since it was announced, and made up for: 1:00:0\d\n", told)
        assert "Due: Tuesday, 3 November 2026, 13:00:0" in told
        moved = (
            "Resolution: Tuesday, 3 November, 13:00 (announced to the customer: Tuesday, 3 November, 12:00)"
        )
        assert moved in bare((await case.card()).text)


async def test_where_nothing_is_promised_that_is_said(desk: World, database_url: str, tmp_path: Path) -> None:
    case = await a_case(desk)
    settings = {
        "DATABASE_URL": database_url,
        "SANAD_KEYS": KEYS,
        "SANAD_DESK": str(tmp_path / "desk.toml"),
    }

    code, said = await run_to_end("ticket", "why", case.reference, settings=settings, folder=tmp_path)

    assert (code, said.splitlines()[-1]) == (0, "Nothing is promised for this ticket so far.")
