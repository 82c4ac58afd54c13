"""Whose a ticket is, and what they filled in when it was filed: only ever as quotes."""

from bot.core.shown import Line, Quote, Text
from bot.core.situation import Situation
from handlers import lines
from handlers.form import Form
from locales import _, current, isolated
from storage.people import Customer

LONGEST_LINE = 300


def shown(situation: Situation, customer: Customer) -> tuple[Line, ...]:
    ticket, form = situation.ticket, Form(situation.policy, current())
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
    value = value if len(value) <= LONGEST_LINE else f"{value[:LONGEST_LINE].rstrip()}…"
    return (Text(text=f"{label}: ", strong=True), Quote(text=isolated(value)))
