"""What agents see of a ticket: its card, drawn from the state of the moment, in its queue's language."""

from bot.core import reference, survey
from bot.core.policy import Policy, Question
from bot.core.shown import Button, Card, Line, Mention, Moment, Quote, Text
from bot.core.ticket import Ticket, verbs_of_card
from handlers import lines, states, thread
from handlers.form import Form
from handlers.unit import Office
from locales import _, current, isolated, language_name, ngettext, pgettext, use
from storage import Tx, people, policies, tickets, words
from storage.people import Customer

LONGEST_LINE = 300


def draw(tx: Tx, office: Office, ticket: Ticket) -> Card:
    with use(office.queue(ticket.queue).language):
        policy = policies.find(tx, ticket.policy_hash)
        customer = people.customer(tx, ticket.customer_id)
        return Card(
            summary=thread.summary(ticket),
            title=f"{reference.show(ticket.reference)} · {states.for_agent(ticket)}",
            lines=_lines(ticket, policy, customer),
            fields=_fields(tx, ticket, policy, customer),
            buttons=_buttons(ticket, policy),
            footer=_footer(tx, ticket),
        )


def _lines(ticket: Ticket, policy: Policy, customer: Customer) -> tuple[Line, ...]:
    """Whose it is and what they answered: only ever as quotes."""
    form = Form(policy, current())
    told: list[Line] = []
    if ticket.title:
        told.append(lines.quote(ticket.title))
    if customer.name:
        told.append(_answer(_("Customer"), customer.name))
    for question, answer in ticket.form.items():
        told.append(_answer(*form.named(question, answer)))
    return tuple(told)


def _answer(label: str, value: str) -> Line:
    """A value beside its label stays whole in a line of another direction: `+966` keeps its sign."""
    shown = value if len(value) <= LONGEST_LINE else f"{value[:LONGEST_LINE].rstrip()}…"
    return (Text(text=f"{label}: ", strong=True), Quote(text=isolated(shown)))


def _fields(tx: Tx, ticket: Ticket, policy: Policy, customer: Customer) -> tuple[tuple[str, Line], ...]:
    category, priority = policy.category(ticket.category), policy.priority(ticket.priority)
    language = current()
    known: list[tuple[str, Line | None]] = [
        (_("Kind of request"), lines.text(category.title.in_(language)) if category else None),
        (_("Priority"), lines.text(priority.title.in_(language)) if priority else None),
        (_("Claimed by"), (Mention(user=ticket.claimer),) if ticket.claimer else None),
        (_("Language"), lines.text(language_name(customer.language))),
        (_("Sent"), (Moment(at=ticket.opened_at, fallback=f"{ticket.opened_at:%Y-%m-%d %H:%M} UTC"),)),
        (_("Rating"), _rating(tx, ticket, policy)),
    ]
    return tuple((label, line) for label, line in known if line is not None)


def _rating(tx: Tx, ticket: Ticket, policy: Policy) -> Line | None:
    """The answers to the survey of this resolution, in the order in which they were asked."""
    given = words.ratings(tx, ticket, ticket.cycle)
    asked = [question for question in survey.questions(policy, asked_by_desk=True) if question.key in given]
    told = [_worth(question, given[question.key]) for question in asked]
    return lines.text(" · ".join(told)) if told else None


def _worth(question: Question, worth: int) -> str:
    if question.kind == "scale":
        return _("{score} of 5", score=worth)
    return _("Yes") if worth == survey.YES else _("No")


def _buttons(ticket: Ticket, policy: Policy) -> tuple[Button, ...]:
    titles = {
        "claim": pgettext("button", "Claim"),
        "release": pgettext("button", "Release"),
        "reply": pgettext("button", "Reply"),
        "ask": pgettext("button", "Ask"),
        "note": pgettext("button", "Note"),
        "priority": pgettext("button", "Priority"),
        "resolve": pgettext("button", "Resolve"),
        "reopen": pgettext("button", "Reopen"),
    }
    styles = {"claim": "primary", "reply": "primary"}
    return tuple(
        Button(verb=verb, title=titles[verb], value=str(ticket.id), style=styles.get(verb, ""))
        for verb in verbs_of_card(ticket)
        if verb != "priority" or policy.priorities
    )


def _footer(tx: Tx, ticket: Ticket) -> str:
    """How many of the desk's words reached the customer, and how many did not."""
    delivered = tickets.count_facts(tx, ticket.id, "delivered")
    failed = tickets.count_facts(tx, ticket.id, "undelivered")
    told = [ngettext("{n} message delivered", "{n} messages delivered", delivered)] if delivered else []
    if failed:
        told.append(ngettext("{n} message not delivered", "{n} messages not delivered", failed))
    return " · ".join(told)
