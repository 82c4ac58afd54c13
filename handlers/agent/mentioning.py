"""A note that names a colleague reaches them: in the thread, or in private if they may read the ticket."""

from collections.abc import Iterable
from uuid import UUID

from bot.core import reference
from bot.core.shown import Line, Mention, Post
from handlers import lines, outside, post, thread
from handlers.agent.act import Act
from handlers.lines import SLOT
from locales import _


def tell(act: Act, users: Iterable[str], note: str, said: UUID) -> None:
    """Slack itself calls whoever is in the channel; of whom cannot be told, the author hears.

    `said` is the id of the note.
    """
    absent = (user for user in users if outside.is_outside(act.unit, act.ticket, user))
    for user in absent:
        if user == act.agent.user:
            continue
        if may_read(act, user):
            _hand(act, user, lines.quote(note, said))
        else:
            untold = _("{agent} was not told of your note: they may not read this ticket.", agent=SLOT)
            act.whisper(lines.around(untold, Mention(user=user)))


def may_read(act: Act, user: str) -> bool:
    """Who acts on the ticket, and who reviews, may read it."""
    return act.lets_act(user) or user in act.unit.office.desk.roles.reviewers


def _hand(act: Act, user: str, note: Line) -> None:
    with thread.speaking(act.unit, act.ticket):
        about = _("Ticket {reference}", reference=reference.show(act.ticket.reference))
        said = lines.around(_("{agent} names you in a note:", agent=SLOT), Mention(user=act.agent.user))
    told = (lines.text(about, strong=True), said, note)
    post.to_person(act.unit, user, Post(summary=about, lines=told), "mention", ticket=act.ticket)
