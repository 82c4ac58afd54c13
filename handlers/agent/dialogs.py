"""The agents' dialogs: opened by a verb, sent back, and checked against what has happened meanwhile."""

from collections.abc import Iterator, Sequence

from bot.core import verbs
from bot.core.heard import Attachment, Chosen
from bot.core.now import DialogAnswer
from bot.core.shown import Line, Post
from bot.core.text import clean, visible
from handlers import lines, states
from handlers.agent import (
    assigning,
    canned,
    declining,
    ending,
    engaging,
    escalating,
    extending,
    holding,
    inviting,
    resolving,
    snoozing,
    stopping,
    taking,
    transferring,
    triage,
    writing,
)
from handlers.agent.act import Act
from handlers.agent.forms import TEXT, Form, Values
from handlers.ties import incidents, linking, merging, redacting, solving, telling
from locales import _, pgettext
from storage import tickets

FORMS: dict[str, Form] = {
    **writing.FORMS,
    **triage.FORMS,
    **extending.FORMS,
    **holding.FORMS,
    **assigning.FORMS,
    **transferring.FORMS,
    **escalating.FORMS,
    **ending.FORMS,
    **taking.FORMS,
    **declining.FORMS,
    **stopping.FORMS,
    **resolving.FORMS,
    **snoozing.FORMS,
    **inviting.FORMS,
    **engaging.FORMS,
    **merging.FORMS,
    **linking.FORMS,
    **incidents.FORMS,
    **telling.FORMS,
    **solving.FORMS,
    **redacting.FORMS,
}


def opens(act: Act, verb: str) -> None:
    """Put the dialog of a verb before the agent; it remembers what it was opened upon."""
    form = FORMS[verb]
    if asked := form.asks(act):
        memo = f"{act.ticket.id}/{form.upon(act)}"
        act.open(asked.model_copy(update={"memo": memo}))


def hold(act: Act, dialog: str, values: Values) -> None:
    """All tickets that a dialog is about are held until the unit ends; the act's own is read again then."""
    form, own = FORMS.get(dialog), act.ticket.id
    if form and (others := form.others(act, values)):
        tickets.hold(act.unit.tx, {own, *others})
    act.ticket = tickets.lock(act.unit.tx, own)


def choose(act: Act, chosen: Chosen) -> None:
    """A canned answer was chosen. Whatever is in the way is told when the dialog is sent, words and all."""
    form = FORMS.get(chosen.dialog)
    with act.speaking():
        possible = act.may_act and verbs.deed(act.situation, chosen.dialog)
        if form and possible and (asked := form.asks(act)):
            again = asked.model_copy(update={"memo": chosen.memo})
            canned.fill_in(act, again, chosen)


def submit(act: Act, dialog: str, upon: str, values: Values) -> None:
    """A dialog was sent; what has changed since it opened is looked at before anything is done."""
    with act.speaking(), act.keeping_up():
        text = clean(values.get("text", ""))
        if why := _obstacle(act, dialog, upon):
            _refuse(act, why, _written(values))
        elif missing := _missing(act, FORMS[dialog], text):
            act.mistaken(text=missing)
        else:
            FORMS[dialog].does(act, {**values, "text": text})


def _obstacle(act: Act, dialog: str, upon: str) -> str:
    if not act.may_act:
        return _("Only members of this queue's channel can act on its tickets.")
    deed = verbs.deed(act.situation, dialog)
    if dialog not in FORMS or deed is None:
        return _("Nothing was sent: the ticket has changed since you opened this window.")
    if not act.may(deed.who):
        return _("Nothing was sent: the ticket is in somebody else's hands now.")
    if FORMS[dialog].upon(act) != upon:
        return _("Nothing was sent: somebody else has changed this since you opened the window.")
    return ""


def _missing(act: Act, form: Form, text: str) -> str:
    if not form.needs_words or visible(text).strip():
        return ""
    if not form.files_will_do:
        return _("Please write a few words.")
    return "" if act.files else _("Please write a few words, or send a file.")


def _written(values: Values) -> str:
    """All that the agent wrote, in whatever languages."""
    asked = (value for key, value in values.items() if key == "text" or key.startswith(TEXT))
    return "\n\n".join(filter(None, map(clean, asked)))


def _not_sent(files: Sequence[Attachment]) -> Iterator[Line]:
    if files:
        yield lines.text(_("These files were not sent either. Please add them once more:"))
    yield from (lines.quote(states.kind_of_file(file)) for file in files)


def _refuse(act: Act, why: str, text: str) -> None:
    """Say why nothing was done, and give the agent's words back; of files a window takes none of ours."""
    told = (lines.text(why), *([lines.quote(text)] if text else []), *_not_sent(act.files))
    act.unit.nows.append(
        DialogAnswer(
            title=_("Not sent"), close=pgettext("button", "Close"), post=Post(summary=why, lines=told)
        )
    )
