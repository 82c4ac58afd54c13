"""A question that stayed unanswered for as long as the policy says: an agent may end the ticket (EDC-10)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.policy import Policy
from bot.core.shown import Dialog
from bot.core.silences import open_question
from bot.core.ticket import UNANSWERED, Verb, close
from handlers.agent import forms, meanwhile, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.lines import SLOT
from locales import _, current, fill
from storage import words


def _ask(act: Act) -> Dialog:
    hint = _("The customer reads it.")
    return forms.dialog(
        act, "end", _("End unanswered"), forms.words(_("What has been done"), hint), ends=SEND
    )


def _upon(act: Act) -> str:
    """The question that waits."""
    question = open_question(act.situation.ledger)
    return question.words if question else ""


def _end(act: Act, values: Values) -> None:
    unit, actions = act.unit, values["text"]
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="ended", text=actions, at=unit.at)
    ended = close(act.ticket, Verb.END, unit.at, outcome=UNANSWERED)
    act.become(ended, kinds.ENDED, words=str(kept.id))
    act.announce(
        lambda: (_("Ended by {agent}: no answer was received from the customer.", agent=SLOT),),
        actions,
        said=kept.id,
    )
    shown = reference.unbroken(act.ticket.reference)
    sending.send(act, kept.id, "ended", lambda: _told(act.situation.policy, shown, actions))


def _told(policy: Policy, shown: str, actions: str) -> str:
    """In the policy's own words, where it has some."""
    own = policy.texts.ended
    if own:
        return fill(own.in_(current()), reference=shown, actions=actions)
    return _(
        "Your request {reference} is closed: we received no answer to our question. What was done: {actions}",
        reference=shown,
        actions=actions,
    )


FORMS = {"end": Form(_ask, _end, upon=_upon, heeds=meanwhile.TO_CUSTOMER, needs_words=True)}
