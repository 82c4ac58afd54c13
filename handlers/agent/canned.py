"""Canned answers of the desk file: chosen in a dialog, filled in the customer's language, changed at will."""

from collections.abc import Iterator

from bot.core import reference
from bot.core.desk import CannedAnswer
from bot.core.heard import Chosen
from bot.core.now import Redraw
from bot.core.shown import Dialog, Input, Pick
from bot.core.text import clean
from handlers import post
from handlers.agent.act import Act
from locales import Plain, _, current, fill
from storage import people

CANNED, TEXT = "canned", "text"


def field(act: Act) -> tuple[Input, ...]:
    """The choice, where the desk file has answers in the customer's language."""
    picks = tuple(Pick(key=key, title=_title(act, key, one)) for key, one in _fitting(act))
    if not picks:
        return ()
    hint = _("Its words can be changed before they are sent")
    return (Input(key=CANNED, label=_("Canned answer"), hint=hint, picks=picks, optional=True, redraws=True),)


def fill_in(act: Act, asked: Dialog, chosen: Chosen) -> None:
    """Draw the dialog anew with the words of the answer that was chosen; what else was written stays."""
    known, values = dict(_fitting(act)), chosen.values
    if (answer := known.get(values.get(CANNED, ""))) is None:
        return
    text = _beside(act, clean(values.get(TEXT, "")), filled(act, answer))
    inputs = tuple(
        one.model_copy(update={"value": text, "drawing": chosen.drawing})
        if one.key == TEXT
        else one.model_copy(update={"value": values.get(one.key, one.value)})
        for one in asked.inputs
    )
    again = asked.model_copy(update={"inputs": inputs})
    act.unit.nows.append(Redraw(view=chosen.view, state=chosen.state, dialog=again, thread=act.thread))


def filled(act: Act, answer: CannedAnswer) -> str:
    """The words of an answer for the ticket's customer, in their language."""
    customer = people.customer(act.unit.tx, act.ticket.customer_id)
    with post.speaking_to_customer(act.unit, act.ticket):
        return fill(
            answer.in_(current()) or "",
            reference=_in_order(reference.unbroken(act.ticket.reference)),
            name=customer.name or _("dear customer"),
            organisation=act.unit.office.policy.organisation.in_(current()),
        )


def _in_order(number: str) -> Plain:
    """A number among Arabic words: what agents send keeps marks beside it, but no isolates around it."""
    return Plain(f"\u200e{number}\u200e")


def _beside(act: Act, written: str, words: str) -> str:
    """Words that are no canned answer themselves are the agent's own, and are not lost."""
    canned = {clean(filled(act, one)) for _key, one in _fitting(act)}
    return words if not written or written in canned else f"{written}\n\n{words}"


def _fitting(act: Act) -> Iterator[tuple[str, CannedAnswer]]:
    language = people.customer(act.unit.tx, act.ticket.customer_id).language
    known = act.unit.office.desk.answers.items()
    return ((key, one) for key, one in known if language in one.text)


def _title(act: Act, key: str, one: CannedAnswer) -> str:
    """In the agent's language, else in any, else its name."""
    own = (title for spoken, title in one.title.items() if spoken == act.agent.language)
    return next(own, next(iter(one.title.values()), key))
