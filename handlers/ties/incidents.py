"""One trouble behind several tickets: they are tied to an incident, listed, and untied again."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Button, Dialog, Input, Line, Mention, Part, Pick, Quote, Text
from bot.core.ticket import Status, Ticket
from handlers import behind, lines, post, states, unsent
from handlers.agent import forms, titles
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.clock import deadlines
from handlers.lines import OTHER, SLOT
from handlers.ties import naming
from locales import _, language_name, listed, ngettext, pgettext
from storage import incidents, people, tickets
from storage.incidents import Incident

NEW = "new"
MOST, PAGE = 90, 20
"""Incidents to choose from, and tickets on a page of one."""

LONGEST_TITLE = 150


def of(act: Act) -> Incident:
    """The incident that the act's ticket is tied to."""
    incident = act.situation.incident
    assert incident
    return incidents.read(act.unit.tx, incident)


def tied_to(act: Act, incident: Incident) -> list[Ticket]:
    """All tickets that are tied to it, in the order of their filing."""
    tx = act.unit.tx
    return list(tickets.readable(tx, incidents.tied_to(tx, incident.id)))


def all_tied(act: Act, _values: Values) -> list[UUID]:
    """The tickets that a dialog about the incident does something to."""
    incident = act.situation.incident
    return incidents.tied_to(act.unit.tx, incident) if incident else []


def open_to(act: Act, tied: list[Ticket]) -> tuple[list[Ticket], list[Ticket]]:
    """The tickets that this agent may act on, and those that are left out."""
    may = [one for one in tied if act.on(one).may_act]
    return may, [one for one in tied if one not in may]


def _may_not_act(count: int, references: str) -> str:
    return ngettext(
        "Left out, because you cannot act on it: {references}",
        "Left out, because you cannot act on them: {references}",
        count,
        references=references,
    )


def left_out(tied: Sequence[Ticket], why: Callable[[int, str], str] = _may_not_act) -> Iterator[Line]:
    """Those that nothing is done to, by their numbers alone, and why: mostly, they may not act on them."""
    if tied:
        yield lines.text(why(len(tied), listed([reference.show(one.reference) for one in tied])))


# Tied to one


def _ask(act: Act) -> Dialog | None:
    """Which one; a ticket that is tied already shows it instead."""
    if act.situation.incident:
        show(act)
        return None
    known = incidents.current(act.unit.tx, MOST + 1)
    new = Pick(key=NEW, title=pgettext("button", "A new incident"))
    picks = (new, *(Pick(key=str(one.id), title=one.title) for one in known[:MOST]))
    older = _("Only the newest are listed. An older one takes further tickets from its own list.")
    return forms.dialog(
        act,
        "incident",
        _("Incident"),
        Input(key="incident", label=_("Which incident"), picks=picks, value=NEW),
        Input(
            key="title",
            label=_("What a new one is called"),
            hint=_("The customer never sees it."),
            optional=True,
            max_length=LONGEST_TITLE,
        ),
        told=(lines.text(older),) if len(known) > MOST else (),
    )


def _choose(act: Act, values: Values) -> None:
    title = " ".join(values.get("title", "").split())
    known = {str(one.id): one for one in incidents.current(act.unit.tx, MOST)}
    if chosen := known.get(values.get("incident", "")):
        _tie(act, chosen)
    elif values.get("incident") != NEW:
        act.mistaken(incident=_("Please choose one of these."))
    elif not title:
        act.mistaken(title=_("Please write a few words."))
    else:
        _tie(act, incidents.begin(act.unit.tx, title[:LONGEST_TITLE], act.by, act.unit.at))


def _tie(act: Act, incident: Incident) -> None:
    incidents.tie(act.unit.tx, incident.id, act.ticket.id)
    incidents.end(act.unit.tx, incident.id, None)
    _record(act, kinds.TIED, incident.id)
    act.announce(lambda: (_("{agent} tied this ticket to an incident:", agent=SLOT),), incident.title)


def hand_on(act: Act, incident: UUID) -> None:
    """What was merged into the act's ticket was tied to an incident: that is the ticket's trouble, too."""
    if not act.situation.incident:
        _tie(act, incidents.read(act.unit.tx, incident))


def _record(act: Act, fact: str, incident: UUID) -> None:
    tickets.record(act.unit.tx, act.ticket.id, act.unit.fact(fact, act.by, incident=str(incident)))
    post.show_card(act.unit, act.ticket)


def _ask_other(act: Act) -> Dialog:
    return forms.dialog(act, "tie", _("Tie another ticket"), naming.asked())


def _tie_other(act: Act, values: Values) -> None:
    other = naming.named(act, values.get(naming.KEY, ""))
    if isinstance(other, str):
        act.mistaken(reference=other)
        return
    there = act.on(tickets.lock(act.unit.tx, other.id))
    if there.situation.incident:
        act.mistaken(reference=_("That ticket is tied to an incident already."))
    elif there.ticket.status is Status.CLOSED:
        act.mistaken(reference=_("That ticket is closed."))
    else:
        _tie(there, of(act))
        show(act)


def _ask_title(act: Act) -> Dialog:
    asked = Input(
        key="title",
        label=_("Title"),
        hint=_("The customer never sees it."),
        value=of(act).title,
        max_length=LONGEST_TITLE,
    )
    return forms.dialog(act, "rename", _("Rename"), asked)


def _rename(act: Act, values: Values) -> None:
    """On the cards of all its tickets; posts that named it before keep that name."""
    title, incident = " ".join(values.get("title", "").split()), of(act)
    if not title:
        act.mistaken(title=_("Please write a few words."))
        return
    incidents.rename(act.unit.tx, incident.id, title[:LONGEST_TITLE])
    for one in tied_to(act, incident):
        _record(act.on(tickets.lock(act.unit.tx, one.id)), kinds.RENAMED, incident.id)
    show(act)


def untie(act: Act) -> None:
    incident = of(act)
    incidents.untie(act.unit.tx, act.ticket.id)
    _record(act, kinds.UNTIED, incident.id)
    act.announce(lambda: (_("{agent} untied this ticket from an incident:", agent=SLOT),), incident.title)
    unsent.hold_news_back(act.unit, act.ticket, incident.id, unsent.untied, act.by)


# The list


def show(act: Act) -> None:
    """Who and which and how they stand, and what can be done with all of them; page by page."""
    incident, number = of(act), int(act.detail) if act.detail.isdecimal() else 0
    may, others = open_to(act, tied_to(act, incident))
    shown = may[number * PAGE : (number + 1) * PAGE]
    told = (
        (Text(text=_("Incident"), strong=True), Text(text=": "), Quote(text=incident.title)),
        _begun(act, incident),
        lines.text(_size(may, others)),
        *(_entry(act, one) for one in shown),
        *left_out(others),
    )
    pages = _pages(act, number, more=len(may) > (number + 1) * PAGE)
    act.whisper(*told, buttons=(*pages, *titles.of_incident(act.situation)))


def _begun(act: Act, incident: Incident) -> Line:
    moment = deadlines.moment(act.unit, incident.opened_at)
    by = Mention(user=incident.by.removeprefix("agent:"))
    return lines.around(_("Begun by {agent}, {moment}.", agent=SLOT, moment=OTHER), by, moment)


def _size(may: list[Ticket], others: list[Ticket]) -> str:
    people_of = {one.customer_id for one in (*may, *others)}
    told = (
        ngettext("{n} ticket", "{n} tickets", len(may) + len(others)),
        ngettext("{n} customer", "{n} customers", len(people_of)),
    )
    return " · ".join(told)


def _entry(act: Act, ticket: Ticket) -> Line:
    customer = people.customer(act.unit.tx, ticket.customer_id)
    queue = behind.title(act.unit, ticket, ticket.queue)
    known = (
        reference.show(ticket.reference),
        states.for_agent(ticket),
        queue,
        language_name(customer.language),
    )
    told: list[Part] = [Text(text=" · ".join(known))]
    if customer.name:
        told += [Text(text=" · "), Quote(text=customer.name)]
    if ticket.claimer:
        told += [Text(text=" · "), Mention(user=ticket.claimer)]
    return tuple(told)


def _pages(act: Act, number: int, *, more: bool) -> Iterator[Button]:
    ticket = act.ticket.id
    if number:
        title = pgettext("button", "Earlier ones")
        yield Button(verb="incident", title=title, value=f"{ticket}/{number - 1}")
    if more:
        yield Button(verb="incident", title=pgettext("button", "More"), value=f"{ticket}/{number + 1}")


def _upon(act: Act) -> str:
    return str(act.situation.incident or "")


FORMS: dict[str, Form] = {
    "incident": Form(_ask, _choose, upon=_upon),
    "rename": Form(_ask_title, _rename, upon=_upon, others=all_tied),
    "tie": Form(_ask_other, _tie_other, upon=_upon, others=naming.others),
}
