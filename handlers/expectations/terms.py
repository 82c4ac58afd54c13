"""How one speaks here, what is agreed to, what data is used for, and other ways to reach the organisation."""

from bot.core.policy import Policy
from handlers.expectations.bullets import bullet
from locales import Plain, _, current


def blocks(policy: Policy) -> list[list[str]]:
    texts = policy.texts
    stated = (policy.consent.text if policy.consent else None, texts.rules, texts.data)
    return [*([text.in_(current())] for text in stated if text), elsewhere(policy)]


def elsewhere(policy: Policy) -> list[str]:
    """Other ways to reach the organisation, as its policy lists them."""
    if not policy.elsewhere:
        return []
    ways = [_way(way.address, way.note.in_(current())) for way in policy.elsewhere]
    return [_("You can also reach us here:"), *(bullet(way) for way in ways)]


def _way(address: str | None, note: str) -> str:
    return _("{address} — {note}", address=Plain(address), note=Plain(note)) if address else note
