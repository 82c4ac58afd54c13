"""The history of a ticket to which everything happened: nothing that was said on it is missing from it."""

import re
from pathlib import Path

from bot.playground.slack import Agent
from handlers.views.events import LABELS
from storage import Tx, tickets
from tests.customer_kit import Chat, nothing_is_parked
from tests.desk_kit import Case, a_desk, bare
from tests.kit import BILLING, SUPPORT, World, world
from tests.stories.test_ties_incident import presses, sees_incident
from tests.stories.test_ties_redact import redacts

ROLES = 'reviewers = ["U0REVIEW"]\n[remote]\ntools = ["TeamViewer"]\n'


async def reads_all(case: Case, agent: Agent) -> str:
    """Every page of it, the oldest first."""
    await agent.gives("/ticket", case.reference)
    await case.world.settles()
    await agent.clicks("history", agent.whispers[-1])
    await case.world.settles()
    pages: list[str] = []
    while True:
        assert agent.dialog, [told.text for told in agent.whispers[-2:]]
        pages.insert(0, bare(agent.dialog.text))
        if "Previous page" not in agent.dialog.buttons:
            await agent.dismisses()
            return "\n".join(pages)
        await agent.clicks("Previous page", agent.dialog)
        await case.world.settles()


async def happened(case: Case) -> list[str]:
    """The kind of each fact, in order."""

    def look(tx: Tx) -> list[str]:
        ticket = tickets.find(tx, case.reference.replace("-", ""))
        assert ticket
        return [fact.kind for fact in tickets.history(tx, ticket.id)]

    return await case.world.app.store.read(look)


async def does_much(case: Case, chat: Chat, agent: Agent, other: Agent, second: str) -> None:
    """All that two agents can do to a ticket that goes on."""
    await case.clicks(agent, "claim")
    await case.says(agent, ";; W-NOTE")
    reply = await case.says(agent, "W-REPLY")
    await agent.edits(reply, "W-CORRECTED")
    gone = await case.says(agent, "W-WITHDRAWN")
    await agent.deletes(gone)
    await case.answers(agent, "ask", "W-ASK")
    await chat.says("W-ANSWER", reply_to=chat.last)
    await case.answers(agent, "snooze", "W-SNOOZE")
    await case.clicks(agent, "wake")
    await case.answers(agent, "hold", "W-HOLD")
    await case.clicks(agent, "resume")
    await case.answers(agent, "invite", "W-INVITE", session="123 456 789", tool="0")
    await case.answers(agent, "priority", priority="high")
    await case.answers(agent, "link", reference=second)
    await case.answers(agent, "incident", title="W-INCIDENT")
    await sees_incident(case, agent)
    await presses(case, agent, "tell_all")
    await case.sends(agent, text_en="W-TOLD")
    await sees_incident(case, agent)
    await presses(case, agent, "untie")
    await case.answers(other, "take_over", "W-TAKEN")
    await case.answers(other, "assign", to="U0AGENT")
    await case.clicks(agent, "release")
    await case.clicks(agent, "claim")
    await case.answers(agent, "transfer", "W-TRANSFER", queue="billing")


async def ends(case: Case, chat: Chat, agent: Agent) -> None:
    """Resolved, opened again, resolved, rated."""
    await case.clicks(agent, "claim")
    await case.answers(agent, "decline", "W-DECLINED")
    await case.clicks(agent, "reopen")
    await case.answers(agent, "resolve", "W-SOLUTION")
    await chat.presses("solved")
    await chat.presses("4")
    await chat.says("W-COMMENT")


def count(told: str, kind: str) -> int:
    """How many events of a kind are told."""
    return len(re.findall(rf" · {LABELS[kind]()}(?: · .*)?$", told, re.MULTILINE))


BY_THE_CUSTOMER = ["FIRST", "MENDED", "ANSWER", "COMMENT"]
BY_AGENTS = [
    *("NOTE", "REPLY", "CORRECTED", "WITHDRAWN", "ASK", "SNOOZE", "HOLD", "INVITE", "TOLD", "TAKEN"),
    *("TRANSFER", "DECLINED", "SOLUTION"),
]


async def test_a_ticket_to_which_everything_happened_is_told_on_all_pages(
    database_url: str, tmp_path: Path
) -> None:
    """CMP-9: who did what when, whatever it was, with all words, also of a ticket that was taken over."""
    async with a_desk(database_url, tmp_path, extra=ROLES) as desk:
        chat = Chat(desk, desk.customer("en"))
        case = Case(desk, chat.person, await chat.files("W-FIRST the site has been down since this morning"))
        second = Case(desk, chat.person, await chat.files("W-SECOND it is still down, says my colleague"))
        both, other = await desk.agent(joins=(SUPPORT, BILLING)), await desk.agent("U0OTHER", "other")
        mine = next(message for message in chat.person.chat if message.text.startswith("W-FIRST"))
        await chat.edits(mine, "W-MENDED the site has been down since yesterday")
        await does_much(case, chat, both, other, second.reference)
        there = Case(desk, chat.person, case.reference, BILLING)
        await second.answers(both, "merge", reference=case.reference)
        await ends(there, chat, both)

        told = await reads_all(case, both)

        done = await happened(case)
        assert {kind: count(told, kind) for kind in done} == {kind: done.count(kind) for kind in done}
        said = {word: told.count(f"W-{word}") for word in BY_THE_CUSTOMER + BY_AGENTS}
        assert said == dict.fromkeys(said, 1)
        assert sorted(BY_THE_CUSTOMER, key=told.index) == BY_THE_CUSTOMER
        assert f"another ticket merged into it · {second.reference}" in told
        assert f"linked to another ticket · {second.reference}" in told
        assert "W-SECOND" not in told
        absorbed = await reads_all(second, other)
        assert f"merged into another ticket · {case.reference}" in absorbed
        assert "W-SECOND" in absorbed
        assert await nothing_is_parked(desk)


async def test_the_request_itself_is_read_with_its_files_by_who_is_in_no_channel(
    database_url: str, tmp_path: Path
) -> None:
    """CMP-9: a reviewer reads what was filed, in as many messages as it took, and where it was redacted."""
    async with world(database_url, tmp_path, extra=ROLES) as desk:
        chat = Chat(desk, desk.customer("en"))
        await chat.says("/new", "technical", "website", "W-FIRST the site is down", "W-SECOND since noon")
        await chat.sends("document", name="screen.pdf")
        await chat.says("normal", "skip", "send")
        case = Case(desk, chat.person, chat.reference)
        await chat.says("W-THIRD and so is the shop")
        reviewer = desk.slack.agent("U0REVIEW", "reviewer", channels=())

        told = await reads_all(case, reviewer)

        filed = r"Customer · request filed\nW-FIRST the site is down\n"
        assert re.search(
            rf"{filed}.* message\nW-SECOND since noon\n.* message\nDocument: screen\.pdf\n", told
        )
        assert told.index("screen.pdf") < told.index("W-THIRD")
        above = await desk.agent("U0SUPER", "supervisor")
        for beginning in ("W-FIRST", "W-THIRD"):
            await redacts(case, above, beginning, chat="leave")
            await above.dismisses()
        told = await reads_all(case, reviewer)
        assert "Customer · request filed\n[redacted]\n" in told
        assert told.count("[redacted]") == 2
        assert "W-SECOND since noon" in told


async def test_what_an_agent_filed_for_a_customer_is_read_in_it(desk: World) -> None:
    chat = Chat(desk, desk.customer("en", name="customer"))
    await chat.says("/start")
    above = await desk.agent("U0SUPER", "supervisor", joins=(BILLING,))
    await above.uses("file_ticket")
    await desk.settles()
    await above.submits({"customer": "customer", "category": "billing"})
    await desk.settles()
    await above.submits({"text": "W-FILED on the phone", "priority": "low"})
    await desk.settles()
    await above.dismisses()

    told = await reads_all(Case(desk, chat.person, chat.reference, BILLING), above)

    assert "@U0SUPER · request filed\nW-FILED on the phone\n" in told
