"""One solution resolves all tickets of an incident, each by its own rules."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference, verbs
from bot.core.policy import Outcome, Reason
from bot.core.shown import Dialog, Input, Line, Mention
from bot.core.ticket import Ticket, claim
from handlers import lines
from handlers.agent import resolving
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.lines import SLOT
from handlers.ties import breath, together
from handlers.ties import incidents as one_incident
from locales import _, ngettext
from storage import incidents, policies, tickets


def _is_unresolved(ticket: Ticket) -> bool:
    return ticket.unresolved


def _ask_solution(act: Act) -> Dialog | None:
    asked = lines.text(_("Each customer is asked whether it is solved."))
    free = lines.text(_("Tickets that nobody holds become yours first."))
    return together.dialog(act, "resolve_all", _("Resolve all"), _is_unresolved, asked, free, asks=_reason)


def _reason(act: Act, reached: Sequence[Ticket]) -> tuple[Input, ...]:
    return resolving.reason_field(act, _reasons(act, reached))


def _reasons(act: Act, reached: Sequence[Ticket]) -> tuple[Reason, ...]:
    """What can be chosen: all that the policies of these tickets list, each key once."""
    listed = (one for ticket in reached for one in _own(act, ticket))
    return tuple({one.key: one for one in listed}.values())


def _own(act: Act, ticket: Ticket) -> tuple[Reason, ...]:
    return policies.find(act.unit.tx, ticket.policy_hash).reasons_of(Outcome.RESOLVED)


def _upon_solution(act: Act) -> str:
    """The languages, and the reasons that there are to choose from."""
    reached, _others = together.reached(act, _is_unresolved)
    return " ".join((together.upon(_is_unresolved)(act), *(one.key for one in _reasons(act, reached))))


def _resolve(act: Act, values: Values) -> None:
    reached, others = together.reached(act, _is_unresolved)
    written = together.written(act, values, tuple(together.by_language(act, reached)))
    if written is None:
        return
    because = resolving.reason(act, _reasons(act, reached), values)
    if because is None:
        return
    apart = [one for one in reached if _lacks(act, one, because)]
    tried = [one for one in reached if one not in apart]
    said = {one.id: _resolve_one(act, one, written[together.language(act, one)], because) for one in tried}
    held = [one for one in tried if said[one.id] is None]
    _end(act)
    done = ngettext("{n} ticket is resolved.", "{n} tickets are resolved.", len(tried) - len(held))
    stay = (
        *(_in_hands(one) for one in held),
        *one_incident.left_out(apart, _without_it),
        *one_incident.left_out(others),
    )
    act.whisper(lines.text(done), *stay)
    for first, words_id in [(one, found) for one in tried if (found := said[one.id])][:1]:
        breath.offer_undo(act.on(first), words_id)
    act.ticket = tickets.read(act.unit.tx, act.ticket.id)


def _end(act: Act) -> None:
    """The incident is over, if no ticket is left: none that was tied to it just now, either."""
    tx, incident = act.unit.tx, one_incident.of(act)
    incidents.hold(tx, incident.id)
    if not any(one.unresolved for one in one_incident.tied_to(act, incident)):
        incidents.end(tx, incident.id, act.unit.at)


def _lacks(act: Act, ticket: Ticket, because: dict[str, str]) -> bool:
    """Whether the ticket's own policy lists reasons, and not the chosen one."""
    own = {one.key for one in _own(act, ticket)}
    return bool(own) and because["reason"] not in own


def _resolve_one(act: Act, ticket: Ticket, text: str, because: dict[str, str]) -> UUID | None:
    """By the ticket's own rules: one that nobody holds is claimed first, one in other hands stays there.

    The words to its customer, if it was.
    """
    there = act.on(tickets.lock(act.unit.tx, ticket.id))
    if not there.ticket.claimer:
        there.become(claim(there.ticket, act.agent.user, act.unit.at), kinds.CLAIMED)
    deed = verbs.deed(there.situation, "resolve")
    if deed is None or not there.may(deed.who):
        return None
    own = because if _own(act, ticket) else {}
    return resolving.resolve_with(there, text, incident=str(one_incident.of(act).id), **own)


def _in_hands(ticket: Ticket) -> Line:
    shown = reference.show(ticket.reference)
    said = _("Left out, because {agent} works on it: {reference}", agent=SLOT, reference=shown)
    return lines.around(said, Mention(user=ticket.claimer))


def _without_it(count: int, references: str) -> str:
    return ngettext(
        "Left out, because its policy does not have the chosen reason: {references}",
        "Left out, because their policies do not have the chosen reason: {references}",
        count,
        references=references,
    )


FORMS = {
    "resolve_all": Form(_ask_solution, _resolve, upon=_upon_solution, others=one_incident.all_tied),
}
