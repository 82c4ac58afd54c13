"""Lines as `rich_text`: the one kind of block in which no words of a person can format, ping or link."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.slack import ways
from bot.channels.slack.fitting import clean, cut, pieces, size, units
from bot.core.shown import Line, Mention, Moment, Part, Quote, Room, Text, Way

Json = dict[str, Any]

LONGEST = 3000
"""Units of text in one element and in one block: what Slack allows a text object."""

WEIGHT = 12_000
"""Bytes of text in one message; Slack refuses somewhere above 13,100 characters (`msg_blocks_too_long`)."""

FALLBACK = 150

NEWLINE: Json = {"type": "text", "text": "\n"}


def rich_text(lines: Iterable[Line]) -> list[Json]:
    """Lines as `rich_text` blocks, nothing left out: long ones go on in the next block."""
    blocks: list[list[Json]] = []
    for element in _elements(lines):
        if not blocks or sum(map(_length, [*blocks[-1], element])) > LONGEST:
            blocks.append([])
        blocks[-1].append(element)
    return [{"type": "rich_text", "elements": elements} for elements in blocks]


def within(blocks: Sequence[Json], limit: int = WEIGHT) -> list[Json]:
    """As many of the `rich_text` blocks as weigh at most `limit` bytes, and "…" if some are left out."""
    kept: list[Json] = []
    for block in blocks:
        limit -= weight(block)
        if limit < 0:
            return [*kept, *rich_text([(Text(text="…"),)])]
        kept.append(block)
    return kept


def weight(block: Json) -> int:
    """Bytes of the text that a block shows."""
    return sum(size(_shown(inline)) for element in block["elements"] for inline in element["elements"])


def _elements(lines: Iterable[Line]) -> list[Json]:
    elements: list[Json] = []
    for line in lines:
        if len(line) == 1 and isinstance(line[0], Quote):
            elements += [_element("quote", [inline]) for inline in _inline(line[0])]
        else:
            _append(elements, [inline for part in line for inline in _inline(part)])
    return [element for element in elements if _shows(element)]


def _append(elements: list[Json], inlines: list[Json]) -> None:
    """Add a line to the last section, or begin a new one where it would grow too long."""
    last = elements[-1] if elements else None
    line = _element("section", inlines)
    if last and last["type"] == line["type"] and _length(last) + 1 + _length(line) <= LONGEST:
        last["elements"] += [NEWLINE, *inlines]
    elif _length(line) <= LONGEST:
        elements.append(line)
    else:
        elements += [_element("section", [inline]) for inline in inlines]


def _inline(part: Part) -> list[Json]:
    match part:
        case Text():
            style = {"style": {"bold": True}} if part.strong else {}
            return [{"type": "text", "text": words, **style} for words in pieces(clean(part.text), LONGEST)]
        case Quote():
            return [{"type": "text", "text": words} for words in pieces(clean(part.text), LONGEST)]
        case Mention(group=group) if group:
            return [{"type": "usergroup", "usergroup_id": group}]
        case Mention():
            return [{"type": "user", "user_id": part.user}]
        case Moment():
            return [_date(part)]
        case Room() | Way():
            return [_place(part)]


def _place(part: Room | Way) -> Json:
    return ways.link(part) if isinstance(part, Way) else {"type": "channel", "channel_id": part.channel}


def _date(moment: Moment) -> Json:
    shape = "{date_short_pretty} {time}"  # each agent sees it in their own zone and language
    return {
        "type": "date",
        "timestamp": int(moment.at.timestamp()),
        "format": shape,
        "fallback": cut(moment.fallback, FALLBACK) or moment.at.isoformat(" ", "minutes"),
    }


def _element(kind: str, inlines: list[Json]) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(inlines)}


def _shown(inline: Json) -> str:
    return str(inline.get("text") or inline.get("fallback") or "")


def _length(element: Json) -> int:
    return sum(units(_shown(inline)) for inline in element["elements"])


def _shows(element: Json) -> bool:
    return any(inline["type"] != "text" or inline["text"].strip() for inline in element["elements"])
