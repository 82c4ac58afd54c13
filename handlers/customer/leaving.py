"""Leaving what is under way, by its button or by a word."""

from uuid import UUID

from bot.core.flow import CANCEL, Cancelled
from handlers.customer import along, conversation, language, latest, resume
from handlers.customer.commands import AskCancelling, Cancel, GoBack, ShowMenu
from handlers.customer.talk import Talk
from locales import _
from storage import tickets


@conversation.does(Cancel)
def leave(talk: Talk, _command: Cancel) -> None:
    """Leave what is under way; where nothing is, a request may be meant, also one that was begun before."""
    here = conversation.opened(talk)
    conversation.leave(talk)
    if here is None or (here.flow.name in latest.BROWSING and CANCEL not in here.place.asked):
        looked_at = here.place.draft.get("ticket") if here and not resume.waits(talk) else None
        conversation.carry_out(talk, AskCancelling(_reference_of(talk, looked_at)))
    else:
        along.carry_out(talk, Cancelled(here.flow.name, here.draft), along.left_over(here))


def _reference_of(talk: Talk, ticket_id: str | None) -> str:
    """The ticket that is looked at, if one is."""
    return tickets.read(talk.unit.tx, UUID(ticket_id)).reference if ticket_id else ""


@conversation.does(Cancelled)
def cancelled(talk: Talk, command: Cancelled) -> None:
    if command.flow == language.language.name:
        language.stay(talk, command.draft)
        return
    if command.flow == resume.INTAKE:
        talk.say(resume.nothing_sent())
    elif command.flow in conversation.WAITING and command.draft.told:
        talk.say(_("Your message was not sent."))
    before = command.draft.before
    conversation.carry_out(talk, GoBack(before) if before else ShowMenu())
