"""How one speaks here, what is agreed to, what data is used for, and other ways to reach the organisation."""

from bot.core.policy import Address, Policy
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
    return [_("You can also reach us here:"), *(bullet(way(one)) for one in policy.elsewhere)]


def way(one: Address) -> str:
    """One of them, with what it is for."""
    note = one.note.in_(current())
    return _("{address} — {note}", address=Plain(one.address), note=Plain(note)) if one.address else note
