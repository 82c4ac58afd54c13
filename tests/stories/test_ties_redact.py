"""Words that should not have been written are taken away, and what cannot be reached is named."""

import asyncio
from pathlib import Path

from bot.playground.slack import Agent
from storage import Tx
from storage.schema import files, outbox, words
from tests.customer_kit import Chat
from tests.desk_kit import Case, a_case, a_desk, bare, beside
from tests.kit import BILLING, SUPPORT, World

SECRET = "my password is hunter2"


async def picks(case: Case, agent: Agent, beginning: str) -> str:
    """Open the list and choose what begins so; the confirmation as it reads."""
    dialog = await case.opens(agent, "redact")
    listed = dialog.fields["words"].picks.items()
    (key,) = (key for key, title in listed if beginning in bare(title))
    await case.sends(agent, words=key)
    assert agent.dialog
    return bare(agent.dialog.text)


async def redacts(case: Case, agent: Agent, beginning: str, **how: str) -> str:
    """Redact what begins so; what the agent is told at the end."""
    await picks(case, agent, beginning)
    await case.sends(agent, **how)
    assert agent.dialog, [told.text for told in agent.whispers]
    return bare(agent.dialog.text)


def everywhere(desk: World, chat: Chat) -> str:
    """All that stands in the desk's channels and in the customer's chat now."""
    cards = [*desk.slack.messages(SUPPORT), *desk.slack.messages(BILLING)]
    posts = [one.text for card in cards for one in (card, *card.thread)]
    return bare("\n".join([*posts, *(message.text for message in chat.person.chat)]))


async def test_a_customers_words_are_taken_out_of_store_thread_and_chat(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    agent, other = await desk.agent(), await desk.agent("U0OTHER", "other")
    await case.clicks(agent, "claim")
    mine = await chat.says(f"By the way, {SECRET}")
    assert SECRET in await case.thread()

    await case.clicks(other, "redact")
    await case.learns(other, "is working on this ticket")
    assert SECRET in await picks(case, agent, "By the way")
    await agent.dismisses()
    told = await redacts(case, agent, "By the way", chat="leave")
    assert "The customer's own message in their chat." in told
    assert "exports, and copies of the database" in told
    assert SECRET not in await case.thread()
    assert SECRET in everywhere(desk, chat), "their own message stays where it was left"

    def kept(tx: Tx) -> tuple[int, list[str | None]]:
        rows = tx.connection.execute(words.select().where(words.c.redacted_at.is_not(None))).all()
        left = tx.connection.execute(outbox.select().where(outbox.c.payload.is_not(None))).all()
        return len(rows), [row.purpose for row in left]

    assert await desk.app.store.read(kept) == (1, [])
    assert "@U0AGENT redacted a message of this ticket." in bare(await case.thread())
    assert "redacted agent:U0AGENT" in await case.facts()
    await chat.says(case.reference)
    assert "Your last words:\n(removed)" in chat.told

    await chat.edits(mine, f"Now {SECRET} again")
    assert "[redacted]" in await case.thread()
    again = await case.opens(agent, "redact")
    assert any(SECRET in title for title in again.fields["words"].picks.values()), "it can be redacted anew"


async def test_their_own_message_goes_too_where_telegram_lets_us(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files(f"The site is down and {SECRET} does not work"))
    agent = await desk.agent()
    await case.clicks(agent, "claim")

    told = await redacts(case, agent, "The site", chat="delete")

    assert "own message" not in told
    summary = [message for message in chat.person.chat if SECRET in message.text]
    assert all(message.from_bot for message in summary), "only the summary before filing still shows it"
    assert SECRET not in await case.thread()

    await chat.says(f"Once more, {SECRET}")
    await desk.passes(hours=49)
    await redacts(case, agent, "Once more", chat="delete")
    assert "could be taken out of the customer's chat" in await case.thread()


async def test_an_agents_words_are_deleted_or_replaced_in_the_chat(desk: World) -> None:
    chat = Chat(desk, desk.customer("ru"))
    case = Case(desk, chat.person, await chat.files("Сайт не открывается с самого утра, войти нельзя"))
    agent = await desk.agent()
    await case.clicks(agent, "claim")
    await case.says(agent, f"Wrong window: {SECRET}")
    await case.answers(agent, "reply", f"By dialog: {SECRET}")

    told = await redacts(case, agent, "Wrong window")
    assert "The message of @U0AGENT in the thread: only they can delete it." in told
    assert not case.reached("Wrong window")
    await desk.passes(hours=49)
    await redacts(case, agent, "By dialog")
    assert not case.reached("By dialog")
    assert case.reached("Это сообщение отозвано.") == 1
    assert "By dialog" not in await case.thread()


async def test_what_waits_is_not_sent_and_what_moved_is_told_again(database_url: str, tmp_path: Path) -> None:
    extra = "[defaults]\nundo_seconds = 60\n"
    async with a_desk(database_url, tmp_path, extra=extra) as desk:
        chat = Chat(desk, desk.customer("en"))
        case = Case(desk, chat.person, await chat.files())
        both = await desk.agent("U0BOTH", "both", joins=(SUPPORT, BILLING))
        await case.clicks(both, "claim")
        await case.answers(both, "reply", f"Held: {SECRET}")
        await redacts(case, both, "Held")
        await desk.passes(minutes=5)
        assert not case.reached("Held")

        await chat.says(f"A secret: {SECRET}")
        await chat.says("And something else")
        await case.answers(both, "transfer", queue="billing")
        there = Case(desk, chat.person, case.reference, BILLING)
        await there.clicks(both, "claim")
        assert SECRET in await there.thread()
        await redacts(there, both, "A secret", chat="delete")

        assert SECRET not in everywhere(desk, chat)
        thread = await there.thread()
        assert "[redacted]" in thread
        assert thread.count("And something else") == 1
        assert "The site has been down" in thread


async def test_a_solution_that_is_redacted_before_it_goes_out_has_resolved_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 60\n") as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "resolve", "Wrong window, once more")

        await redacts(case, agent, "Wrong window")

        assert "Open" in (await case.card()).text
        assert "taken_back agent:U0AGENT" in await case.facts()
        desk.clock.goes(seconds=61)
        await desk.settles()
        assert not case.reached("resolved")


async def test_answers_of_the_form_and_files_are_redacted_by_a_supervisor(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    await chat.sends("document", name="passport.pdf", caption="My passport")
    agent, above = await desk.agent(), await desk.agent("U0SUPER", "supervisor")

    await case.clicks(agent, "redact")
    await case.learns(agent, "Only a supervisor, or who has claimed the ticket")
    assert "Where: Website" in bare((await case.card()).text)
    told = await redacts(case, above, "Where")
    assert "the summary there" in told
    assert "Where" not in bare((await case.card()).text)

    told = await redacts(case, above, "My passport", chat="delete")
    assert "Copies of its files at the platforms." in told
    assert "passport" not in everywhere(desk, chat)

    def state(tx: Tx) -> list[str]:
        return [row.state for row in tx.connection.execute(files.select())]

    assert await desk.app.store.read(state) == ["forgotten"]


async def test_a_file_that_was_replaced_is_redacted_in_both_versions_and_an_edit_brings_none_back(
    desk: World,
) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    above = await desk.agent("U0SUPER", "supervisor")
    mine = await chat.sends("document", name="password.txt", caption=SECRET)
    await chat.replaces(mine, "document", name="passwords.txt")
    await redacts(case, above, SECRET, chat="leave")
    await chat.edits(mine, "The right one is attached")
    await chat.replaces(mine, "document", name="manual.txt")

    def states(tx: Tx) -> list[str]:
        return [row.state for row in tx.connection.execute(files.select().order_by(files.c.id))]

    assert await desk.app.store.read(states) == ["forgotten", "forgotten", "kept"]
    thread = bare(await case.thread())
    assert "Before:\n[redacted]\nNow:\nThe right one is attached" in thread
    assert "password" not in everywhere(desk, chat)
    assert "manual.txt" in thread
    assert "stays on record" not in thread.partition("The right one is attached")[2], thread
    [post] = [one for one in (await case.card()).thread if one.raw.get("files")]
    assert [file["name"] for file in post.raw["files"]] == ["manual.txt"]


async def test_words_that_went_in_one_post_are_taken_away_one_by_one(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    agent = await desk.agent()
    await case.clicks(agent, "claim")
    desk.slack.faults.fail("chat.postMessage", retry_after=2)
    await chat.says("First words", "Second words", f"By the way, {SECRET}")
    await asyncio.sleep(2)
    thread = await case.thread()
    assert thread.count("The customer wrote:") == 3, "as filed, refused, waiting behind"
    assert "Second words\nBy the way" in thread

    await redacts(case, agent, "By the way", chat="delete")
    assert SECRET not in everywhere(desk, chat)
    assert "Second words" in await case.thread(), "what went with it is told again"


async def test_albums_and_what_was_filed_for_somebody_are_redacted_too(desk: World) -> None:
    chat = Chat(desk, desk.customer("en", name="customer"))
    await chat.says("/start")
    above = await desk.agent("U0SUPER", "supervisor", joins=(SUPPORT,))
    await above.uses("file_ticket")
    await desk.settles()
    await above.submits({"customer": "customer", "category": "billing"})
    await desk.settles()
    filled = {"text": f"On the phone: {SECRET}", "priority": "low", "contact": "+966 50 000 0009"}
    await above.submits(filled)
    await desk.settles()
    await above.dismisses()
    case = Case(desk, chat.person, chat.reference, BILLING)
    desk.slack.publish(BILLING)
    assert case.reached("On the phone") == 1

    await redacts(case, above, "On the phone")
    assert "On the phone" not in everywhere(desk, chat), "the receipt quoted it"
    await redacts(case, above, "Contact")
    await above.dismisses()
    await above.uses("file_ticket")
    await desk.settles()
    await above.submits({"customer": "+966500000009", "category": "billing"})
    await desk.settles()
    assert "Nobody is known by this" in beside(above, "customer")
    await above.dismisses()

    await chat.sends_album("photo", "photo", caption=f"My card, {SECRET}")
    await redacts(case, above, "My card", chat="delete")
    assert SECRET not in everywhere(desk, chat)

    def waiting(tx: Tx) -> list[str]:
        return [
            row.purpose for row in tx.connection.execute(outbox.select().where(outbox.c.state == "pending"))
        ]

    assert await desk.app.store.read(waiting) == [], "the name of an album is no message to delete"


async def test_what_came_from_a_merged_ticket_is_redacted_from_the_one_that_stays(desk: World) -> None:
    """Whoever holds the one that stays need not hold the other; its words stand in their thread."""
    chat = Chat(desk, desk.customer("en"))
    first = Case(desk, chat.person, await chat.files(f"The site is down and {SECRET} does not work"))
    receipt = chat.last
    second = Case(desk, chat.person, await chat.files("The site is down, once more"))
    agent, other = await desk.agent(), await desk.agent("U0OTHER", "other")
    await first.clicks(agent, "claim")
    await chat.sends("document", name="passport.pdf", reply_to=receipt)
    await first.answers(agent, "reply", "Send us a picture")
    await second.clicks(other, "redact")
    await second.learns(other, "Only a supervisor, or who has claimed the ticket")
    await second.clicks(other, "claim")
    await first.answers(agent, "merge", reference=second.reference)
    assert SECRET in await second.thread()
    assert "passport" in await second.thread()

    listed = (await second.opens(other, "redact")).fields["words"].picks.values()
    assert [bare(title).startswith(f"{first.reference} · ") for title in listed][:3] == [True, True, False]
    await other.dismisses()
    await redacts(second, other, "The site is down and", chat="delete")
    await other.dismisses()
    await redacts(second, other, "(a file", chat="delete")
    await other.dismisses()

    left = everywhere(desk, chat)
    assert "passport" not in left
    assert not [
        post for case in (first, second) for post in (await case.card()).thread if post.raw.get("files")
    ]
    assert not [one for one in chat.person.chat if SECRET in one.text and not one.from_bot]
    threads = bare(await second.thread()), bare(await first.thread())
    assert all(SECRET not in thread for thread in threads)
    assert f"@U0OTHER redacted a message of {first.reference}, which was merged" in threads[0]
    assert "@U0OTHER redacted a message of this ticket." in threads[1]
    assert threads[0].count("Send us a picture") == 1, "what went with it is told again"
    assert (await first.facts())[-1] == "redacted agent:U0OTHER"

    await second.opens(other, "redact")
    await first.clicks(other, "redact")
    await first.learns(other, "is working on this ticket")


async def test_a_redacted_note_cannot_be_sent_after_all(desk: World) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    agent, above = await desk.agent(), await desk.agent("U0SUPER", "supervisor")
    note = await case.says(agent, f"Nobody holds it yet: {SECRET}")
    offered = await case.learns(agent, "nobody has claimed the ticket")
    await case.clicks(agent, "claim")
    heard = len(chat.person.chat)

    await redacts(case, above, "Nobody holds")
    await agent.clicks("send_note", offered)
    await agent.edits(note, f"Changed: {SECRET}")
    await desk.settles()

    await case.learns(agent, "This note can no longer be sent.")
    assert len(chat.person.chat) == heard
    again = await case.opens(above, "redact")
    assert not any(SECRET in title for title in again.fields["words"].picks.values()), "it stays redacted"


async def test_a_comment_on_a_rating_is_deleted_in_the_chat_as_other_words_are(desk: World) -> None:
    customer, agent = Chat(desk, desk.customer("en")), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It was the fuse")
    await customer.presses("solved")
    await customer.presses("5")
    await customer.says(f"Thank you, {SECRET}")
    above = await desk.agent("U0SUPER", "supervisor")

    await redacts(case, above, "Thank you", chat="delete")

    assert SECRET not in everywhere(desk, customer)


async def test_who_waits_to_be_handed_a_ticket_in_private_gets_it_without_the_redacted_words(
    desk: World,
) -> None:
    chat = Chat(desk, desk.customer("en"))
    case = Case(desk, chat.person, await chat.files())
    await chat.says(f"A secret: {SECRET}", "And something else")
    agent, outside = await desk.agent(), await desk.agent("U0SUPER", joins=())
    desk.slack.faults.fail("chat.postMessage", channel="U0SUPER", retry_after=1, times=1000)
    await case.answers(agent, "assign", to="U0SUPER")
    await case.answers(agent, "take_over", "It is mine after all")
    await redacts(case, agent, "A secret", chat="leave")
    desk.slack.faults.clear()

    told = await case.learns(outside, "And something else")
    assert "[redacted]" in bare(told.text)
    assert not [one for one in outside.whispers if SECRET in bare(one.text)]
