"""Who holds a ticket without seeing its thread reads in private what stands there, as it stands there."""

from pathlib import Path

import pytest

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, a_desk, acts, bare
from tests.kit import World

PNG = b"\x89PNG\r\n\x1a\n"
UNDO = "[defaults]\nundo_seconds = 30\n"


async def held_outside(desk: World) -> tuple[Case, Chat, Agent]:
    customer = chat(desk)
    case = Case(desk, customer.person, await customer.files())
    other, holder = await desk.agent(), await desk.agent("U0SUPER", "supervisor", joins=())
    await case.answers(other, "assign", to="U0SUPER")
    return case, customer, holder


def telling(holder: Agent, words: str) -> list[Seen]:
    return [one for one in holder.whispers if words in bare(one.text)]


def offering(holder: Agent) -> list[str]:
    """The buttons of the newest private word that hands the verbs."""
    return next(one.buttons for one in reversed(holder.whispers) if "Note" in one.buttons)


async def test_an_album_is_one_private_word_and_one_post_of_files(desk: World) -> None:
    """Whenever its parts come, and however quickly each of them is fetched."""
    case, customer, holder = await held_outside(desk)
    for number in range(3):
        caption = "" if number else "This is how it looks"
        await customer.sends("photo", group="a1", caption=caption, content=PNG + bytes([number]))
    desk.clock.goes(seconds=6)
    await desk.settles()

    [told] = telling(holder, "The customer wrote:")
    assert bare(told.text).count("Photo") == 3
    assert "This is how it looks" in told.text
    assert "Reply" in told.buttons
    [files] = [one.raw["files"] for one in holder.whispers if one.raw.get("files")]
    assert [desk.slack.file(file["id"]) for file in files] == [PNG + bytes([number]) for number in range(3)]

    await customer.sends("photo", group="a1", content=PNG + bytes([3]))
    desk.clock.goes(seconds=6)
    await desk.settles()
    [late] = telling(holder, "The customer sent:")
    assert bare(late.text).count("Photo") == 1, "what comes later than it is waited for comes by itself"
    assert case.reference in bare(late.text)


@pytest.mark.parametrize("verb", ["resolve", "decline", "hold"])
async def test_after_an_undo_the_verbs_of_now_are_handed_again(
    sqlite_url: str, tmp_path: Path, verb: str
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra=UNDO) as desk:
        case, _customer, holder = await held_outside(desk)
        before = offering(holder)
        await acts(holder, verb, telling(holder, case.reference)[-1])
        await desk.settles()
        await case.sends(holder, "It was the certificate.")
        assert offering(holder) != before

        await case.clicks(holder, "Undo", await case.learns(holder, "This goes to the customer in"))

        assert offering(holder) == before
