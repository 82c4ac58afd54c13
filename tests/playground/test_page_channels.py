"""Channels on the playground's page: what an administrator of Slack can do to them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.visitor import ARABIC, Visitor, visiting

Json = dict[str, Any]
CHANNEL, FALLBACK = "C0QUEUE1", "C0FALLBACK"
DONE = (200, {"answered": True})


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with visiting() as somebody:
        yield somebody


async def arranges(visitor: Visitor, do: str, **more: str) -> tuple[int, Json]:
    act = {"do": do, "channel": CHANNEL, **more}
    return await visitor.does({"on": "desk", "who": "U0AGENTA", "act": act})


def channel(visitor: Visitor) -> Json | None:
    return next((one for one in visitor.demo.seen()["slack"]["channels"] if one["id"] == CHANNEL), None)


def posts(shown: Json, of: str) -> list[Json]:
    return next(list(one["messages"]) for one in shown["slack"]["channels"] if one["id"] == of)


async def test_a_channel_is_renamed_archived_left_by_the_bot_and_deleted(visitor: Visitor) -> None:
    await visitor.runs()

    assert await arranges(visitor, "renames", name="help-desk") == DONE
    assert await arranges(visitor, "archives") == DONE
    seen = channel(visitor)
    assert seen
    assert (seen["name"], seen["archived"]) == ("help-desk", True)

    await arranges(visitor, "unarchives")
    await arranges(visitor, "removes_bot")
    seen = channel(visitor)
    assert seen
    assert (seen["archived"], "U0SANAD" in seen["members"]) == (False, False)

    await arranges(visitor, "invites_bot")
    seen = channel(visitor)
    assert seen
    assert "U0SANAD" in seen["members"]

    await arranges(visitor, "removes")
    assert channel(visitor) is None


async def test_where_a_channel_is_archived_its_tickets_go_on_elsewhere(visitor: Visitor) -> None:
    await visitor.runs()
    await arranges(visitor, "archives")

    await visitor.tells(ARABIC, "/new", "question", "كيف أغيّر رقم هاتفي في الحساب؟", "low", "skip", "send")

    shown = await visitor.sees(lambda shown: posts(shown, FALLBACK))
    assert posts(shown, CHANNEL) == []


async def test_a_name_that_slack_would_not_take_is_refused(visitor: Visitor) -> None:
    status, _told = await arranges(visitor, "renames", name="two words")

    assert status == 400
    seen = channel(visitor)
    assert seen
    assert seen["name"] == "support"
