"""A ticket is snoozed, until a moment or the customer's word: on the desk only, no promise moves."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Dialog, Input
from handlers import lines
from handlers.agent import answers, forms, meanwhile, moments
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.clock import deadlines
from handlers.lines import OTHER, SLOT
from locales import _


def _ask(act: Act) -> Dialog:
    told = lines.text(_("Its clocks run on, and their reminders come. The customer does not hear of it."))
    until = Input(
        key="until", label=_("Until when; empty: until the customer writes"), asks="moment", optional=True
    )
    note = forms.words(_("Note for the desk"), _("The customer never sees it."), optional=True)
    return forms.dialog(act, "snooze", _("Snooze"), until, note, told=(told,))


def _snooze(act: Act, values: Values) -> None:
    until = moments.read(values.get("until", ""))
    if values.get("until") and (why := moments.wrong(act.unit, until)):
        act.mistaken(until=why)
        return
    named = {"until": until.isoformat()} if until else {}
    snoozed = replace(act.ticket, snoozed=True, touched_at=act.unit.at)
    act.become(snoozed, kinds.SNOOZED, **named)
    note = values["text"]
    kept = answers.keep_note(act, note) if note else None
    _announce(act, until, note, kept)


def _announce(act: Act, until: datetime | None, note: str, kept: UUID | None) -> None:
    if until is None:
        act.announce(
            lambda: (_("Snoozed by {agent} until the customer writes.", agent=SLOT),), note, said=kept
        )
        return
    act.announce(
        lambda: (_("Snoozed by {agent}, at the latest until {moment}.", agent=SLOT, moment=OTHER),),
        note,
        other=deadlines.moment(act.unit, until),
        said=kept,
    )


def wake(act: Act) -> None:
    """It is looked at again before its time."""
    act.become(replace(act.ticket, snoozed=False, touched_at=act.unit.at), kinds.WOKEN)
    act.announce(lambda: (_("No longer snoozed, by {agent}.", agent=SLOT),))


def _upon(act: Act) -> str:
    return f"{act.ticket.claimer} {act.ticket.status}"


FORMS = {"snooze": Form(_ask, _snooze, upon=_upon, heeds=(meanwhile.written,))}
