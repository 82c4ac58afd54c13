"""An answer of the filing conversation was edited: it is taken over if it would do as an answer."""

from bot.core import flow as flows
from bot.core.answering import Misheard
from bot.core.flow import Draft, Go, LostError
from bot.core.heard import Edited, Said
from bot.core.text import clean, is_thin
from handlers.customer import conversation
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from handlers.form import FIELD, Form, Intake
from locales import _

DESCRIPTION = "description"


def edited(talk: Talk, here: Open, what: Edited) -> bool:
    """Whether the message had answered a question of the request that is being filed."""
    if not isinstance(here.draft, Intake) or not _is_answer(here.draft, here.view, what.message):
        return False
    try:
        onward = flows.change(here.flow, here.draft, here.view, _said(what))
        if isinstance(onward, Misheard):
            conversation.ask_again(talk, " ".join(filter(None, (onward.why, _not_taken_over()))))
        elif _is_passed(here):
            go_to(talk, here, onward)
        else:
            go_to(talk, here, Go(here.place.step, here.place.at))
    except LostError:
        return False
    return True


def _is_answer(draft: Intake, form: Form, message: str) -> bool:
    """Whether it answered a question in one line; a description is kept by its messages."""
    go = Go(*draft.typed[message]) if message in draft.typed else None
    return go is not None and go.step != DESCRIPTION and go in form.questions(draft)


def _said(what: Edited) -> Said:
    return Said(message=what.message, text=clean(what.text))


def _is_passed(here: Open) -> bool:
    """Whether another question may be due now: all were answered, or this one is not asked any more."""
    open_now = Go(here.place.step, here.place.at)
    gone = open_now.step == FIELD and open_now not in here.view.questions(here.draft)
    return gone or open_now.step == "summary"


def go_to(talk: Talk, here: Open, go: Go) -> None:
    """Say that the change is noted, and ask this."""
    place = here.place
    trail = (*place.trail, (place.step, place.at))
    asked = flows.ask(here.flow, go, here.draft, here.view, place.turn + 1, trail)
    conversation.put(talk, asked, noted())


def says_too_little(draft: Draft) -> bool:
    """Whether the description has become so thin that more is asked for, as at first: once."""
    if not isinstance(draft, Intake) or draft.nudged or DESCRIPTION not in draft.answered:
        return False
    if draft.told.files or not is_thin(draft.told.text):
        return False
    draft.nudged = True
    draft.answered = tuple(name for name in draft.answered if name != DESCRIPTION)
    return True


def says_enough(here: Open) -> bool:
    """Whether the description was asked for once more, and by this says so much that it is not any longer."""
    draft, step = here.draft, here.place.step
    if not isinstance(draft, Intake) or step != DESCRIPTION or draft.changing or is_thin(draft.told.text):
        return False
    draft.answer(DESCRIPTION)
    return True


def noted() -> str:
    return _("We have noted your change.")


def _not_taken_over() -> str:
    return _(
        "Your change was not taken over: the earlier answer stays."
        " You can change it under the summary, before you send the request."
    )
