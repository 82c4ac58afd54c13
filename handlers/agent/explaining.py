"""Why something is due when it is: told to whoever of the queue asks."""

from bot.core.shown import Dialog
from handlers.agent.act import Act
from handlers.clock.why import account
from locales import _, pgettext


def explain(act: Act) -> None:
    """Open a window that tells it; there is nothing to send."""
    act.open(
        Dialog(
            key="why",
            title=_("Why this time?"),
            cancel=pgettext("button", "Close"),
            lines=account(act.unit, act.situation),
            memo=str(act.ticket.id),
        )
    )
