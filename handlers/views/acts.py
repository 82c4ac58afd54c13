"""The buttons of what agents look at: which of them opens what."""

from collections.abc import Callable

from bot.core.heard import Acted
from handlers.agent.act import Act
from handlers.unit import Unit
from handlers.views import finding, history, home, listing, sheet
from locales import _
from storage.people import Agent

OWN: dict[str, Callable[[Unit, Agent, Acted], None]] = {
    home.TURN: home.turned,
    home.REFRESH: home.turned,
    listing.TURN: listing.turned,
    finding.FIND: finding.ask,
    finding.TURN: finding.turned,
}
"""Those that are about no ticket."""

OF_A_TICKET: dict[str, Callable[[Act], None]] = {
    sheet.TICKET: sheet.opened,
    sheet.HISTORY: history.opened,
    finding.FOUND: finding.opened,
}
"""Those that show a ticket."""


def show(act: Act, verb: str) -> None:
    """Show it to whoever may see the ticket; anybody else is told what they would be told of none."""
    if act.may_see:
        OF_A_TICKET[verb](act)
    else:
        with act.speaking():
            act.refuse(_("Nothing was done: this ticket cannot be found."))


def keep_up(act: Act) -> None:
    """What was pressed in a window has been done: the window shows the ticket as it is now."""
    if act.view and not act.has_opened and act.may_see:
        sheet.opened(act)
