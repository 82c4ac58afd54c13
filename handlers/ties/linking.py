"""Two tickets are linked, whosever they are: their cards show each other, and no customer hears of it."""

from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference, ties
from bot.core.shown import Dialog, Input, Pick
from bot.core.ticket import Ticket
from handlers import post, thread
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.lines import SLOT
from handlers.ties import naming
from locales import _
from storage import tickets

MOST = 20
"""A card has room for no more."""


def _linked(act: Act) -> tuple[UUID, ...]:
    return ties.links(act.situation.ledger.facts)


def _ask(act: Act) -> Dialog:
    linked = [tickets.read(act.unit.tx, one) for one in _linked(act)]
    picks = tuple(Pick(key=str(one.id), title=reference.show(one.reference)) for one in linked)
    ending = (Input(key="unlink", label=_("Or end this link"), picks=picks, optional=True),) if picks else ()
    return forms.dialog(act, "link", _("Link"), naming.asked(optional=bool(picks)), *ending)


def _link(act: Act, values: Values) -> None:
    linked, typed = _linked(act), values.get(naming.KEY, "").strip()
    ended = next((one for one in linked if str(one) == values.get("unlink")), None)
    if ended and not typed:
        _both(act, tickets.lock(act.unit.tx, ended), kinds.UNLINKED)
        return
    other = naming.named(act, typed)
    if isinstance(other, str):
        act.mistaken(reference=other)
    elif other.id in linked:
        act.mistaken(reference=_("These two are linked already."))
    elif len(linked) >= MOST:
        act.mistaken(reference=_("This ticket has as many links as its card can show."))
    else:
        _link_with(act, tickets.lock(act.unit.tx, other.id))


def _link_with(act: Act, other: Ticket) -> None:
    if len(_linked(act.on(other))) >= MOST:
        act.mistaken(reference=_("That ticket has as many links as its card can show."))
    else:
        _both(act, other, kinds.LINKED)


def _both(act: Act, other: Ticket, fact: str) -> None:
    """It is on record on both, and both cards and threads show it."""
    there = act.on(other)
    for one, about in ((act, other), (there, act.ticket)):
        happened = act.unit.fact(fact, act.by, ticket=str(about.id))
        tickets.record(act.unit.tx, one.ticket.id, happened)
        post.show_card(act.unit, one.ticket)
        _announce(one, about, fact)


def _announce(act: Act, about: Ticket, fact: str) -> None:
    shown = reference.show(about.reference)

    def said() -> tuple[str, ...]:
        if fact == kinds.LINKED:
            return (_("{agent} linked this ticket with {reference}.", agent=SLOT, reference=shown),)
        return (_("{agent} ended the link with {reference}.", agent=SLOT, reference=shown),)

    thread.announce(act.unit, act.ticket, act.agent.user, said)


def _others(act: Act, values: Values) -> tuple[UUID, ...]:
    ended = (one for one in _linked(act) if str(one) == values.get("unlink"))
    return (*naming.others(act, values), *ended)


FORMS: dict[str, Form] = {"link": Form(_ask, _link, others=_others)}
