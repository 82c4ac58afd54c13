"""Words on an open ticket: they reach its thread, the customer sees that they did, and nothing is guessed."""

import pytest

from handlers.customer import whose
from tests.customer_kit import WRITTEN, cards, chat, kinds_of_files, nothing_is_parked, resolves
from tests.desk_kit import Case
from tests.kit import World

THANKS = ["Thank you!", "спасибо большое", "شكرًا جزيلًا", "🙏"]


async def test_words_reach_the_thread_and_are_acknowledged(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    mine = await customer.says("It also happens on the phone")

    assert customer.heard == [f"Added to your request {reference}."]
    assert customer.last.reply_to == mine.id
    assert "It also happens on the phone" in await desk.thread(reference)


async def test_files_reach_the_thread_too(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.sends("voice")
    assert f"Added to your request {reference}" in customer.told
    await customer.sends("document", name="error.log", caption="This is the log")

    thread = await desk.thread(reference)
    assert "Voice message" in thread
    assert "This is the log" in thread
    assert "error.log" in thread
    assert await kinds_of_files(desk) == ["document", "voice"]


async def test_an_album_has_one_receipt(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.sends_album("photo", "photo", "video", caption="This is how it looks")

    assert customer.heard == [f"Added to your request {reference}."]
    thread = await desk.thread(reference)
    assert thread.count("Photo") == 2
    assert await kinds_of_files(desk) == ["photo", "photo", "video"]


async def test_a_reply_to_any_message_about_a_ticket_goes_to_that_ticket(desk: World) -> None:
    customer, agent = chat(desk), await desk.agent()
    await customer.says("/new", "technical", "website")
    described = await customer.says("The printer of the second floor prints only blank pages")
    await customer.says("low", "skip", "send")
    first, receipt = customer.reference, customer.last
    second = await customer.files("The app is slow since the last update")
    await agent.clicks("claim", await desk.card(first))
    await agent.writes(await desk.card(first), "Which printer is it?")
    asked = await customer.person.sees("Which printer is it?", since=customer.person.chat[0])
    added = None
    for number, message in enumerate((described, receipt, asked)):
        added = await customer.says(f"Reply number {number}", reply_to=message)
        assert customer.heard == [f"Added to your request {first}."]
    await customer.says("Reply to my own reply", reply_to=added)
    assert customer.heard == [f"Added to your request {first}."]

    thread = await desk.thread(first)
    for words in ("Reply number 0", "Reply number 1", "Reply number 2", "Reply to my own reply"):
        assert words in thread
    assert "Reply" not in await desk.thread(second)


async def test_with_several_open_tickets_the_bot_asks_which(desk: World) -> None:
    customer = chat(desk)
    first = await customer.files()
    second = await customer.files("The app is slow since the last update")
    await customer.says("It has become worse")
    assert "Which request is this about?" in customer.told
    known = [
        f"{second} · Technical problem · The app is slow since the last update",
        f"{first} · Technical problem · The site has been down since this morning and I cannot sign…",
    ]
    assert customer.buttons == [*known, "New request", "Cancel"]
    await customer.says("and worse")
    assert "We have kept what you sent" in customer.told
    await customer.says("2")

    assert f"Added to your request {first}" in customer.told
    assert "It has become worse\nand worse" in await desk.thread(first)
    assert "worse" not in await desk.thread(second)


async def test_words_that_name_their_ticket_need_no_question(desk: World) -> None:
    customer = chat(desk)
    first = await customer.files()
    await customer.files("The app is slow since the last update")
    await customer.says(f"About {first}: it has become worse")

    assert f"Added to your request {first}" in customer.told


async def test_which_one_may_be_a_new_one(desk: World) -> None:
    customer = chat(desk)
    for _ in range(2):
        await customer.files()
    await customer.says("My invoice of last month was charged twice")
    await customer.presses("new")
    await customer.says("billing", "skip", "low", "skip", "send")

    assert "My invoice of last month" in await desk.thread(customer.reference, "C0BILLING")


async def test_with_none_open_words_become_a_request_if_wanted(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/start", "The app is slow since the last update")
    assert "already filled in" in customer.told
    await customer.presses("no")
    assert customer.keys[0] == "new"
    assert await cards(desk) == 0
    await customer.says(
        "The app is slow since the last update", "Send a request", "technical", "app", "low", "skip"
    )
    assert "The app is slow since the last update" in customer.told
    await customer.says("send")
    assert await cards(desk) == 1

    for language, new in (("en", "/new"), ("ru", "Новое обращение"), ("ar", "/new and it is slow")):
        another = chat(desk, language)
        await another.says(WRITTEN, new)
        assert another.keys[0] == "technical", "the first question of a request that holds the words"
        assert len(another.heard) == 1
        await another.says("1", "1", "1", "skip")
        assert WRITTEN in another.told
        assert ("and it is slow" in another.told) is (language == "ar")


async def test_thanks_alone_file_nothing(desk: World) -> None:
    for thanks in THANKS:
        customer = chat(desk)
        await customer.says("/start", thanks)

        assert customer.heard == ["You are welcome. We are here whenever you need us."]


async def test_thanks_with_several_open_tickets_ask_nothing(desk: World) -> None:
    for thanks in THANKS:
        customer = chat(desk)
        for _ in range(2):
            await customer.files()
        await customer.says(thanks)

        assert customer.heard == ["You are welcome. We are here whenever you need us."]


async def test_a_number_that_an_agent_asked_for_is_an_answer(desk: World) -> None:
    """1234567 is no mistyped reference when somebody waits for a number."""
    customer, agent = chat(desk), await desk.agent()
    reference = await customer.files()
    await agent.clicks("claim", await desk.card(reference))
    await desk.settles()
    await agent.clicks("ask", await desk.card(reference))
    await desk.settles()
    await agent.submits({"text": "What is the number of your invoice?"})
    await desk.settles()
    await customer.says("1234567")

    assert f"Added to your request {reference}" in customer.told
    assert "1234567" in await desk.thread(reference)


async def test_a_contact_that_is_shared_reaches_the_open_ticket(desk: World) -> None:
    customer = chat(desk, phone="+966500000077")
    await customer.says("/start")
    await customer.shares_contact()
    assert "Shall we make a request of this?" in customer.told
    await customer.says("no")
    reference = await customer.files()
    await customer.shares_contact()

    assert f"Added to your request {reference}" in customer.told
    assert "+966500000077" in await desk.thread(reference)


async def test_an_edit_shows_both_versions_of_the_very_message(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    first = await customer.says("The printer of the second floor prints blank pages")
    await customer.says("low", "skip")
    sent = await customer.says("send")
    reference = customer.reference
    more = await customer.says("It began on Monday")
    await customer.edits(more, "It began on Tuesday")
    await customer.edits(first, "The printer of the third floor prints blank pages")
    await customer.edits(sent, "sent")

    thread = await desk.thread(reference)
    assert "It began on Monday" in thread
    assert "It began on Tuesday" in thread
    assert "Before:\nThe printer of the second floor" in thread
    assert "Now:\nThe printer of the third floor" in thread
    assert "\nsent" not in thread
    assert await cards(desk) == 1


async def test_the_last_of_two_quick_edits_holds_whatever_comes_twice(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    mine = await customer.says("It began on Monday")
    first = await customer.person.edits(mine, "It began on Tuesday")  # Telegram dates edits by the second
    last = await customer.person.edits(mine, "It began on Wednesday")
    for update in (first, last, first):
        await desk.telegram.resend(update)
    await desk.settles()

    shown = await desk.thread(reference)
    assert shown.count("It began on Tuesday") == 2  # as what is now, and as what was before
    assert shown.count("It began on Wednesday") == 1


async def test_an_edit_before_sending_changes_what_is_sent(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    mine = await customer.says("The printer of the second floor prints blank pages")
    await customer.says("low", "skip")
    await customer.edits(mine, "The printer of the third floor prints blank pages")
    assert "We have noted your change" in customer.told
    assert "third floor" in customer.told
    await customer.says("send")

    assert "second floor" not in await desk.thread(customer.reference)


async def test_an_edited_answer_is_the_answer_if_it_would_do_as_one(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new")
    kind = await customer.says("technical")
    where = await customer.says("website")
    await customer.says("The printer of the second floor prints blank pages", "low")
    contact = await customer.says("a@b.co")
    await customer.edits(contact, "nowhere")
    assert "This looks neither like a phone number nor an e-mail address." in customer.told
    assert "the earlier answer stays" in customer.told
    assert "Contact: a@b.co" in customer.told
    await customer.edits(contact, "zz@b.co")
    assert "We have noted your change.\n\nPlease look it over once more:" in customer.told
    assert "Contact: zz@b.co" in customer.told
    await customer.edits(where, "cancel")
    assert "the earlier answer stays" in customer.told
    await customer.edits(kind, "account")
    assert "We have noted your change.\n\n" in customer.told
    assert "Please look it over" not in customer.told, "this kind of request wants to know something else"
    await customer.says("name@mail.com")
    assert "Contact: zz@b.co" in customer.told
    await customer.says("send")

    card = await desk.card(customer.reference)
    assert "zz@b.co" in card.text
    assert "Account" in card.text


async def test_an_edit_that_leaves_too_little_of_a_description_is_asked_about(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    mine = await customer.says("The printer of the second floor prints blank pages")
    await customer.says("low", "skip")
    await customer.edits(mine, "/cancel")
    assert "A few more details would help us to understand it." in customer.told
    await customer.edits(mine, "It prints blank pages since Monday")
    assert "We have noted your change." in customer.told
    await customer.edits(mine, "It prints blank pages since Monday, on whatever paper")
    assert customer.told.startswith("We have noted your change.\n\nPlease look it over")
    await customer.says("send")

    assert "It prints blank pages since Monday" in await desk.thread(customer.reference)


async def test_an_edit_that_takes_nothing_back_is_said_and_a_comment_follows(desk: World) -> None:
    """What was done by a message stays done; who edits it is told to write anew, and nothing is dropped."""
    customer, agent = chat(desk), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    command = await customer.says("/status")
    await customer.edits(command, "Actually I cannot find my number")
    assert customer.told.endswith("Please send what you would like to say as a new message.")
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It works again")
    solved = await customer.says("solved")
    await customer.edits(solved, "not solved")
    assert "we cannot take that over" in customer.told
    score = await customer.says("5")
    await customer.edits(score, "1")
    assert "we cannot take that over" in customer.told
    comment = await customer.says("great service")
    await customer.edits(comment, "terrible service")

    thread = await case.thread()
    assert "Before:\ngreat service\nNow:\nterrible service" in thread
    assert customer.heard == ["We have noted your change."], "it is about our help, not about the problem"
    await customer.edits(comment, "terrible service")
    assert customer.heard == []


async def test_an_edit_of_words_that_wait_for_their_ticket(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.files("The app is slow since the last update")
    mine = await customer.says("It began on Monday")
    await customer.edits(mine, "It began on Tuesday")
    await customer.says(reference)

    thread = await desk.thread(reference)
    assert "It began on Tuesday" in thread
    assert "Monday" not in thread


async def test_a_caption_that_comes_or_goes_is_an_edit(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    photo = await customer.sends("photo", caption="Look at this")
    await customer.edits(photo, "")
    desk.clock.goes(seconds=2)
    await customer.edits(photo, "Look at that")

    thread = await desk.thread(reference)
    assert "Look at this" in thread
    assert "Look at that" in thread
    assert await nothing_is_parked(desk)


async def test_a_request_under_way_is_found_behind_newer_ones_that_are_solved(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whose, "MOST", 1)
    customer = chat(desk)
    waiting, solved = await customer.files(), await customer.files("The invoice of May is empty")
    await resolves(desk, solved, "Here it is")
    desk.clock.goes(days=5)

    await customer.says("Here is the file number that you asked for: A-77")

    assert "A-77" in await desk.thread(waiting)
