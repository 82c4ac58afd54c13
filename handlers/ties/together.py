"""All tickets of an incident at once: their customers are told, each once, and one solution resolves them.

Words to everybody answer nobody in particular: no clock of any ticket is met by them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from bot.core import facts as kinds
from bot.core import reference, verbs
from bot.core.policy import Outcome, Reason
from bot.core.shown import Dialog, Input, Line, Mention
from bot.core.text import clean, visible
from bot.core.ticket import Status, Ticket, claim
from bot.core.words import Say
from handlers import lines, post, thread
from handlers.agent import forms, resolving
from handlers.agent.act import Act
from handlers.agent.forms import SEND, TEXT, Form, Values
from handlers.lines import SLOT
from handlers.ties import incidents as one_incident
from locales import _, language_name, listed, ngettext
from storage import incidents, people, policies, tickets, words

Which = Callable[[Ticket], bool]
Asks = Callable[[Act, Sequence[Ticket]], tuple[Input, ...]]


def _nothing(_act: Act, _reached: Sequence[Ticket]) -> tuple[Input, ...]:
    return ()


def _reached(act: Act, which: Which) -> tuple[list[Ticket], list[Ticket]]:
    """The tied tickets that this is about: those that the agent may act on, and those left out."""
    tied = one_incident.tied_to(act, one_incident.of(act))
    return one_incident.open_to(act, [one for one in tied if which(one)])


def _by_language(act: Act, reached: Sequence[Ticket]) -> dict[str, list[Ticket]]:
    """The tickets by the language that their customers speak now, the languages sorted."""
    spoken = sorted(reached, key=lambda one: _language(act, one))
    return {code: list(found) for code, found in groupby(spoken, key=lambda one: _language(act, one))}


def _language(act: Act, ticket: Ticket) -> str:
    return people.customer(act.unit.tx, ticket.customer_id).language


def _dialog(
    act: Act, key: str, title: str, which: Which, *told: Line, asks: Asks = _nothing
) -> Dialog | None:
    """A field for the words in each language that the customers have, and in no other; `asks` come first."""
    reached, others = _reached(act, which)
    if not reached:
        nobody = _("There is no ticket here that this could be done to.")
        act.whisper(lines.text(nobody), *one_incident.left_out(others))
        return None
    fields = (_field(code, found) for code, found in _by_language(act, reached).items())
    told = (*told, *one_incident.left_out(others))
    return forms.dialog(act, key, title, *asks(act, reached), *fields, told=told, ends=SEND)


def _field(code: str, found: Sequence[Ticket]) -> Input:
    customers = len({one.customer_id for one in found})
    label = ngettext(
        "In this language for {n} customer: {language}",
        "In this language for {n} customers: {language}",
        customers,
        language=language_name(code),
    )
    return forms.words(label, key=f"{TEXT}{code}")


def _upon(which: Which) -> Callable[[Act], str]:
    """The incident, and the languages that words are wanted in."""

    def upon(act: Act) -> str:
        reached, _others = _reached(act, which)
        return f"{one_incident.of(act).id} {' '.join(_by_language(act, reached))}"

    return upon


def _written(act: Act, values: Values, languages: Sequence[str]) -> dict[str, str] | None:
    """The words by language; None, and the agent is told, where some are missing."""
    written = {code: clean(values.get(f"{TEXT}{code}", "")) for code in languages}
    missing = [code for code, text in written.items() if not visible(text).strip()]
    if missing:
        act.mistaken(**{f"{TEXT}{code}": _("Please write a few words.") for code in missing})
        return None
    return written


# Told together


def _is_live(ticket: Ticket) -> bool:
    return ticket.status is not Status.CLOSED


def _ask_news(act: Act) -> Dialog | None:
    once = lines.text(_("Each customer reads it once, however many tickets they have here."))
    return _dialog(act, "tell_all", _("Tell the customers"), _is_live, once)


def _tell(act: Act, values: Values) -> None:
    reached, others = _reached(act, _is_live)
    written = _written(act, values, tuple(_by_language(act, reached)))
    if written is None:
        return
    incident = one_incident.of(act)
    of_customers: dict[object, list[Ticket]] = {}
    for one in reached:
        of_customers.setdefault(one.customer_id, []).append(tickets.lock(act.unit.tx, one.id))
    for theirs in of_customers.values():
        _tell_one(act, theirs, written[_language(act, theirs[0])], str(incident.id))
    told = ngettext("{n} customer is told.", "{n} customers are told.", len(of_customers))
    act.whisper(lines.text(told), *one_incident.left_out(others))


def _tell_one(act: Act, theirs: Sequence[Ticket], text: str, incident: str) -> None:
    """One message, about all that this customer has here; it is kept and shown with each of them."""
    unit = act.unit
    kept = [words.add(unit.tx, one, author=act.by, kind="incident", text=text, at=unit.at) for one in theirs]
    for one, said in zip(theirs, kept, strict=True):
        fact = unit.fact(kinds.INFORMED, act.by, incident=incident, words=str(said.id))
        tickets.record(unit.tx, one.id, fact)
        thread.announce(unit, one, act.agent.user, _announced, text, said=said.id)
    with post.speaking_to_customer(unit, theirs[0]):
        say = Say(text=_news(theirs, text))
    post.to_ticket_customer(
        unit, theirs[0], say, "incident", words_id=kept[0].id, copies=[one.id for one in kept[1:]]
    )


def _announced() -> tuple[str, ...]:
    return (_("{agent} to all customers of this incident:", agent=SLOT),)


def _news(theirs: Sequence[Ticket], text: str) -> str:
    shown = listed([reference.unbroken(one.reference) for one in theirs])
    heading = ngettext(
        "About your request {references}:", "About your requests {references}:", len(theirs), references=shown
    )
    return f"{heading}\n\n{text}"


# Resolved together


def _is_unresolved(ticket: Ticket) -> bool:
    return ticket.unresolved


def _ask_solution(act: Act) -> Dialog | None:
    asked = lines.text(_("Each customer is asked whether it is solved."))
    free = lines.text(_("Tickets that nobody holds become yours first."))
    return _dialog(act, "resolve_all", _("Resolve all"), _is_unresolved, asked, free, asks=_reason)


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
    reached, _others = _reached(act, _is_unresolved)
    return " ".join((_upon(_is_unresolved)(act), *(one.key for one in _reasons(act, reached))))


def _resolve(act: Act, values: Values) -> None:
    reached, others = _reached(act, _is_unresolved)
    written = _written(act, values, tuple(_by_language(act, reached)))
    if written is None:
        return
    because = resolving.reason(act, _reasons(act, reached), values)
    if because is None:
        return
    apart = [one for one in reached if _lacks(act, one, because)]
    tried = [one for one in reached if one not in apart]
    held = [one for one in tried if not _resolve_one(act, one, written[_language(act, one)], because)]
    if not (held or apart or others):
        incidents.end(act.unit.tx, one_incident.of(act).id, act.unit.at)
    done = ngettext("{n} ticket is resolved.", "{n} tickets are resolved.", len(tried) - len(held))
    stay = (*(_in_hands(one) for one in held), *_without_it(apart), *one_incident.left_out(others))
    act.whisper(lines.text(done), *stay)
    act.ticket = tickets.read(act.unit.tx, act.ticket.id)


def _lacks(act: Act, ticket: Ticket, because: dict[str, str]) -> bool:
    """Whether the ticket's own policy lists reasons, and not the chosen one."""
    own = {one.key for one in _own(act, ticket)}
    return bool(own) and because["reason"] not in own


def _resolve_one(act: Act, ticket: Ticket, text: str, because: dict[str, str]) -> bool:
    """By the ticket's own rules: one that nobody holds is claimed first, one in other hands stays there."""
    there = act.on(tickets.lock(act.unit.tx, ticket.id))
    if not there.ticket.claimer:
        there.become(claim(there.ticket, act.agent.user, act.unit.at), kinds.CLAIMED)
    deed = verbs.deed(there.situation, "resolve")
    if deed is None or not there.may(deed.who):
        return False
    resolving.resolve_with(there, text, **(because if _own(act, ticket) else {}))
    return True


def _in_hands(ticket: Ticket) -> Line:
    shown = reference.show(ticket.reference)
    said = _("Left out, because {agent} works on it: {reference}", agent=SLOT, reference=shown)
    return lines.around(said, Mention(user=ticket.claimer))


def _without_it(apart: Sequence[Ticket]) -> Iterator[Line]:
    if apart:
        shown = listed([reference.show(one.reference) for one in apart])
        yield lines.text(
            ngettext(
                "Left out, because its policy does not have the chosen reason: {references}",
                "Left out, because their policies do not have the chosen reason: {references}",
                len(apart),
                references=shown,
            )
        )


FORMS: dict[str, Form] = {
    "tell_all": Form(_ask_news, _tell, upon=_upon(_is_live), others=one_incident.all_tied),
    "resolve_all": Form(_ask_solution, _resolve, upon=_upon_solution, others=one_incident.all_tied),
}
