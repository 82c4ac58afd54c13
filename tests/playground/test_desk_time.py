"""Desk time at the demo's page: every policy has its week, and what is due comes when time is moved."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import policies
from tests.playground.visitor import ARABIC, Json, Visitor, desk_said, phone, visiting

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def mother() -> AsyncIterator[Visitor]:
    """A visitor of Captain Mama's desk, where a request was just filed in Arabic."""
    async with visiting("captain-mama") as visitor:
        await visitor.runs()
        await visitor.tells(
            ARABIC, "/new", "access", "none", "mother@example.org", "لا يفتح الدرس الأول", "send"
        )
        await visitor.sees(desk_said)
        yield visitor


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def posted(post: Json) -> datetime:
    return datetime.fromtimestamp(float(post["ts"]), UTC)


def halts(shown: Json) -> list[datetime]:
    return [moment(halt["at"]) for halt in shown["time"]["walk"]["halts"]]


async def test_every_policy_has_a_desk_with_its_people_and_its_week() -> None:
    async with visiting() as visitor:
        for name in policies.names():
            policy = policies.shipped(name)
            await visitor.does({"on": "fresh", "policy": name, "language": "en"})
            shown = await visitor.runs()

            assert shown["policy"] == name
            assert [one["name"] for one in shown["slack"]["channels"]] == [
                *(one.key for one in policy.queues),
                "fallback",
            ]
            superiors = [level.title.in_("en") for level in policy.levels]
            assert [one["name"] for one in shown["slack"]["agents"]] == ["Agent A", "Agent B", *superiors]
            published = policy.calendar.timezone if policy.calendar else "Asia/Riyadh"
            assert (shown["time"]["zone"], shown["time"]["ahead"]) == (published, 0)
            assert moment(shown["time"]["opening"]) > datetime.now(UTC)


async def test_time_goes_from_one_due_moment_to_the_next(mother: Visitor) -> None:
    """Captain Mama's desk is reminded of the first answer before it is due, and hears when it is overdue."""
    for _ in range(4):  # working days: the first answer is due after 24 hours of them
        shown = await mother.walks("working_day")

    reminded, overdue = (
        next(post for post in desk_said(shown) if words in post["text"])
        for words in ("The first answer is due", "The first answer is overdue")
    )
    card = desk_said(shown)[0]
    assert posted(card) < posted(reminded) < posted(overdue)
    assert shown["time"]["ahead"] > timedelta(days=3).total_seconds()


async def test_each_thing_happens_at_its_own_moment_and_desk_time_outlives_the_bot(mother: Visitor) -> None:
    """Also the platforms go by desk time, so a long walk looks as if nobody had been in a hurry."""
    shown = await mother.walks("due")
    last = halts(shown)[-1]
    told = [posted(post) for post in desk_said(shown)]
    await mother.tells(ARABIC, "شكرًا على الرد")
    written = moment(phone(mother.demo.seen(), ARABIC)["messages"][-1]["at"])

    assert last == moment(shown["time"]["walk"]["goal"])
    assert any(last <= at < last + A_MINUTE for at in told)
    assert last < written < last + A_MINUTE

    await mother.does({"on": "bot", "do": "kill"})
    status, told_off = await mother.does({"on": "time", "to": "hour"})
    assert (status, "not running" in told_off["error"]) == (409, True)
    await mother.does({"on": "bot", "do": "start"})
    await mother.tells(ARABIC, "/status")
    later = await mother.walks("hour")

    assert later["time"]["ahead"] == pytest.approx(shown["time"]["ahead"] + 3600, abs=60)


async def test_nobody_walks_two_ways_at_once_and_a_walk_can_be_stopped(mother: Visitor) -> None:
    mother.demo.stage.slack.faults.delay_events(2)  # what was said before is waited for
    wonders = {"do": "writes", "channel": "C0QUEUE1", "text": "is it late?"}
    await mother.does({"on": "desk", "who": "U0AGENTA", "act": wonders})
    await mother.does({"on": "time", "to": "day"})
    status, told = await mother.does({"on": "time", "to": "hour"})
    await mother.does({"on": "time", "to": "here"})
    shown = await mother.sees(lambda shown: not shown["time"]["walk"]["going"])

    assert (status, told["error"]) == (409, "time is moving already")
    assert shown["time"]["ahead"] == 0
