"""What agents see of a ticket: its card, drawn from the state of the moment, in its queue's language."""

from collections.abc import Iterator

from bot.core import facts as kinds
from bot.core import reference, silences, survey
from bot.core.arrivals import undelivered
from bot.core.policy import Question
from bot.core.shown import Card, Line, Mention
from bot.core.situation import Situation
from bot.core.ticket import Ticket
from handlers import filled_in, lines, moving, reaching, situations, states, thread
from handlers.agent import titles
from handlers.clock import deadlines
from handlers.ties import related
from handlers.unit import Unit
from locales import _, current, language_name, ngettext, use
from storage import people, tickets, words
from storage.people import Customer


def draw(unit: Unit, ticket: Ticket) -> Card:
    with use(unit.office.queue(ticket.queue).language):
        return in_words(unit, situations.look(unit, ticket))


def in_words(unit: Unit, situation: Situation) -> Card:
    """The card in the language of the moment."""
    ticket, customer = situation.ticket, people.customer(unit.tx, situation.ticket.customer_id)
    return Card(
        summary=thread.summary(ticket),
        title=f"{reference.show(ticket.reference)} · {states.for_agent(ticket)}",
        lines=filled_in.shown(situation, customer),
        fields=tuple(_fields(unit, situation, customer)),
        buttons=titles.buttons(situation),
        menu=titles.menu(situation),
        footer=_footer(unit, situation),
    )


def _fields(unit: Unit, situation: Situation, customer: Customer) -> Iterator[tuple[str, Line]]:
    ticket = situation.ticket
    category = situation.policy.category(ticket.category)
    if category:
        yield _("Kind of request"), lines.text(category.title.in_(current()))
    yield from _triage(situation)
    if ending := _ending(situation):
        yield _("How it ended"), lines.text(ending)
    if ticket.snoozed:
        yield _("Snoozed"), _snoozed(unit, situation)
    if unreached := reaching.shown(unit, ticket):
        yield _("The customer"), lines.text(unreached, strong=True)
    if ticket.claimer:
        yield _("Claimed by"), (Mention(user=ticket.claimer),)
    yield from related.shown(unit, situation)
    if levels := _levels(situation):
        yield _("Escalated to"), lines.text(levels)
    yield from deadlines.shown(unit, situation)
    yield _("Language"), lines.text(language_name(customer.language))
    yield _("Sent"), (deadlines.moment(unit, ticket.opened_at),)
    if rating := _rating(unit, situation):
        yield _("Rating"), rating


def _triage(situation: Situation) -> Iterator[tuple[str, Line]]:
    policy = situation.policy
    if priority := policy.priority(situation.ticket.priority):
        said = priority.title.in_(current())
        if situation.provisional_priority:
            said = _("{priority} (as the customer sees it)", priority=said)
        yield _("Priority"), lines.text(said)
    if complexity := policy.complexity(situation.triage.complexity):
        yield _("Complexity"), lines.text(complexity.title.in_(current()))


def _ending(situation: Situation) -> str:
    """The reason that was chosen from the policy's list, while the ticket is at its end."""
    ended = [fact for fact in situation.ledger.facts if fact.kind in kinds.RESOLVING]
    if situation.ticket.unresolved or not ended:
        return ""
    reason = situation.policy.reason(str(ended[-1].data.get("reason", "")))
    return reason.title.in_(current()) if reason else ""


def _snoozed(unit: Unit, situation: Situation) -> Line:
    until = silences.snoozed_until(situation.ledger)
    if until is None:
        return lines.text(_("until the customer writes"))
    return (deadlines.moment(unit, until),)


def _levels(situation: Situation) -> str:
    """Whom it was escalated to, by the desk or by the customer, in order."""
    known = ((key, situation.policy.level(key)) for key in situation.levels)
    told = [level.title.in_(current()) if level else key for key, level in known]
    if (above := situation.policy.escalating) and situation.happened(kinds.ESCALATED_BY_CUSTOMER):
        told.append(above.title.in_(current()))
    return " · ".join(told)


def _rating(unit: Unit, situation: Situation) -> Line | None:
    """The answers to the survey of this resolution, in the order in which they were asked."""
    given = words.ratings(unit.tx, situation.ticket, situation.ticket.cycle)
    asked = survey.questions(situation.policy, asked_by_desk=True)
    told = [_worth(question, given[question.key]) for question in asked if question.key in given]
    return lines.text(" · ".join(told)) if told else None


def _worth(question: Question, worth: int) -> str:
    if question.kind == "scale":
        return _("{score} of 5", score=worth)
    return _("Yes") if worth == survey.YES else _("No")


def _footer(unit: Unit, situation: Situation) -> str:
    """How many of the desk's words reached the customer, and how many did not, of what was merged, too."""
    delivered, failed = situation.happened(kinds.DELIVERED), len(undelivered(situation.ledger.facts))
    for merged in moving.merged_into(unit, situation.ticket):
        failed += len(undelivered(tickets.history(unit.tx, merged.id)))
    told = [ngettext("{n} message delivered", "{n} messages delivered", delivered)] if delivered else []
    if failed:
        told.append(ngettext("{n} message not delivered", "{n} messages not delivered", failed))
    return " · ".join(told)
