"""What somebody types, as Slack's composer sends it: wire text, and blocks in which styles stand apart."""

import re
from typing import Any

from bot.playground.slack.inlines import inlines, text

Json = dict[str, Any]

FENCE = re.compile(r"\n?```\n?(.+?)\n?```\n?", re.DOTALL)
QUOTED = re.compile(r"&gt; ?(.*)")
LISTED = re.compile(r"(?P<lead>(?: {4})*)(?:[•◦▪]|(?P<number>\d+)\.) (?P<words>.+)")
DASHED = re.compile(r"^((?: {4})*)[*-] (?=\S)", re.MULTILINE)
ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)])")


def typed(words: str, *, raw: bool = False, literal: bool = False) -> Json:
    """A message's `text` and `blocks`. `raw`: wire text already; `literal`: with all formatting undone."""
    wire = words if raw else _wire(words)
    wire = wire if raw or literal else DASHED.sub(r"\1• ", wire)
    pieces = [_piece("section", inlines(wire, literal=True))] if literal else _pieces(wire)
    return {"text": wire, "blocks": [{"type": "rich_text", "elements": pieces}]}


def _wire(words: str) -> str:
    return "".join(
        f"<{_escaped(part)}>" if place % 2 else _escaped(part)
        for place, part in enumerate(ADDRESS.split(words))
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pieces(wire: str) -> list[Json]:
    """Sections, quotes, lists and fenced words, in order."""
    pieces: list[Json] = []
    for place, part in enumerate(FENCE.split(wire)):
        if place % 2:
            pieces.append(_piece("preformatted", [text(part)], border=0))
        elif part or not wire:
            for line in map(_line, part.split("\n")):
                _append(pieces, line)
    for piece in pieces[:-1]:
        if piece["type"] == "rich_text_section":  # where something follows, it ends its last line
            piece["elements"].append(text("\n"))
    return pieces


def _line(line: str) -> Json:
    if found := LISTED.fullmatch(line):
        return _item(found)
    if found := QUOTED.fullmatch(line):
        return _piece("quote", inlines(found[1]))
    return _piece("section", inlines(line))


def _item(found: re.Match[str]) -> Json:
    """A list of one item, which others may join."""
    number = int(found["number"] or 1)
    more = {"offset": number - 1} if number > 1 else {}
    style, indent = "ordered" if found["number"] else "bullet", len(found["lead"]) // 4
    item = _piece("section", inlines(found["words"]))
    return _piece("list", [item], style=style, indent=indent, border=0, **more)


def _append(pieces: list[Json], line: Json) -> None:
    """A line joins what stands before it, where that is of its kind."""
    last = pieces[-1] if pieces else {}
    if any(last.get(part) != line.get(part) for part in ("type", "style", "indent")):
        pieces.append(line)
    elif line["type"] == "rich_text_list":
        last["elements"] += line["elements"]
    else:
        last["elements"] += [text("\n"), *line["elements"]]


def _piece(kind: str, elements: list[Json], **about: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": elements, **about}
