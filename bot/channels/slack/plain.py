"""Slack's wire text as people see it: tokens, entities and emoji names become words, marks stay marks."""

import re
from collections.abc import Mapping

import emoji

TOKEN = re.compile(r"<([^<>\n]*)>")
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
SKIN = re.compile(r":skin-tone-([2-6]):")
UNKNOWN = "…"
FIRST_TONE = 0x1F3FB  # Slack counts the five tones from 2


def mentioned(text: str) -> frozenset[str]:
    """The ids of the users whom a text mentions."""
    return frozenset(MENTION.findall(text))


def plain(text: str, names: Mapping[str, str]) -> str:
    """Slack's wire text as people see it. `names` are display names by user id; others become "@…"."""
    parts = TOKEN.split(text)  # words and the insides of tokens take turns
    return "".join(
        named(part, names) if place % 2 else _unescaped(pictured(part)) for place, part in enumerate(parts)
    )


def named(inside: str, names: Mapping[str, str]) -> str:
    """What stands between the angle brackets of a token, as people see it."""
    target, _, label = inside.partition("|")
    label = _unescaped(label)
    match target[:1]:
        case "@":
            return "@" + names.get(target[1:], UNKNOWN)
        case "#":
            return "#" + (label or UNKNOWN)
        case "!":
            return _special(target[1:], label)
        case _:
            return linked(_unescaped(target), label)


def _special(command: str, label: str) -> str:
    name = command.partition("^")[0]
    if name in {"here", "channel", "everyone"}:
        return "@" + name
    if name == "subteam":
        return label or "@" + UNKNOWN
    return label


def linked(address: str, label: str) -> str:
    """A link with both its words and its address, unless they say the same."""
    bare = re.sub(r"^(mailto:|tel:|https?://)", "", address).rstrip("/")
    if not label or label == address:
        return address if address.startswith("http") else bare
    if label.rstrip("/") == bare:  # Slack made a link of what looked like one
        return label
    return f"{label} ({bare if bare != address and not address.startswith('http') else address})"


def pictured(words: str) -> str:
    """The same words with the emoji that their names stand for."""
    toned = SKIN.sub(lambda found: chr(FIRST_TONE + int(found[1]) - 2), words)
    return emoji.emojize(toned, language="alias")


def _unescaped(words: str) -> str:
    # The ampersand last, or "&amp;lt;" would lose its spelling.
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
