"""An agent's words from `rich_text` blocks, which hold styles apart: a mark among the words was typed."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.slack.plain import TOKEN, linked, mentioned, named, pictured, plain

Json = dict[str, Any]

BULLETS = "•◦▪"
INDENT = 4
TARGETS = {
    "user": "@{user_id}",
    "channel": "#{channel_id}",
    "usergroup": "!subteam^{usergroup_id}",
    "broadcast": "!{range}",
}
"""Who or what is named, as the wire text spells it."""

EASTERN = re.compile(r"[\u0400-\u04ff\u0600-\u06ff]")

UNFAMILIAR = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What reading blocks of an unexpected shape can raise."""


def spoken(message: Json, names: Mapping[str, str]) -> str:
    """What a message says, as people see it; by its wire text where blocks are missing or unfamiliar."""
    text = str(message.get("text") or "")
    blocks = [block for block in message.get("blocks") or () if block.get("type") == "rich_text"]
    if not blocks:
        return plain(text, names)
    try:
        return _Reader(names, _labels(text)).blocks(blocks)
    except UNFAMILIAR:
        return plain(text, names)  # with Slack's marks rather than without a word


def mentions(message: Json) -> frozenset[str]:
    """The ids of the users whom a message mentions."""
    return mentioned(str(message.get("text") or ""))


def _labels(text: str) -> dict[str, str]:
    """What the wire text calls channels and groups, of which blocks hold the ids only."""
    parts = (inside.partition("|") for inside in TOKEN.findall(text))
    return {target: inside for target, _, label in parts if label for inside in [f"{target}|{label}"]}


class _Reader:
    """Reads the blocks of one message."""

    def __init__(self, names: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self._names, self._labels = names, labels

    def blocks(self, blocks: Iterable[Json]) -> str:
        return "\n".join(self._piece(piece) for block in blocks for piece in block["elements"])

    def _piece(self, piece: Json) -> str:
        match piece["type"]:
            case "rich_text_section" | "rich_text_preformatted":
                return self._line(piece).removesuffix("\n")  # what follows stands on a line of its own anyway
            case "rich_text_quote":
                return _quoted(self._line(piece).removesuffix("\n"))
            case "rich_text_list":
                items = "\n".join(self._items(piece))
                return _quoted(items) if piece.get("border") else items
        raise ValueError(piece["type"])

    def _items(self, piece: Json) -> Iterable[str]:
        depth = int(piece.get("indent") or 0)
        first = int(piece.get("offset") or 0) + 1
        for number, item in enumerate(piece["elements"], first):
            mark = f"{number}." if piece["style"] == "ordered" else BULLETS[depth % len(BULLETS)]
            lead = " " * INDENT * depth + mark + " "
            yield lead + self._piece(item).replace("\n", "\n" + " " * len(lead))

    def _line(self, piece: Json) -> str:
        return "".join(map(self._inline, piece["elements"]))

    def _inline(self, inline: Json) -> str:
        if target := TARGETS.get(inline["type"]):
            return self._named(target.format_map(inline))
        return WORDS[inline["type"]](inline)

    def _named(self, target: str) -> str:
        return named(self._labels.get(target, target), self._names)


def _emoji(inline: Json) -> str:
    if code := inline.get("unicode"):
        return "".join(chr(int(point, 16)) for point in code.split("-"))
    return pictured(f":{inline['name']}:")


def _date(inline: Json) -> str:
    at = datetime.fromtimestamp(inline["timestamp"], UTC)
    return inline.get("fallback") or f"{at:%Y-%m-%d %H:%M} UTC"


def _quoted(words: str) -> str:
    return f"«{words}»" if EASTERN.search(words) else f"“{words}”"


WORDS: dict[str, Callable[[Json], str]] = {
    "text": lambda inline: str(inline["text"]),
    "emoji": _emoji,
    "link": lambda inline: linked(inline["url"], inline.get("text") or ""),
    "date": _date,
    "color": lambda inline: str(inline["value"]),
}
