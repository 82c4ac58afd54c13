"""Makes words fit: Slack counts UTF-16 units, and takes neither NUL nor half a character."""

import re

BREAKS = re.compile(r"\s")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def units(text: str) -> int:
    """The length of a text as Slack counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: str) -> int:
    """The length of a text in bytes of UTF-8."""
    return len(text.encode("utf-8", "replace"))


def clean(text: str) -> str:
    """The text without what JSON or Slack refuse: control characters go, lone surrogates become U+FFFD."""
    mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return CONTROLS.sub("", mended.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, limit: int) -> str:
    """One clean line of at most `limit` units, with "…" where something is left out."""
    whole = clean(text)
    return whole if units(whole) <= limit else whole[: _fitting(whole, limit - 1)].rstrip() + "…"


def pieces(text: str, limit: int) -> list[str]:
    """The whole text in parts of at most `limit` units, broken at white space where there is some."""
    parts = []
    while units(text) > limit:
        end = _break(text, _fitting(text, limit))
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text] if text else parts


def escaped(text: str) -> str:
    """Our own words for a field that Slack would read tokens in."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start take at most `limit` units."""
    end = min(limit, len(text))
    while units(text[:end]) > limit:
        end -= max(1, (units(text[:end]) - limit) // 2)
    return end


def _break(text: str, end: int) -> int:
    """The last white space in the second half of a part, else its very end."""
    found = [match.end() for match in BREAKS.finditer(text, end // 2, end)]
    return found[-1] if found else end
