"""A ticket is resolved: with words or without, with a reason where the policy lists some, rated or not."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference, survey
from bot.core.policy import Outcome, Reason
from bot.core.shown import Dialog, Input, Pick
from bot.core.ticket import SOLVED, resolve
from handlers.agent import answers, canned, forms, meanwhile, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.customer import buttons
from handlers.lines import SLOT
from locales import _, current, fill
from storage import files, policies, words

ASK, DO_NOT_ASK = "ask", "skip"


def _ask(act: Act) -> Dialog:
    hint = _("The customer is told that it is resolved, and asked whether it is.")
    asked = forms.words(_("Words about the solution"), hint, optional=True)
    before = (*reason_field(act, reasons(act, Outcome.RESOLVED)), *canned.field(act))
    after = (forms.files(), *_rating(act))
    return forms.dialog(act, "resolve", _("Resolve"), *before, asked, *after, ends=SEND)


def reasons(act: Act, of: Outcome) -> tuple[Reason, ...]:
    """Why it may end like this, by the list of the ticket's own policy."""
    return act.situation.policy.reasons_of(of)


def reason_field(act: Act, known: Sequence[Reason]) -> tuple[Input, ...]:
    """Why it ends; nothing where there is nothing to choose from."""
    picks = tuple(Pick(key=one.key, title=one.title.in_(act.agent.language)) for one in known)
    return (Input(key="reason", label=_("How it ends"), picks=picks),) if picks else ()


def reason(act: Act, known: Sequence[Reason], values: Values) -> dict[str, str] | None:
    """The chosen reason as a fact has it; None where one has to be chosen."""
    if known and values.get("reason") not in {one.key for one in known}:
        act.mistaken(reason=_("Please choose one of these."))
        return None
    return {"reason": values["reason"]} if known else {}


def _rating(act: Act) -> tuple[Input, ...]:
    """Whether the customer shall rate it, where anything is asked at all."""
    office = act.unit.office
    if not survey.questions(office.policy, asked_by_desk=office.desk.defaults.survey):
        return ()
    picks = (
        Pick(key=ASK, title=_("Ask how satisfied they are")),
        Pick(key=DO_NOT_ASK, title=_("Do not ask")),
    )
    return (Input(key="survey", label=_("When the customer says that it is solved"), picks=picks, value=ASK),)


def _resolve(act: Act, values: Values) -> None:
    because = reason(act, reasons(act, Outcome.RESOLVED), values)
    if because is not None:
        unasked = {"survey": False} if values.get("survey") == DO_NOT_ASK else {}
        sending.offer_undo(act, resolve_with(act, values["text"], **because, **unasked))


def resolve_with(act: Act, text: str, **more: object) -> UUID:
    """The ticket is resolved, and the customer is asked whether it is; `more` goes on record. The words."""
    unit = act.unit
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="solution", text=text, at=unit.at)
    answers.attach(act, kept.id, act.files, files.BOTH)
    ended = resolve(act.ticket, unit.at)
    act.become(ended, kinds.RESOLVED, words=str(kept.id), outcome=SOLVED, **more)
    act.announce(lambda: (_("Resolved by {agent}.", agent=SLOT),), text, said=kept.id)
    # With the acceptance of these words the window to reopen begins.
    sending.promise(act, kept.id, "solution", lambda: told(act, text), lambda: buttons.solved(act.ticket))
    return kept.id


def told(act: Act, text: str) -> str:
    """In the words of the policy that it was filed under, where that has some."""
    own = policies.find(act.unit.tx, act.ticket.policy_hash).texts.solved
    shown = reference.unbroken(act.ticket.reference)
    heading = (
        fill(own.in_(current()), reference=shown)
        if own
        else _("Your request {reference} has been resolved.", reference=shown)
    )
    return "\n\n".join(filter(None, (heading, text, _("Is the problem solved?"))))


FORMS = {"resolve": Form(_ask, _resolve, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER)}
