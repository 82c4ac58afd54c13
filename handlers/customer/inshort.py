"""What was said, in one short line."""

from locales import _
from storage.words import Words

MOST = 60


def shown(said: Words) -> str:
    """Words in short, or that they are no more."""
    if said.redacted:
        return _("(removed)")
    return snippet(said.text) or _("(a file without words)")


def snippet(said: str, most: int = MOST) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= most else f"{flat[:most].rstrip()}…"
