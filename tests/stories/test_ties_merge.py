"""Two tickets about the same become one: the one that stays has everything, and everything finds it."""

from pathlib import Path

import pytest

from handlers.ties import merging
from tests.customer_kit import Chat
from tests.desk_kit import Case, bare, beside
from tests.kit import BILLING, SUPPORT, World, reference_in, world

SECOND = "The site is still down, here is a picture of what I see on it"


async def two_of_one(desk: World) -> tuple[Chat, Case, Case]:
    """A customer who has filed the same twice."""
    chat = Chat(desk, desk.customer("en", name="customer"))
    first = Case(desk, chat.person, await chat.files())
    second = Case(desk, chat.person, await chat.files(SECOND))
    await desk.settles()
    return chat, first, second


async def test_a_duplicate_goes_on_with_the_one_that_stays(desk: World) -> None:
    _chat, first, second = await two_of_one(desk)
    agent = await desk.agent()
    await second.says(agent, ";; same as before")
    await second.clicks(agent, "claim")
    assert "New" in (await first.card()).text

    dialog = await second.opens(agent, "merge")
    (offered,) = dialog.fields["into"].picks.values()
    assert bare(offered).startswith(f"{first.reference} · Technical problem · ")
    await second.sends(agent, reference=first.reference)

    gone, stays = bare((await second.card()).text), bare((await first.card()).text)
    assert gone.splitlines()[0] == f"{second.reference} · Merged"
    assert f"Merged into: {first.reference}" in gone
    assert (await second.card()).buttons == ["Note"], "what was merged is never opened again"
    assert f"Merged with this: {second.reference}" in stays
    thread = bare(await first.thread())
    assert f"@U0AGENT merged the ticket {second.reference} into this one." in thread
    assert SECOND in thread
    assert "same as before" in thread
    assert first.reached(f"both go on as {first.reference}") == 1
    assert (await second.facts())[-1] == "merged agent:U0AGENT"
    assert "absorbed agent:U0AGENT" in await first.facts()
    assert "Claimed by: @U0AGENT" in stays, "whoever worked on it goes on, as nobody had the other"
    assert "Claimed by @U0AGENT." in thread


async def test_whatever_is_said_about_the_duplicate_reaches_the_one_that_stays(desk: World) -> None:
    chat, first, second = await two_of_one(desk)
    receipt = chat.last
    mine = next(message for message in chat.person.chat if message.text == SECOND)
    agent = await desk.agent()
    await first.clicks(agent, "claim")
    await second.answers(agent, "merge", reference=first.reference)

    await chat.says("It is worse now", reply_to=receipt)
    assert f"Added to your request {first.reference}" in chat.told
    await chat.says(f"For {second.reference}: it says error 500")
    assert f"Added to your request {first.reference}" in chat.told
    await chat.edits(mine, f"{SECOND}, and it is red")
    await chat.replaces(mine, "document", name="screen.pdf")
    [post] = [reply for reply in (await first.card()).thread if reply.raw.get("files")]
    assert [file["name"] for file in post.raw["files"]] == ["screen.pdf"]
    thread = await first.thread()
    for words in ("It is worse now", "it says error 500", "and it is red"):
        assert words in thread
    assert "error 500" not in await second.thread()

    await chat.says(second.reference)
    assert f"Your request {second.reference} goes on together with this one" in chat.told
    assert f"Request {first.reference}: being worked on" in chat.told
    await chat.says("/tickets")
    assert f"{second.reference} · goes on as another request" in chat.told

    await second.says(agent, "Said in the thread of the duplicate")
    await second.learns(agent, "the ticket was merged into another one")
    assert not second.reached("Said in the thread of the duplicate")


async def test_only_tickets_of_one_customer_that_are_under_way_are_merged(desk: World) -> None:
    _chat, first, second = await two_of_one(desk)
    other = Case(desk, desk.customer("ru", name="other"), await desk.files(desk.customer("ru")))
    agent = await desk.agent()

    await other.clicks(agent, "merge")
    await other.learns(agent, "This customer has no other ticket under way")

    await second.opens(agent, "merge")
    await second.sends(agent, reference=other.reference)
    assert "another customer's ticket" in beside(agent, "reference")
    await second.sends(agent, reference=first.reference[:-1] + str((int(first.reference[-1]) + 1) % 10))
    assert "typing mistake" in beside(agent, "reference")
    await second.sends(agent, reference=second.reference)
    assert "this very ticket" in beside(agent, "reference")
    await second.sends(agent, reference="")
    assert "choose a ticket" in beside(agent, "reference")
    await agent.dismisses()

    await first.clicks(agent, "claim")
    await first.answers(agent, "resolve", "Done")
    await second.clicks(agent, "merge")
    await second.learns(agent, "This customer has no other ticket under way")
    assert "Merged" not in bare((await second.card()).text)


async def test_nobody_merges_what_they_may_not_act_on_or_what_has_changed(desk: World) -> None:
    """A ticket of a queue whose channel somebody is not in is for them as good as none."""
    chat, first, _second = await two_of_one(desk)
    await desk.tells(chat.person, "/new", "billing", "skip", "I was charged twice for one order", "normal")
    await chat.says("skip", "send")
    billed = Case(desk, chat.person, reference_in(chat.told), BILLING)
    agent, both = await desk.agent(), await desk.agent("U0BOTH", "both", joins=(SUPPORT, BILLING))

    dialog = await first.opens(agent, "merge")
    assert not any(billed.reference in bare(title) for title in dialog.fields["into"].picks.values())
    await first.sends(agent, reference=billed.reference)
    assert "no ticket with this number that you can act on" in beside(agent, "reference")

    await first.clicks(both, "claim")
    await first.sends(agent, reference=billed.reference)
    assert agent.dialog
    assert "in somebody else's hands now" in agent.dialog.text

    await first.answers(both, "merge", reference=billed.reference)
    assert "I was charged twice" in await billed.thread()
    assert "The site has been down" in await billed.thread()


async def test_one_of_more_tickets_than_are_listed_is_named_by_its_number(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST", 1)
    async with world(sqlite_url, tmp_path) as desk:
        _chat, first, second = await two_of_one(desk)
        agent = await desk.agent()

        dialog = await second.opens(agent, "merge")
        assert "Not all of them are listed. For another one, please write its number." in dialog.text
        assert list(dialog.fields) == ["reference"]
        await second.sends(agent, reference=first.reference)

        assert f"Merged into: {first.reference}" in bare((await second.card()).text)
