"""A second ticket about the same is merged into one that stays: by hand, and of the same customer only."""

from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Input, Pick
from bot.core.ticket import MERGED, Ticket, Verb, close
from handlers import behind, inshort, lines, moving, outside, post, reaching, reposting
from handlers.agent import answers, assigning, forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.clock import above
from handlers.lines import SLOT
from handlers.ties import incidents, naming
from locales import _, current, isolated
from storage import people, tickets

MOST = 50
"""So many of the customer's tickets are looked at; another one is named by its number."""


def _others(act: Act) -> tuple[list[Ticket], bool]:
    """The customer's other tickets that are under way, and that this agent may act on; whether of all."""
    live = tickets.live_of_customer(act.unit.tx, act.ticket.customer_id, MOST + 1)
    others = [one for one in live[:MOST] if one.id != act.ticket.id and one.unresolved]
    return [one for one in others if act.on(one).may_act], not (live[MOST:] and live[MOST].unresolved)


def _ask(act: Act) -> Dialog | None:
    others, all_of_them = _others(act)
    if not others and all_of_them:
        act.refuse(_("This customer has no other ticket under way that you can act on."))
        return None
    label = _("The ticket that stays")
    picks = tuple(Pick(key=str(one.id), title=_title(act, one)) for one in others)
    listed = (Input(key="into", label=label, picks=picks, optional=True),) if picks else ()
    more = _("Not all of them are listed. For another one, please write its number.")
    return forms.dialog(
        act,
        "merge",
        _("Merge"),
        *listed,
        naming.asked(optional=bool(picks)),
        told=(
            lines.text(_("This ticket is closed, and all that was written goes on with the one that stays.")),
            lines.text(_("It cannot be undone. The customer is told once.")),
            *(() if all_of_them else (lines.text(more),)),
        ),
    )


def _title(act: Act, ticket: Ticket) -> str:
    known_by = inshort.known_by(act.unit.tx, ticket, current())
    return " · ".join(isolated(part) for part in (reference.show(ticket.reference), *known_by))


def _merge(act: Act, values: Values) -> None:
    into = _chosen(act, values)
    if isinstance(into, str):
        act.mistaken(reference=into)
        return
    stays = tickets.lock(act.unit.tx, into.id)
    if why := _wrong(act, stays):
        act.mistaken(reference=why)
    else:
        incident = act.situation.incident
        _close(act, stays)
        _take_in(act, stays)
        _hand_on(act, stays.id)
        if incident:
            incidents.hand_on(act.on(tickets.read(act.unit.tx, stays.id)), incident)
        answers.tell(act.unit, stays, lambda: _told(act.ticket, stays))


def _chosen(act: Act, values: Values) -> Ticket | str:
    """By its number where one was typed, else from the list."""
    if typed := values.get(naming.KEY, "").strip():
        return naming.named(act, typed)
    found = (one for one in _others(act)[0] if str(one.id) == values.get("into"))
    return next(found, _("Please choose a ticket, or write its number."))


def _wrong(act: Act, stays: Ticket) -> str:
    """Why nothing can be merged into this ticket, or nothing."""
    if stays.customer_id != act.ticket.customer_id:
        return _("That is another customer's ticket. Only tickets of one customer can be merged.")
    if not stays.unresolved:
        return _("That ticket is not under way any more. Open it again first, or choose another.")
    return ""


def _close(act: Act, stays: Ticket) -> None:
    """The clocks of the duplicate stop; those of the one that stays run on as they are."""
    merged = close(act.ticket, Verb.MERGE, act.unit.at, outcome=MERGED)
    act.become(merged, kinds.MERGED, into=str(stays.id))
    behind.show_where(act.unit, act.ticket)
    act.announce(
        lambda: (
            _(
                "{agent} merged this ticket into {reference}.",
                agent=SLOT,
                reference=reference.show(stays.reference),
            ),
            _("Words in this thread stay on the desk."),
        )
    )


def _take_in(act: Act, stays: Ticket) -> None:
    """The thread of the one that stays shows who did it, and all that was said on the other."""
    unit = act.unit
    fact = unit.fact(kinds.ABSORBED, act.by, ticket=str(act.ticket.id))
    kept = tickets.save(unit.tx, replace(stays, touched_at=unit.at), fact)
    post.show_card(unit, kept)
    came = act.on(kept).announce(lambda: (_came(act.ticket),))
    said = moving.tell_again(unit, kept, of=act.ticket)
    reposting.bring(unit, kept, moving.whole_of(unit, act.ticket))
    above.pass_on(unit, kept, came.model_copy(update={"lines": (*came.lines, *said)}), purpose="news")
    if outside.held_outside(unit, kept):
        above.hand_files(unit, kept, kept.claimer)
    if people.address(unit.tx, act.ticket.address_id).open:
        reaching.offer(unit, kept, act.ticket, *moving.merged_into(unit, act.ticket))


def _came(merged: Ticket) -> str:
    return _(
        "{agent} merged the ticket {reference} into this one.",
        agent=SLOT,
        reference=reference.show(merged.reference),
    )


def _hand_on(act: Act, staying: UUID) -> None:
    """Whoever worked on the duplicate goes on with the one that stays, where it is in nobody's hands."""
    there = act.on(tickets.lock(act.unit.tx, staying))
    worked = act.ticket.claimer
    if worked and not there.ticket.claimer and there.lets_act(worked):
        assigning.give(there, worked)


def _told(merged: Ticket, stays: Ticket) -> str:
    return _(
        "Your request {reference} is about the same as your request {other}, so both go on as {other}."
        " Everything that you wrote and sent is kept there.",
        reference=reference.unbroken(merged.reference),
        other=reference.unbroken(stays.reference),
    )


def _upon(act: Act) -> str:
    return f"{act.ticket.status} {act.ticket.claimer}"


def _into(act: Act, values: Values) -> tuple[UUID, ...]:
    into = _chosen(act, values)
    return () if isinstance(into, str) else (into.id,)


FORMS: dict[str, Form] = {"merge": Form(_ask, _merge, upon=_upon, others=_into)}
