"""Every update becomes something heard, whatever its shape."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.media import MOST
from bot.channels.telegram.updates import incoming
from bot.core.heard import Attachment, Edited, Incoming, Pressed, Reach, Said, Shared, Unknown

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PERSON = {"id": 42, "is_bot": False, "first_name": "A", "last_name": "B", "language_code": "ar"}
PRIVATE = {"id": 42, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "secret plans"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 7, "from": PERSON, "chat": chat, "date": 1_700_000_000, **content}


def heard(**update: Any) -> Incoming:
    return incoming({"update_id": 1001, **update}, "7000", NOW)


def said(**content: Any) -> Any:
    return heard(message=message(**content)).what


def test_words_carry_who_where_when_and_their_natural_key() -> None:
    one = heard(message=message(text="السلام عليكم"))

    assert one.what == Said(message="7", text="السلام عليكم")
    assert (one.channel, one.account, one.key, one.lane, one.order) == (
        "telegram",
        "7000",
        "message:42:7",
        "42",
        1001,
    )
    assert (one.sender.chat, one.sender.name, one.sender.language) == ("42", "A B", "ar")
    assert one.at == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/new@sanad_bot", "/new"),
        ("/new@sanad_bot printer broken", "/new printer broken"),
        ("/new", "/new"),
        ("write to me@example.com", "write to me@example.com"),
        ("/a@b.example", "/a@b.example"),
    ],
)
def test_a_command_loses_the_bots_name(text: str, expected: str) -> None:
    assert said(text=text).text == expected


SIZES = [
    {"file_id": "s", "width": 90, "height": 90},
    {"file_id": "L", "file_unique_id": "U", "width": 900, "height": 900, "file_size": 5},
]
FILE = {"file_id": "F", "file_name": "é.pdf", "mime_type": "application/pdf", "file_size": 9}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"photo": SIZES}, Attachment(kind="photo", file_id="L", size=5, most=MOST, unique="U")),
        (
            {"document": FILE},
            Attachment(kind="document", file_id="F", name="é.pdf", mime="application/pdf", size=9, most=MOST),
        ),
        ({"voice": {"file_id": "V"}}, Attachment(kind="voice", file_id="V", most=MOST)),
        (
            {"animation": {"file_id": "A"}, "document": FILE},
            Attachment(kind="animation", file_id="A", most=MOST),
        ),
        (
            {"location": {"latitude": 24.7, "longitude": 46.6}},
            Attachment(kind="location", name="24.7,46.6"),
        ),
        (
            {"location": {"latitude": 1, "longitude": 2}, "venue": {"title": "Office", "address": "King Rd"}},
            Attachment(kind="location", name="Office, King Rd, 1.0,2.0"),
        ),
    ],
)
def test_files_are_attachments(content: dict[str, Any], expected: Attachment) -> None:
    assert said(**content).files == (expected,)


def test_parts_of_an_album_share_their_group_and_keep_their_caption() -> None:
    part = said(photo=SIZES, media_group_id="g1", caption="broken\0 screen")

    assert (part.group, part.text) == ("g1", "broken screen")


def test_a_reply_names_the_message_it_answers() -> None:
    assert said(text="yes", reply_to_message={"message_id": 5, "date": 1, "chat": PRIVATE}).reply_to == "5"


@pytest.mark.parametrize(("user", "own"), [({"user_id": 42}, True), ({"user_id": 43}, False), ({}, False)])
def test_a_contact_is_own_only_by_telegrams_word(user: dict[str, int], own: bool) -> None:
    contact = {"phone_number": "+966500000000", "first_name": "A", **user}

    assert said(contact=contact) == Shared(message="7", phone="+966500000000", name="A", own=own)


def test_an_edit_has_a_key_of_its_own() -> None:
    one = heard(edited_message=message(text="new words", edit_date=1_700_000_060))

    assert one.what == Edited(message="7", text="new words")
    assert (one.key, one.at) == ("edit:42:7:1700000060:1001", datetime.fromtimestamp(1_700_000_060, UTC))


def test_two_edits_within_a_second_are_two_in_their_order_and_each_comes_once() -> None:
    words = ["the third floor", "the fourth floor", "the third floor", "the third floor"]
    first, second, third, again = (
        incoming({"update_id": update, "edited_message": message(text=text, edit_date=6)}, "7000", NOW)
        for update, text in zip((1, 2, 3, 3), words, strict=True)
    )

    assert len({first.key, second.key, third.key}) == 3
    assert (third.key, third.what) == (again.key, again.what)
    assert [one.order for one in (first, second, third)] == [1, 2, 3]
    assert {one.lane for one in (first, second, third)} == {"42"}


def test_a_press_is_dated_when_it_is_heard() -> None:
    query = {"id": "99", "from": PERSON, "message": message(text="?"), "chat_instance": "1", "data": "3:yes"}
    one = heard(callback_query=query)

    assert one.what == Pressed(press="99", message="7", data="3:yes")
    assert (one.key, one.lane, one.at) == ("press:99", "42", NOW)


def test_a_press_without_its_message_belongs_to_the_person() -> None:
    one = heard(callback_query={"id": "99", "from": PERSON, "data": "0:x"})

    assert (one.lane, one.sender.chat) == ("42", "42")


@pytest.mark.parametrize(("status", "is_open"), [("kicked", False), ("member", True)])
def test_blocking_and_unblocking_are_heard(status: str, is_open: bool) -> None:
    change = {"chat": PRIVATE, "from": PERSON, "date": 5, "new_chat_member": {"status": status}}
    one = heard(my_chat_member=change)

    assert one.what == Reach(open=is_open)
    assert one.key == f"member:42:5:{status}"


@pytest.mark.parametrize("chat", [GROUP, {"id": -5, "type": "group"}, {"id": -9, "type": "channel"}])
def test_nothing_is_heard_of_a_group_but_that_it_is_there(chat: dict[str, Any]) -> None:
    updates: list[dict[str, Any]] = [
        {"message": message(chat, text="not for you")},
        {"channel_post": message(chat, text="not for you")},
        {"edited_message": message(chat, text="not for you", edit_date=6)},
        {"callback_query": {"id": "1", "from": PERSON, "message": message(chat), "data": "not for you"}},
    ]
    for update in updates:
        one = heard(**update)

        assert one.what == Unknown(name="group")
        assert one.lane == str(chat["id"])
        assert "not for you" not in one.model_dump_json()
        assert "secret" not in one.model_dump_json()


@pytest.mark.parametrize("kind", ["poll", "dice", "story", "holographic_message"])
def test_a_message_of_an_unknown_kind_is_a_placeholder(kind: str) -> None:
    assert said(**{kind: {"x": 1}}) == Unknown(name=kind, message="7")


@pytest.mark.parametrize(
    "kind",
    ["pinned_message", "new_chat_title", "message_auto_delete_timer_changed", "chat_background_set"],
)
def test_what_telegram_tells_of_a_chat_is_nobodys_message(kind: str) -> None:
    assert said(**{kind: {"x": 1}}) == Unknown(name=kind)


@pytest.mark.parametrize(
    "update",
    [
        {"telepathy": {"from": PERSON, "thought": "?"}},
        {"message": {"message_id": "seven"}},
        {"message": message(text=7)},
        {"message": message(date="yesterday")},
        {"message": message(document={"file_id": None}, chat=PRIVATE)},
        {"message": {**message(text="x"), "from": {"first_name": 5}}},
        {"message": None},
        {"callback_query": []},
        {"edited_message": message(text="x", edit_date=10**30)},
        {},
    ],
)
def test_what_cannot_be_read_is_a_placeholder(update: dict[str, Any]) -> None:
    one = heard(**update)

    assert isinstance(one.what, Unknown)
    assert one.key == f"other:{one.what.name}:1001"


def test_a_placeholder_still_knows_whose_it_is() -> None:
    assert heard(telepathy={"from": PERSON}).sender.chat == "42"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PARTS = [
    "message_id",
    "from",
    "chat",
    "date",
    "text",
    "contact",
    "photo",
    "location",
    "edit_date",
    "id",
    "data",
]


@given(
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), data=st.data()
)
def test_no_shape_of_an_update_stops_the_hearing(kind: str, data: st.DataObject) -> None:
    body = data.draw(st.dictionaries(st.sampled_from(PARTS), JSON) | JSON)
    sound = message() if isinstance(body, dict) and data.draw(st.booleans()) else {}
    one = heard(**{kind: {**sound, **body} if isinstance(body, dict) else body})

    assert Incoming.model_validate_json(one.model_dump_json()) == one


def test_halves_of_surrogate_pairs_and_nul_can_be_stored() -> None:
    one = heard(message={**message(text="a\0b\ud800c"), "from": {**PERSON, "first_name": "\udfff"}})

    assert one.what == Said(message="7", text="ab\ufffdc")
    one.model_dump_json().encode()
