"""A ticket goes to another queue, with its history and its running clocks (OSL-4)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Thread
from bot.core.shown import Dialog, Input, Pick
from bot.core.ticket import transfer
from handlers import behind, moving, reaching
from handlers.agent import answers, forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.lines import SLOT
from locales import _
from storage import tickets


def _ask(act: Act) -> Dialog:
    picks = tuple(
        Pick(key=queue, title=behind.title(act.unit, act.ticket, queue)) for queue in act.situation.queues
    )
    hint = _("The customer never sees it.")
    return forms.dialog(
        act,
        "transfer",
        _("Transfer"),
        Input(key="queue", label=_("Queue"), picks=picks),
        forms.words(_("Note for the colleagues there"), hint, optional=True),
    )


def _transfer(act: Act, values: Values) -> None:
    queue, place = values.get("queue", ""), tickets.thread(act.unit.tx, act.ticket.id)
    if queue not in act.situation.queues:
        act.mistaken(queue=_("Please choose one of these."))
    elif place is None:
        act.mistaken(queue=_("The card is just being posted. Please try again in a moment."))
    else:
        _move(act, queue, place, values["text"])


def _move(act: Act, queue: str, place: Thread, note: str) -> None:
    before = act.ticket.queue
    moved, left = transfer(act.ticket, queue, act.unit.at), behind.leaving(act.unit, act.ticket, place)
    act.become(moved, kinds.TRANSFERRED, before=before, now=queue, **left)
    moving.settle_in(act.unit, act.ticket)
    kept = answers.keep_note(act, note) if note else None
    act.announce(lambda: (_came(act, before),), note, said=kept, purpose=moving.TRANSFERRED)
    reaching.offer_along(act.unit, act.ticket)
    answers.tell(act.unit, act.ticket, lambda: _told(act))


def _came(act: Act, before: str) -> str:
    queue = behind.title(act.unit, act.ticket, before)
    return _("{agent} transferred the ticket here from {queue}.", agent=SLOT, queue=queue)


def _told(act: Act) -> str:
    return _(
        "Your request {reference} was passed on to {queue}, who will go on with it.",
        reference=reference.unbroken(act.ticket.reference),
        queue=behind.title(act.unit, act.ticket, act.ticket.queue),
    )


FORMS = {"transfer": Form(_ask, _transfer, upon=lambda act: f"{act.ticket.queue} {act.ticket.claimer}")}
