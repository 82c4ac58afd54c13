"""Lines of a list, and the shapes that several of them share."""

from collections.abc import Iterable

from locales import Plain, _


def bullet(said: str) -> str:
    return _("• {line}", line=Plain(said))


def pair(first: str, second: str) -> str:
    """Something and what is said of it: "Urgent: within 1 hour"."""
    return _("{first}: {second}", first=first, second=Plain(second))


def definition(name: str, meaning: str) -> str:
    return _("{name} — {meaning}", name=name, meaning=Plain(meaning))


def listing(heading: str, entries: Iterable[str]) -> list[str]:
    """A heading with its bullets; without any, nothing."""
    lines = [bullet(entry) for entry in entries]
    return [heading, *lines] if lines else []
