"""What a desk holds and what people see, in shapes that can be compared from one run to another."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.core.text import ascii_digits
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from storage import Keyring, Store, Tx, inbox, tickets
from storage import words as kept
from storage.schema import deliveries as delivery_rows
from storage.schema import inbox as heard_rows
from storage.schema import outbox as post
from storage.schema import tickets as ticket_rows
from storage.schema import words as word_rows
from tests.kit import KEYS, REFERENCE, SUPPORT, Street, World


@dataclass(frozen=True, slots=True)
class Filed:
    """One ticket: what happened to it, in order, and all words on it as (author, kind, text)."""

    status: str
    facts: tuple[str, ...]
    words: tuple[tuple[str, str, str], ...]


@asynccontextmanager
async def looking(database_url: str, keys: str = KEYS) -> AsyncIterator[Store]:
    """The store, as an operator's command looks into it beside a desk that runs."""
    store = await Store.open(database_url, Keyring.parse(keys), exclusive=False)
    try:
        yield store
    finally:
        await store.close()


async def filed(store: Store) -> list[Filed]:
    """All tickets, the oldest first."""
    return await store.read(lambda tx: [_filed(tx, found) for found in _ids(tx)])


def _ids(tx: Tx) -> list[object]:
    return list(tx.connection.execute(select(ticket_rows.c.id).order_by(ticket_rows.c.id)).scalars())


def _filed(tx: Tx, ticket_id: object) -> Filed:
    ticket = tickets.read(tx, ticket_id)  # type: ignore[arg-type]  # a row's values have no types
    said = tx.connection.execute(
        select(word_rows.c.id)
        .where(word_rows.c.ticket_id == ticket.id)
        .order_by(word_rows.c.at, word_rows.c.id)
    ).scalars()
    each = [kept.find(tx, ticket, words_id) for words_id in said]
    return Filed(
        ticket.status,
        tuple(fact.kind for fact in tickets.history(tx, ticket.id)),
        tuple((words.author, words.kind, words.text) for words in each),
    )


async def waiting(store: Store) -> dict[str, int]:
    """How much is still to be handled or sent, and what was given up."""

    def count(tx: Tx) -> dict[str, int]:
        heard = select(func.count()).where(heard_rows.c.state == "waiting")
        promised = select(func.count()).where(post.c.state == "pending")
        failed = select(func.count()).where(post.c.state == "failed")
        rows = {"heard": heard, "promised": promised, "failed": failed}
        found = {name: tx.connection.execute(rows[name]).scalar_one() for name in rows}
        return {**found, "parked": len(inbox.parked(tx))}

    return await store.read(count)


async def recorded(store: Store) -> int:
    """How many of the bot's messages to customers are known to have arrived."""
    sent = (delivery_rows.c.channel == "telegram", delivery_rows.c.purpose != "said")
    wanted = select(func.count()).where(*sent)
    return await store.read(lambda tx: tx.connection.execute(wanted).scalar_one())


async def at_rest(place: Street | World, store: Store, within: float = 30.0) -> None:
    """Wait until the platforms have nothing more to tell, and the desk nothing more to do."""
    async with asyncio.timeout(within):
        while not await _rests(place, store):  # noqa: ASYNC110 - the database rings for nobody but a desk
            await asyncio.sleep(0.03)


async def _rests(place: Street | World, store: Store) -> bool:
    await place.slack.idle()
    if place.telegram.pending:
        return False
    left = await waiting(store)  # read last: what was heard before is in it
    return not left["heard"] and not left["promised"]


def nameless(text: str) -> str:
    """A text without what is another in each run: the reference, and the minute in which it was sent."""
    timeless = re.sub(r"(?m)^Sent: .*$", "Sent: then", re.sub("[\u2068\u2069]", "", text))
    return REFERENCE.sub("####-####", ascii_digits(timeless))


def told(person: Person) -> list[str]:
    """Everything that the bot has told a customer, in order."""
    return [nameless(message.text) for message in person.chat if message.from_bot]


def on_desk(place: Street | World, channel: str = SUPPORT) -> list[tuple[str, list[str]]]:
    """Every message of a queue's channel, in order, with the texts in its thread."""
    return [
        (nameless(_body(card)), [nameless(reply.text) for reply in card.thread])
        for card in place.slack.messages(channel)
    ]


def _body(card: Seen) -> str:
    """A card without the moments on it."""
    return "\n".join(line for line in card.text.splitlines() if not re.search(r"\d{4}-\d\d-\d\d", line))
