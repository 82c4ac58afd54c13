"""What agents see of a ticket: its card, drawn from the state of the moment, in its queue's language."""

from bot.core import reference
from bot.core.policy import Policy
from bot.core.shown import Button, Card, Line, Mention, Moment, Quote, Text
from bot.core.ticket import Ticket, verbs_of_card
from handlers import lines, states
from handlers.form import Form
from handlers.unit import Office
from locales import _, current, language_name, ngettext, pgettext, use
from storage import Tx, people, policies, tickets, words

LONGEST_LINE = 300


def draw(tx: Tx, office: Office, ticket: Ticket) -> Card:
    with use(office.desk.queues[ticket.queue].language):
        policy = policies.find(tx, ticket.policy_hash)
        shown = reference.show(ticket.reference)
        return Card(
            summary=_("Ticket {reference}: {state}", reference=shown, state=states.for_agent(ticket)),
            title=f"{shown} · {states.for_agent(ticket)}",
            lines=_lines(tx, ticket, policy),
            fields=_fields(tx, ticket, policy),
            buttons=_buttons(ticket, policy),
            footer=_footer(tx, ticket),
        )


def _lines(tx: Tx, ticket: Ticket, policy: Policy) -> tuple[Line, ...]:
    """Whose it is and what they answered: only ever as quotes."""
    form = Form(policy, current())
    name = people.customer(tx, ticket.customer_id).name
    told: list[Line] = []
    if ticket.title:
        told.append(lines.quote(ticket.title))
    if name:
        customer = _("Customer")
        told.append((Text(text=f"{customer}: ", strong=True), Quote(text=name)))
    for question, answer in ticket.form.items():
        label, value = form.named(question, answer)
        told.append((Text(text=f"{label}: ", strong=True), Quote(text=value[:LONGEST_LINE])))
    return tuple(told)


def _fields(tx: Tx, ticket: Ticket, policy: Policy) -> tuple[tuple[str, Line], ...]:
    category, priority = policy.category(ticket.category), policy.priority(ticket.priority)
    language = current()
    known: list[tuple[str, Line | None]] = [
        (_("Kind of request"), lines.text(category.title.in_(language)) if category else None),
        (_("Priority"), lines.text(priority.title.in_(language)) if priority else None),
        (_("Claimed by"), (Mention(user=ticket.claimer),) if ticket.claimer else None),
        (_("Language"), lines.text(language_name(ticket.language))),
        (_("Sent"), (Moment(at=ticket.opened_at, fallback=f"{ticket.opened_at:%Y-%m-%d %H:%M} UTC"),)),
        (_("Rating"), _rating(tx, ticket)),
    ]
    return tuple((label, line) for label, line in known if line is not None)


def _rating(tx: Tx, ticket: Ticket) -> Line | None:
    given = words.ratings(tx, ticket, ticket.cycle)
    if not given:
        return None
    if ticket.score is not None:
        return lines.text(_("{score} of 5", score=ticket.score))
    return lines.text(", ".join(str(value) for value in given.values()))


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
