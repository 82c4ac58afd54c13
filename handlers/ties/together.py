"""What is done to all tickets of an incident at once: whom it reaches, and in which languages."""

from collections.abc import Callable, Sequence
from itertools import groupby

from bot.core.shown import Dialog, Input, Line
from bot.core.text import clean, visible
from bot.core.ticket import Ticket
from handlers import lines
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import SEND, TEXT, Values
from handlers.ties import incidents as one_incident
from locales import _, language_name, ngettext
from storage import people

Which = Callable[[Ticket], bool]
Asks = Callable[[Act, Sequence[Ticket]], tuple[Input, ...]]


def _nothing(_act: Act, _reached: Sequence[Ticket]) -> tuple[Input, ...]:
    return ()


def reached(act: Act, which: Which) -> tuple[list[Ticket], list[Ticket]]:
    """The tied tickets that this is about: those that the agent may act on, and those left out."""
    tied = one_incident.tied_to(act, one_incident.of(act))
    return one_incident.open_to(act, [one for one in tied if which(one)])


def by_language(act: Act, tickets: Sequence[Ticket]) -> dict[str, list[Ticket]]:
    """The tickets by the language that their customers speak now, the languages sorted."""
    spoken = sorted(tickets, key=lambda one: language(act, one))
    return {code: list(found) for code, found in groupby(spoken, key=lambda one: language(act, one))}


def language(act: Act, ticket: Ticket) -> str:
    return people.customer(act.unit.tx, ticket.customer_id).language


def dialog(act: Act, key: str, title: str, which: Which, *told: Line, asks: Asks = _nothing) -> Dialog | None:
    """A field for the words in each language that the customers have, and in no other; `asks` come first."""
    found, others = reached(act, which)
    if not found:
        nobody = _("There is no ticket here that this could be done to.")
        act.whisper(lines.text(nobody), *one_incident.left_out(others))
        return None
    fields = (_field(code, these) for code, these in by_language(act, found).items())
    told = (*told, *one_incident.left_out(others))
    return forms.dialog(act, key, title, *asks(act, found), *fields, told=told, ends=SEND)


def _field(code: str, found: Sequence[Ticket]) -> Input:
    customers = len({one.customer_id for one in found})
    label = ngettext(
        "In this language for {n} customer: {language}",
        "In this language for {n} customers: {language}",
        customers,
        language=language_name(code),
    )
    return forms.words(label, key=f"{TEXT}{code}")


def upon(which: Which) -> Callable[[Act], str]:
    """The incident, and the languages that words are wanted in."""

    def known(act: Act) -> str:
        found, _others = reached(act, which)
        return f"{one_incident.of(act).id} {' '.join(by_language(act, found))}"

    return known


def written(act: Act, values: Values, languages: Sequence[str]) -> dict[str, str] | None:
    """The words by language; None, and the agent is told, where some are missing."""
    given = {code: clean(values.get(f"{TEXT}{code}", "")) for code in languages}
    missing = [code for code, text in given.items() if not visible(text).strip()]
    if missing:
        act.mistaken(**{f"{TEXT}{code}": _("Please write a few words.") for code in missing})
        return None
    return given
