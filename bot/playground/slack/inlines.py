"""One line of wire text as the inline elements of rich text."""

import re
from collections.abc import Iterator
from typing import Any

import emoji

Json = dict[str, Any]

STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
FIRST_TONE = 0x1F3FB  # Slack counts the five tones from 2
LITERAL = re.compile(r"<(?P<token>[^<>\n]+)>|:(?P<emoji>[\w+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?")
STYLED = re.compile(
    LITERAL.pattern
    + r"|(?<![\w*~`])(?P<mark>[*_~`])(?!\s|(?P=mark))(?P<inner>.*?)(?<!\s)(?P=mark)(?![\w*~`])"
)


def inlines(line: str, *, literal: bool = False) -> list[Json]:
    """`literal`: marks of style are words like others."""
    return list(_inlines(line, {}, LITERAL if literal else STYLED))


def text(words: str, style: Json | None = None) -> Json:
    plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return {"type": "text", "text": plain, **({"style": style} if style else {})}


def _inlines(line: str, style: Json, marks: re.Pattern[str]) -> Iterator[Json]:
    end = 0
    for found in marks.finditer(line):
        if inner := list(_found(found.groupdict(), style, marks)):
            if before := line[end : found.start()]:
                yield text(before, style)
            yield from inner
            end = found.end()
    if line[end:]:
        yield text(line[end:], style)


def _found(found: Json, style: Json, marks: re.Pattern[str]) -> Iterator[Json]:
    """Nothing where it only looked like something."""
    if found["token"]:
        yield _token(found["token"])
    elif found["emoji"]:
        yield from _emoji(found["emoji"], found["tone"])
    elif found["mark"] == "`":
        yield text(found["inner"], {**style, "code": True})
    else:
        yield from _inlines(found["inner"], {**style, STYLES[found["mark"]]: True}, marks)


def _token(inside: str) -> Json:
    target, _, label = inside.partition("|")
    match target[:1], target[1:]:
        case "@", user:
            return {"type": "user", "user_id": user}
        case "#", channel:
            return {"type": "channel", "channel_id": channel}
        case "!", command:
            return _special(command, label)
    shown = {"text": text(label)["text"]} if label else {}
    return {"type": "link", "url": text(target)["text"], **shown}


def _special(command: str, label: str) -> Json:
    name, *about = command.split("^")
    if name == "subteam":
        return {"type": "usergroup", "usergroup_id": about[0]}
    if name == "date":
        return {"type": "date", "timestamp": int(about[0]), "format": about[1], "fallback": label}
    return {"type": "broadcast", "range": name}


def _emoji(name: str, tone: str | None) -> Iterator[Json]:
    picture = emoji.emojize(f":{name}:", language="alias")
    if not picture.startswith(":"):
        toned = picture + chr(FIRST_TONE + int(tone) - 2) if tone else picture
        skin = {"skin_tone": int(tone)} if tone else {}
        yield {"type": "emoji", "name": name, "unicode": "-".join(f"{ord(one):x}" for one in toned), **skin}
