"""Posts and cards as the blocks of Slack messages."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.channels.slack.buttons import actions, words
from bot.channels.slack.fitting import cut, escaped
from bot.channels.slack.rich import WEIGHT, rich_text, weight, within
from bot.core.heard import Attachment
from bot.core.shown import Card, Line, Post, Quote, Text

Json = dict[str, Any]

HEADER, FOOTER = 150, 2000
SUMMARY = 1000
BLOCKS = 40
"""Blocks of text in one message: Slack takes 50, and buttons need some."""

SIGNS = {"photo": "📷", "video": "🎬", "video_note": "🎬", "voice": "🎤", "audio": "🎵", "location": "📍"}


def post_messages(post: Post) -> list[list[Json]]:
    """The blocks of each message that a post takes; nothing is left out, and the buttons end the last."""
    files: tuple[Line, ...] = tuple(_file(file) for file in post.files)
    messages = list(_messages(rich_text((*post.lines, *files)))) or [[]]
    messages[-1] += actions(post.buttons)
    return [blocks or _only(post.summary) for blocks in messages]


def card_blocks(card: Card, drawing: str = "") -> list[Json]:
    """The blocks of a card, which is always one message; what does not fit ends in "…".

    `drawing` differs each time that the card is drawn.
    """
    fields: tuple[Line, ...] = tuple(
        (Text(text=f"{label}: ", strong=True), *line) for label, line in card.fields
    )
    footer = [{"type": "context", "elements": [words(card.footer, FOOTER)]}] if card.footer else []
    return [
        {"type": "header", "text": words(card.title, HEADER)},
        *within([*rich_text(fields), *rich_text(card.lines)])[:BLOCKS],
        *actions(card.buttons, card.menu, drawing),
        *footer,
    ]


def summary(shown: Post | Card) -> str:
    """The words of the notification, in which Slack would read tokens."""
    return escaped(cut(shown.summary, SUMMARY)) or "…"  # Slack's own clients warn of none


def _only(words: str) -> list[Json]:
    return rich_text([(Text(text=words),)]) or rich_text([(Text(text="…"),)])


def _messages(blocks: Sequence[Json]) -> Iterator[list[Json]]:
    message: list[Json] = []
    for block in blocks:
        if len(message) == BLOCKS or (message and sum(map(weight, [*message, block])) > WEIGHT):
            yield message
            message = []
        message.append(block)
    if message:
        yield message


def _file(file: Attachment) -> Line:
    return (Text(text=SIGNS.get(file.kind, "📎") + " "), Quote(text=file.name))
