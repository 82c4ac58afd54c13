"""What was told, message by message: it can be joined, edited, and stripped to its files."""

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
    assert told.edited("none of these", "new") is None
    for part in told.parts:
        edited = told.edited(part.message, "new")
        assert edited
        for before, after in zip(told.parts, edited.parts, strict=True):
            expected = "new" if before.message == part.message else before.text
            assert (after.text, after.files) == (expected, before.files)


@given(tolds)
def test_its_files_alone(told: Told) -> None:
    bare = told.only_files()

    assert bare.files == told.files
    assert bare.text == ""


def test_other_words_for_a_message() -> None:
    told = Told.by(Said(message="1", text="/new the site is down"))

    assert told.reworded("the site is down").parts == (Part(message="1", text="the site is down"),)
    assert told.reworded("") == NOTHING
