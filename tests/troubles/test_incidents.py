"""Several work on one incident in the same moment: nothing of it is lost sight of."""

import asyncio
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.util import await_only

from handlers.agent import resolving
from handlers.agent.act import Act
from tests.desk_kit import Case, a_case
from tests.kit import world
from tests.stories.test_ties_incident import is_over, presses, sees_incident

DOWN = "The main line is down"


async def test_a_ticket_that_is_tied_while_all_are_resolved_keeps_the_incident_going(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tying is on record before the incident is over, and it is not among those that were resolved."""
    async with world(postgres_url, tmp_path) as desk:
        first, agent, colleague = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER", "other")
        late, beyond = [
            Case(desk, first.customer, await desk.files(first.customer, f"{number} does not work, either"))
            for number in ("The telephone", "The printer")
        ]
        await first.clicks(agent, "claim")
        await first.answers(agent, "incident", title=DOWN)
        picks = (await late.opens(colleague, "incident")).fields["incident"].picks
        incident = next(key for key, title in picks.items() if title == DOWN)
        resolve, resolving_it, tied = resolving.resolve_with, asyncio.Event(), asyncio.Event()

        def takes_its_time(act: Act, text: str, **about: str) -> UUID | None:
            said = resolve(act, text, **about)
            resolving_it.set()
            with suppress(TimeoutError):
                await_only(asyncio.wait_for(tied.wait(), 0.5))
            return said

        async def ties_another() -> None:
            await resolving_it.wait()
            await colleague.submits({"incident": incident, "title": ""})
            tied.set()

        monkeypatch.setattr(resolving, "resolve_with", takes_its_time)
        await sees_incident(first, agent)
        await presses(first, agent, "resolve_all")
        async with asyncio.TaskGroup() as both:
            both.create_task(ties_another())
            both.create_task(first.sends(agent, text_en="The line is up again."))

        assert "Resolved" in (await first.card()).text
        assert "Resolved" not in (await late.card()).text
        assert not await is_over(beyond, agent, DOWN), "there is work on it"
