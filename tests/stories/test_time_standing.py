"""What stands whatever happens around it: who waits since when, reopened work, and what was once promised."""

from pathlib import Path

from tests.customer_kit import Chat, chat, gives, resolved
from tests.desk_kit import Case, a_case, bare
from tests.kit import Street, living_in, street
from tests.time_kit import POLICY, at, files, happened, promising

WAITING = """
[[targets]]
what = "next_response"
within = "2 business hours"
"""

SOLUTION = """
[[targets]]
what = "resolution"
within = "8 business hours"
"""

WINDOWS = """
[resolved]
reopen_within = "24 hours"
close_after = "24 hours"
[unanswered]
within = "2 business hours"
then = "offer"
[texts]
solved = {words}
closed = {words}
lapsed = {words}
ended = {ended}
"""


def speaking_of(hours: int) -> str:
    """A policy whose words name its window after a solution."""
    said = f"{{reference}}: {hours} hours."
    words, ended = (
        f'{{ en = "{text}", ar = "{text}", ru = "{text}" }}' for text in (said, f"{said} {{actions}}")
    )
    windows = WINDOWS.format(words=words, ended=ended).replace("24 hours", f"{hours} hours")
    return f"{POLICY}\n{windows}"


def first_answer(within: str) -> str:
    return f'{POLICY}\n[[targets]]\nwhat = "first_response"\nwithin = "{within}"\n'


async def test_the_customer_waits_since_their_first_unanswered_words(
    database_url: str, tmp_path: Path
) -> None:
    """Rule 3: more words neither restart nor multiply it, thanks start nothing, and each wait has its own."""
    async with promising(database_url, tmp_path, WAITING) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await case.says(agent, "Which printer is it?")
        await customer.says("Thank you!")
        await desk.passes(hours=3)
        assert await happened(desk, reference, "breached") == []

        assert "Next response" not in (await case.card()).text
        await customer.says("The one on the second floor")
        assert "Next response: Sunday, 1 November, 15:00" in bare((await case.card()).text)
        await desk.passes(hours=1)
        await customer.says("It is still silent")
        await desk.passes(minutes=59)
        assert await happened(desk, reference, "breached") == []
        await desk.passes(minutes=2)
        assert await happened(desk, reference, "breached") == [("breached", "next_response")]

        await case.says(agent, "We have ordered a part")
        await customer.says("When does it come?")
        await case.says(agent, "Tomorrow")
        await desk.passes(days=1)
        assert await happened(desk, reference, "breached", "met") == [
            ("breached", "next_response"),
            ("met", "next_response"),
            ("met", "next_response"),
        ]


async def test_reopened_work_goes_on_without_the_time_in_which_it_was_resolved(
    database_url: str, tmp_path: Path
) -> None:
    """Rule 7: three hours are used, two days pass, and five are left; what was met does not stay met."""
    async with promising(database_url, tmp_path, SOLUTION) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await desk.passes(hours=3)
        await case.answers(agent, "resolve", "It works again.")
        await desk.passes(days=2)
        await customer.presses("unsolved")

        assert "Resolution: Wednesday, 4 November, 10:00" in bare((await case.card()).text)
        await desk.passes(hours=3, minutes=59)
        await desk.passes(minutes=59)
        assert await happened(desk, reference, "breached", "met") == [("met", "resolution")]
        await desk.passes(hours=19, minutes=5)
        assert await happened(desk, reference, "breached", "met") == [
            ("met", "resolution"),
            ("breached", "resolution"),
        ]


async def test_a_ticket_keeps_the_promise_under_which_it_was_filed(database_url: str, tmp_path: Path) -> None:
    """A policy edited while tickets live holds for those that are filed from then on."""
    async with street(database_url, tmp_path) as place:
        place.clock.becomes(at(1, 10))
        gives(place, first_answer("4 business hours"))
        async with living_in(place) as desk:
            await place.listens()
            customer, old = await files(desk)
        gives(place, first_answer("1 business hour"))
        async with living_in(place) as desk:
            later = chat(desk)
            await later.says("/new", "The printer on the third floor is silent, too", "send")
            new = later.reference
            await desk.passes(hours=2)
            assert await happened(desk, old, "breached") == []
            assert await happened(desk, new, "breached") == [("breached", "first_response")]
            await desk.passes(hours=2, minutes=5)
            assert await happened(desk, old, "breached") == [("breached", "first_response")]
        assert customer.person is not later.person


async def test_words_keep_the_window_of_the_promise_that_a_ticket_was_filed_under(
    database_url: str, tmp_path: Path
) -> None:
    """Whoever reads how long they may reopen is not closed sooner, though the policy was edited since."""
    async with street(database_url, tmp_path) as place:
        place.clock.becomes(at(1, 10))
        gives(place, speaking_of(48))
        async with living_in(place) as desk:
            await place.listens()
            silent, content, asked = [(await files(desk))[0] for _customer in range(3)]
            references = [one.reference for one in (silent, content, asked)]
        gives(place, speaking_of(24))
        async with living_in(place) as desk:
            silent, content, asked = [Chat(desk, one.person) for one in (silent, content, asked)]
            waiting = Case(desk, asked.person, references[2])
            agent = await desk.agent()
            await waiting.clicks(agent, "claim")
            await waiting.answers(agent, "ask", "Which printer is it?")
            for customer, reference in zip((silent, content), references, strict=False):
                solution = await resolved(desk, customer, reference)
                assert f"{reference}: 48 hours." in bare(solution.text)
            await content.presses("solved")
            assert f"{references[1]}: 48 hours." in content.heard

            await desk.passes(hours=30)
            assert await happened(desk, references[0], "lapsed") == []
            await waiting.answers(await desk.agent(), "end", "The log was read.")
            assert waiting.reached(f"{references[2]}: 48 hours. The log was read.") == 1
            silent.seen = len(silent.person.chat)
            await desk.passes(hours=19)
            assert silent.heard[0] == f"{references[0]}: 48 hours."


async def test_a_desk_that_closes_sooner_now_does_so_for_what_was_resolved_before(
    database_url: str, tmp_path: Path
) -> None:
    """The desk's own `close_after`, where the policy is silent: a change holds from the next start on."""
    async with street(database_url, tmp_path, extra=SLOWLY) as place:
        async with living_in(place) as desk:
            await place.listens()
            case, agent = await a_case(desk), await desk.agent()
            await case.clicks(agent, "claim")
            await case.answers(agent, "resolve")
            await desk.ticks()
        writes(place, "60 hours", "10 hours")
        async with living_in(place) as desk:
            await place.listens()
            again = Case(desk, case.customer, case.reference)
            await desk.passes(hours=9)
            assert "Resolved" in (await again.card()).text
            await desk.passes(hours=2)
            assert "Closed" in (await again.card()).text


async def test_a_desk_that_is_to_be_reminded_now_is_also_of_what_was_filed_before(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The desk's own `remind`, where the policy is silent; what was told to be late is not told to be due.

    Nor is anything told that comes before what was told.
    """
    async with street(sqlite_url, tmp_path, extra=f"[defaults]\n{NEVER}\n") as place:
        place.clock.becomes(at(1, 10))
        gives(place, first_answer("2 business hours"))
        async with living_in(place) as desk:
            await place.listens()
            _, late = await files(desk)
            await desk.passes(hours=5)
            _, early = await files(desk)
        writes(place, NEVER, 'remind = ["50%"]')
        async with living_in(place) as desk:
            await desk.passes(hours=1, minutes=5)
            assert await happened(desk, early, "reminded") == [("reminded", "50%")]
            assert "The first answer is due: " in await desk.thread(early)
            assert await happened(desk, late, "reminded", "skipped") == [
                ("reminded", "overdue"),
                ("skipped", "50%"),
            ]
        writes(place, '["50%"]', '["25%", "50%"]')
        async with living_in(place) as desk:
            await desk.ticks()
            assert await happened(desk, early, "reminded", "skipped") == [
                ("reminded", "50%"),
                ("skipped", "25%"),
            ]


NEVER = "remind = []"
SLOWLY = '[defaults]\nclose_after = "60 hours"\n'


def writes(place: Street, written: str, instead: str) -> None:
    """Into the desk file, for the next start."""
    file = Path(place.settings["SANAD_DESK"])
    file.write_text(file.read_text("utf-8").replace(written, instead), "utf-8")
