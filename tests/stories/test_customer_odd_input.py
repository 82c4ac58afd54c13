"""Odd input: delivered to the letter, answered with courtesy, never a crash or a parked row."""

from itertools import count
from pathlib import Path
from typing import Any

from bot.playground.telegram import Person
from storage import Tx
from storage.schema import addresses, customers, inbox, tickets
from tests.customer_kit import WRITTEN, cards, chat, everything_in, kinds_of_files, nothing_is_parked
from tests.kit import World, world

FILES = ["voice", "video", "video_note", "animation", "audio", "sticker", "photo", "document", "location"]
MARKUP = [
    "<!channel> <!here> <@U0AGENT> <#C0SUPPORT> <https://example.org|click>",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote",
    "&lt;b&gt; &amp; <b>bold</b> <script>alert(1)</script>",
    "# Title\n- one\n- two\n[link](https://example.org) **strong**",
    "{reference} {0} %s %(x)s $HOME \\n \\u0000",
    ":smile: @channel @here https://example.org/?a=1&b=2",
]


async def test_markup_is_delivered_to_the_letter(desk: World) -> None:
    for text in MARKUP:
        customer, agent = chat(desk), await desk.agent()
        reference = await customer.files(f"{text} and this is what I wrote")
        assert f"{text} and this is what I wrote" in await desk.thread(reference)
        await customer.says(text)
        assert f"Added to your request {reference}" in customer.told

        thread = await desk.thread(reference)
        assert thread.count(text) == 2
        for post in everything_in(desk, reference):
            assert "mrkdwn" not in str(post.get("blocks"))
            assert text not in post.get("text", "")
        assert agent.whispers == []
        assert await nothing_is_parked(desk)


async def test_what_holds_no_words_is_answered(desk: World) -> None:
    for blank in ("\u202e\u202e", "\u2066\u2069", "\x00", " \n\t ", "\u200e \u202a"):
        customer = chat(desk)
        await customer.says("/start")
        for place in ([], ["/new"], ["/new", "technical", "website"], ["/status"], ["/language"]):
            if place:
                await customer.says(*place)
            question = customer.last.text
            await _arrives(desk, customer.person, text=blank)
            assert "came without words" in customer.person.chat[-2].text
            assert customer.last.text == question
        assert await cards(desk) == 0
        assert await nothing_is_parked(desk)


async def test_controls_and_surrogates_are_made_safe(desk: World) -> None:
    for raw, kept in (
        ("The site\x00 is\x07 down since the morning", "The site is down since the morning"),
        ("The site \u202eis down\u202c since the morning", "The site is down since the morning"),
        ("The site \ud83d is down since the morning", "The site \ufffd is down since the morning"),
        ("\ud83d\ude00 is down since the morning", "😀 is down since the morning"),
        ("😀👩‍👩‍👧🏽 the site is down since the morning", "😀👩‍👩‍👧🏽 the site is down since the morning"),
        ("Ze\u0338\u0322\u0359\u0337 since the morning the site is down", "Ze"),
    ):
        customer = chat(desk)
        await customer.says("/new", "technical", "website")
        await _arrives(desk, customer.person, text=raw)
        await customer.says("low", "skip")
        assert "Importance: Low" in customer.told
        await customer.says("send")

        assert kept in await desk.thread(customer.reference)
        assert await nothing_is_parked(desk)


async def test_five_thousand_letters_arrive_whole(desk: World) -> None:
    customer = chat(desk)
    long = " ".join(f"word{number}" for number in range(700))[:5000]
    await customer.says("/new", "technical", "website", long)
    await customer.says("low", "skip")
    assert "Importance: Low" in customer.told
    await customer.says("send")

    thread = "".join((await desk.thread(customer.reference)).split())
    assert "".join(long.split()) in thread.replace("Thecustomerwrote:", "")
    assert await nothing_is_parked(desk)


async def test_five_thousand_letters_on_a_ticket_and_at_first_contact(desk: World) -> None:
    long = "".join(chr(0x0627 + number % 20) + " " * (number % 7 == 0) for number in range(4400))
    customer = chat(desk)
    await customer.says(long)
    assert "already filled in" in customer.told
    reference = await chat(desk).files()
    assert reference
    other = chat(desk)
    theirs = await other.files()
    await other.says(long)
    assert other.told.count(f"Added to your request {theirs}") == 2
    assert await nothing_is_parked(desk)


async def test_only_emoji_is_words_too(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "😡😡😡")
    assert "We have kept what you sent" in customer.told
    await customer.says("technical", "website", "😡", "low", "skip", "send")

    assert "😡😡😡" in await desk.thread(customer.reference)


async def test_files_where_words_are_expected_are_kept(desk: World) -> None:
    for kind in FILES:
        customer = chat(desk)
        await customer.says("/new", "account")
        await customer.sends(kind)
        assert "We have kept what you sent" in customer.told
        assert "e-mail" in customer.told
        await customer.says("me@mail.com", WRITTEN, "low", "skip", "send")

    assert await kinds_of_files(desk) == sorted(FILES)
    assert await nothing_is_parked(desk)


async def test_messages_of_unknown_kinds_are_answered_and_the_question_repeated(desk: World) -> None:
    for kind in ("poll", "dice", "game", "story", "invoice", "paid_media", "checklist"):
        customer = chat(desk)
        await customer.says("/new", "technical")
        await customer.sends(kind)
        assert "cannot read this kind of message yet" in customer.heard[0]
        assert "Where does it happen?" in customer.heard[1]
        assert await nothing_is_parked(desk)


async def test_a_stranger_who_begins_with_a_dice_is_welcomed(desk: World) -> None:
    customer = chat(desk)
    await customer.sends("dice")

    assert "Welcome" in customer.heard[0]
    assert "cannot read" in customer.heard[1]


async def test_a_venue_is_a_place_with_a_name(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    venue = {
        "location": {"latitude": 24.7, "longitude": 46.6},
        "title": "Office",
        "address": "King Road",
    }
    await _arrives(desk, customer.person, venue=venue, location=venue["location"])

    assert "Office, King Road" in await desk.thread(reference)


async def test_old_and_forged_buttons_change_nothing(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new")
    old = customer.last
    category = old.buttons[0][0].data
    await customer.says("technical")
    asked = customer.last
    for data in (category, "999:technical", "-1:website", "0:website", ":", "🙂", "x" * 64, category.upper()):
        await customer.person.presses_data(old, data)
        await desk.settles()
    assert customer.last.id == asked.id
    assert set(customer.person.toasts) == {"This button belongs to an earlier question."}
    assert len(customer.person.toasts) == 8
    await customer.presses("website")

    assert "What goes wrong?" in customer.told
    assert await nothing_is_parked(desk)


async def test_a_group_is_pointed_elsewhere_and_leaves_nothing(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    calls = desk.telegram.calls["sendMessage"]
    group = {"id": -100200300, "type": "supergroup", "title": "Friends"}
    for text in ("/start", reference, f"/status {reference}", "The site is down"):
        await _arrives(desk, customer.person, chat=group, text=text)
    await desk.telegram.inject(
        {
            "callback_query": {
                "id": "42",
                "from": customer.person.user,
                "chat_instance": "1",
                "data": f"0:solved.{reference.replace('-', '')}.0",
                "message": {"message_id": 5, "date": 0, "chat": group},
            }
        }
    )
    await desk.settles()

    assert desk.telegram.calls["sendMessage"] == calls + 1
    assert await desk.app.store.read(_rows) == (1, 1, 1)
    assert await desk.app.store.read(_payloads_left) == 0
    assert await nothing_is_parked(desk)


def _rows(tx: Tx) -> tuple[int, int, int]:
    tables = (customers, addresses, tickets)
    counts = (len(tx.connection.execute(table.select()).all()) for table in tables)
    first, second, third = counts
    return first, second, third


def _payloads_left(tx: Tx) -> int:
    return sum(row.payload is not None for row in tx.connection.execute(inbox.select()))


async def test_a_duplicate_update_changes_nothing(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low", "skip")
    sent = await customer.says("send")
    reference = customer.reference
    more = await customer.says("It began at nine")
    told = len(customer.person.chat)
    for message in (sent, more, sent):
        assert message.update_id
        await desk.telegram.resend(message.update_id)
        await desk.settles()

    assert len(customer.person.chat) == told
    assert (await desk.thread(reference)).count("It began at nine") == 1
    assert await cards(desk) == 1


async def test_updates_that_come_out_of_order_in_one_batch_are_put_in_order(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/start")
    desk.telegram.hold()
    for text in ("/new", "technical", "website", WRITTEN, "low", "skip"):
        await customer.person.says(text)
    desk.telegram.release(backwards=True)
    await desk.settles()

    assert "Where: Website" in customer.told
    assert WRITTEN in customer.told
    assert await nothing_is_parked(desk)


async def test_one_that_came_at_the_same_moment_as_cancel(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical")
    await customer.person.says("website")
    await customer.person.says("/cancel")
    await customer.person.says("/cancel")
    await desk.settles()

    assert customer.keys[0] == "new"
    assert await cards(desk) == 0


NUMBERS = count(9000)
"""Of messages that no honest client sent."""


async def _arrives(desk: World, person: Person, **content: Any) -> None:
    moment = int(desk.clock().timestamp())
    body = {"message_id": next(NUMBERS), "date": moment, "chat": person.room, "from": person.user}
    await desk.telegram.inject({"message": {**body, **content}})
    await desk.settles()


async def test_a_sentence_where_one_line_is_asked_for_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        await customer.says("/new", "account", "It does not let me in since Monday, help me please")
        assert customer.told.startswith(
            "We have kept what you sent. This does not look like an e-mail address."
        )
        await customer.says("my mail is a@b", "Моя почта a@b.com, пароль не подходит с понедельника")
        assert "Please describe it in your own words." in customer.told
        await customer.says("The page says that I am unknown", "low")
        await customer.says("By the way the invoice of last month is wrong too")
        assert customer.told.startswith("We have kept what you sent. This looks neither like")
        await customer.says("skip")
        assert "a@b.com\n" in customer.told
        kept = ("let me in since Monday", "пароль не подходит", "I am unknown", "the invoice of last month")
        assert [words for words in kept if words not in customer.told] == []
        assert "my mail is" not in customer.told
