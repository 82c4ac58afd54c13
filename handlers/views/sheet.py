"""One ticket before one agent: how it stands, where it is, and what they may do with it now."""

from collections.abc import Iterator

from bot.core.shown import Button, Card, Dialog, Line, Post, Text, Way
from bot.core.ticket import Ticket
from bot.core.verbs import offered
from handlers import cards, lines
from handlers.agent import titles
from handlers.agent.act import READ_ONLY, Act
from locales import _, pgettext
from storage import tickets

TICKET, HISTORY = "ticket", "history"
"""Verbs of ours, which only show."""


def opened(act: Act) -> None:
    """Open the ticket in a window of its own, or in the window that it was asked for in."""
    with act.speaking():
        act.open(_dialog(act))


def told(act: Act) -> None:
    """Tell of the ticket in private."""
    with act.speaking():
        card = cards.in_words(act.unit, act.situation)
        shown = Post(summary=card.summary, lines=tuple(_lines(act, card)), buttons=_buttons(act))
        act.show(shown)


def button(ticket: Ticket) -> Button:
    """The way from what is told about a ticket to the ticket itself."""
    return Button(verb=TICKET, title=pgettext("button", "Ticket"), value=str(ticket.id))


def _dialog(act: Act) -> Dialog:
    card = cards.in_words(act.unit, act.situation)
    return Dialog(
        key=TICKET,
        title=pgettext("window", "Ticket"),
        cancel=pgettext("button", "Close"),
        lines=tuple(_lines(act, card)),
        sections=(((), _buttons(act)),),
        memo=str(act.ticket.id),
    )


def _lines(act: Act, card: Card) -> Iterator[Line]:
    yield lines.text(card.title, strong=True)
    yield from ((Text(text=f"{label}: ", strong=True), *line) for label, line in card.fields)
    yield from card.lines
    if card.footer:
        yield lines.text(card.footer)
    place = tickets.thread(act.unit.tx, act.ticket.id)
    if place and not act.is_outside:
        yield (Way(thread=place, text=_("Open its thread")),)


def _buttons(act: Act) -> tuple[Button, ...]:
    """The verbs that this agent may use now, and the history for whoever sees the ticket."""
    situation = act.situation
    mine = {
        deed.verb
        for deed in offered(situation)
        if deed.verb in READ_ONLY or (act.may_act and act.may(deed.who))
    }
    usable = (button for button in titles.verbs(situation) if button.verb in mine)
    history = Button(verb=HISTORY, title=pgettext("button", "History"), value=str(act.ticket.id))
    return (*usable, history)
