"""Agents name another ticket by its reference; one that they may not act on is as good as none."""

from uuid import UUID

from bot.core import reference
from bot.core.reference import Mistyped
from bot.core.shown import Input
from bot.core.ticket import Ticket
from handlers.agent.act import Act
from handlers.agent.forms import Values
from locales import _
from storage import tickets

KEY = "reference"


def asked(*, optional: bool = False) -> Input:
    """The field for a reference."""
    return Input(key=KEY, label=_("Number of the ticket"), hint="4829-1372", optional=optional)


def named(act: Act, typed: str) -> Ticket | str:
    """The ticket that was typed, or the sentence that says why there is none."""
    read = reference.read(typed)
    if isinstance(read, Mistyped):
        return _("There seems to be a typing mistake in this number. Please check its digits.")
    found = tickets.find(act.unit.tx, read) if read else None
    if found is None or not act.on(found).may_act:
        return _("There is no ticket with this number that you can act on.")
    if found.id == act.ticket.id:
        return _("This is the number of this very ticket.")
    return found


def others(act: Act, values: Values) -> tuple[UUID, ...]:
    """The ticket that a dialog names, if it names one."""
    found = named(act, values.get(KEY, ""))
    return () if isinstance(found, str) else (found.id,)
