"""In a group the desk only points to the private chat and official addresses, and keeps nothing (CAP-1)."""

from datetime import timedelta

from bot.core.heard import Incoming
from bot.core.now import Aside
from handlers.expectations import terms
from handlers.unit import Unit
from locales import _, negotiate, pgettext, use

AGAIN = timedelta(minutes=10)
"""How long a group is not pointed anywhere again: a lively one would hear nothing else."""

REMEMBERED = 1000


def point_to_private(unit: Unit, incoming: Incoming) -> None:
    """At once or never; which group it was is known to this process alone, and for a while."""
    chat, pointed = incoming.sender.chat, unit.office.pointed
    if chat in pointed and unit.now < pointed[chat] + AGAIN:
        return
    if len(pointed) >= REMEMBERED:
        pointed.clear()
    pointed[chat] = unit.now
    with use(negotiate(incoming.sender.language) or unit.office.policy.languages[0]):
        unit.nows.append(Aside(chat=chat, text=_text(unit), button=pgettext("button", "Write privately")))


def _text(unit: Unit) -> str:
    here = _("In groups we take no requests and keep nothing. Please write to us in a private chat.")
    return "\n\n".join(filter(None, (here, "\n".join(terms.elsewhere(unit.office.policy)))))
