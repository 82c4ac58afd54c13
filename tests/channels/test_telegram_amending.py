"""What was sent is changed or taken away, with Telegram's own limits to either."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bot.channels import Failed, Parcel, Retry, Sent
from bot.channels.telegram import Telegram
from bot.core.enclosures import Enclosure
from bot.core.shown import Removal, Spot
from bot.core.words import Amend, Say
from bot.playground.telegram import Person
from tests.channels.telegram_kit import parcel, sending

PNG = b"\x89PNG\r\n\x1a\nand so on"
PHOTO = Enclosure(id=uuid4(), kind="photo", name="here.png", mime="image/png", size=len(PNG))
FITS, TOO_LONG = "x" * 1024, "y" * 1025


async def bytes_of(_file: object) -> AsyncIterator[bytes]:
    yield PNG


async def sent(channel: Telegram, customer: Person, text: str) -> tuple[str, ...]:
    """The parts of an answer with one photo."""
    say = Say(text=text, files=(PHOTO,))
    outcome = await channel.deliver(replace(parcel(customer, say), read=bytes_of))
    assert isinstance(outcome, Sent)
    return outcome.ids


def amended(customer: Person, text: str, parts: tuple[str, ...]) -> Parcel:
    what = Amend(say=Say(text=text, files=(PHOTO,)))
    return Parcel(key="row-2", chat=str(customer.id), what=what, amends=parts)


def seen(customer: Person) -> list[tuple[str, str]]:
    return [(message.kind, message.text) for message in customer.chat if message.from_bot]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (FITS, "new", [("photo", "new")]),
        ("old", FITS, [("photo", FITS)]),
        (FITS, TOO_LONG, [("photo", ""), ("text", TOO_LONG)]),
        (TOO_LONG, FITS, [("text", FITS), ("photo", "")]),
        (TOO_LONG, TOO_LONG + "!", [("text", TOO_LONG + "!"), ("photo", "")]),
    ],
)
async def test_the_photo_stays_and_the_old_words_are_nowhere(
    before: str, after: str, left: list[tuple[str, str]]
) -> None:
    async with sending() as (_, channel, customer):
        parts = await sent(channel, customer, before)

        for _attempt in range(2):
            outcome = await channel.deliver(amended(customer, after, parts))
            assert isinstance(outcome, Sent)
            assert seen(customer) == left
            parts = outcome.ids

        shown = {str(message.id): message.kind for message in customer.chat if message.from_bot}
        assert [shown[part] for part in parts][-1] == "photo", "the file is the last of the parts"


async def test_a_grown_caption_that_fails_midway_goes_on_where_it_stopped() -> None:
    async with sending() as (local, channel, customer):
        parts = await sent(channel, customer, "old")
        local.faults.fail("sendMessage", status=502)
        assert isinstance(await channel.deliver(amended(customer, TOO_LONG, parts)), Retry)
        assert seen(customer) == [("photo", "")]

        assert isinstance(await channel.deliver(amended(customer, TOO_LONG, parts)), Sent)
        assert seen(customer) == [("photo", ""), ("text", TOO_LONG)]


async def test_a_photo_that_is_not_known_of_is_not_mistaken_for_its_words() -> None:
    """Its id may have been lost with Telegram's answer: then the only known part is the text."""
    async with sending() as (_, channel, customer):
        text, _photo = await sent(channel, customer, TOO_LONG)

        outcome = await channel.deliver(amended(customer, TOO_LONG + "!", (text,)))

        assert isinstance(outcome, Sent)
        assert outcome.ids == (text,)
        assert seen(customer) == [("text", TOO_LONG + "!"), ("photo", "")]


async def test_a_file_too_old_to_delete_keeps_nothing_else_in_the_chat() -> None:
    async with sending() as (_, channel, customer):
        parts = [*await sent(channel, customer, "old"), *await sent(channel, customer, TOO_LONG)]
        for message in customer.chat:
            message.at -= timedelta(hours=49)
        bare = parts[-1]
        spots = tuple(Spot(chat=str(customer.id), message=part, bare=part == bare) for part in parts)
        removal = Removal(words=uuid4(), instead="withdrawn", spots=spots)

        for _attempt in range(2):
            outcome = await channel.deliver(Parcel(key="row-3", chat=str(customer.id), what=removal))
            assert outcome == Failed("file_stays")
            assert seen(customer) == [("photo", "withdrawn"), ("text", "withdrawn"), ("photo", "")]
