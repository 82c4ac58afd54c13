"""What was told, message by message: it can be joined, edited, and stripped to its files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.heard import Attachment, Said
from bot.core.told import NOTHING, Part, Told

PHOTO = Attachment(kind="photo", file_id="f")

parts = st.builds(
    Part,
    message=st.text("0123456789", min_size=1, max_size=3),
    text=st.text(max_size=5),
    files=st.sampled_from([(), (PHOTO,)]),
)
tolds = st.builds(Told, parts=st.lists(parts, max_size=4).map(tuple))


def test_a_message_without_visible_words_tells_nothing() -> None:
    for text in ("", " \n", "\u202e", "\u200e \u200b", "\x00"):
        assert not Told.by(Said(message="1", text=text))
    assert Told.by(Said(message="1", text="\u200e", files=(PHOTO,))).files == (PHOTO,)
    assert Told.by(Said(message="1", text=" x\u202e ")).text == "x"


@given(tolds, tolds)
def test_nothing_is_lost_when_two_are_joined(one: Told, other: Told) -> None:
    both = one + other

    assert both.files == one.files + other.files
    assert both.text.replace("\n", "") == (one.text + other.text).replace("\n", "")
    assert one + NOTHING == NOTHING + one == one


@given(tolds)
def test_an_edit_changes_its_message_only(told: Told) -> None:
    assert not told.holds("none of these")
    for part in told.parts:
        assert told.holds(part.message)
        edited = told.edited(part.message, "new")
        for before, after in zip(told.parts, edited.parts, strict=True):
            expected = "new" if before.message == part.message else before.text
            assert (after.text, after.files) == (expected, before.files)


@pytest.mark.parametrize(
    ("brought", "stands"),
    [
        (PHOTO.model_copy(update={"file_id": "g"}), "g"),
        (PHOTO.model_copy(update={"file_id": "g", "unique": "u"}), "f"),  # named anew, and the same content
        (Attachment(kind="location", name="1,2"), "f"),
    ],
)
def test_an_edit_puts_another_file_in_place(brought: Attachment, stands: str) -> None:
    photo = PHOTO.model_copy(update={"unique": "u" if brought.unique else ""})
    told = Told(parts=(Part(message="1", files=(photo,)), Part(message="2", files=(PHOTO,))))

    assert [file.file_id for file in told.edited("1", "", (brought,)).files] == [stands, "f"]


@given(tolds)
def test_its_files_alone(told: Told) -> None:
    bare = told.only_files()

    assert bare.files == told.files
    assert bare.text == ""


def test_other_words_for_a_message() -> None:
    told = Told.by(Said(message="1", text="/new the site is down"))

    assert told.reworded("the site is down").parts == (Part(message="1", text="the site is down"),)
    assert told.reworded("") == NOTHING
