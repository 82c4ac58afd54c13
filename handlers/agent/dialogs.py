"""The agents' dialogs: opened by a verb, sent back, and checked against what has happened meanwhile."""

from collections.abc import Iterator, Sequence

from bot.core import verbs
from bot.core.heard import Attachment, Chosen
from bot.core.now import DialogAnswer, NextDialog
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
    forms,
    holding,
    inviting,
    meanwhile,
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
from handlers.agent.meanwhile import Opening
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
        act.open(asked.model_copy(update={"memo": forms.memo(act, form.upon(act))}))


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


def submit(act: Act, dialog: str, memo: str, values: Values) -> None:
    """A dialog was sent; what has changed since it opened is looked at before anything is done."""
    with act.speaking(), act.keeping_up():
        text = clean(values.get("text", ""))
        opened, _slash, upon = memo.partition("/")
        opening = Opening.read(opened)
        if why := _obstacle(act, dialog, upon, opening):
            _refuse(act, why, _written(values))
        elif told := _heeded(act, FORMS[dialog], opening, text):
            _show_again(act, FORMS[dialog], values, told)
        elif missing := _missing(act, FORMS[dialog], text):
            act.mistaken(text=missing)
        else:
            FORMS[dialog].does(act, {**values, "text": text})


def _obstacle(act: Act, dialog: str, upon: str, opening: Opening | None) -> str:
    if not act.may_act:
        return _("Only members of this queue's channel can act on its tickets.")
    deed = verbs.deed(act.situation, dialog)
    if dialog not in FORMS or deed is None:
        return _("Nothing was sent: the ticket has changed since you opened this window.")
    if not act.may(deed.who):
        return _("Nothing was sent: the ticket is in somebody else's hands now.")
    if FORMS[dialog].upon(act) != upon and not _is_theirs(act, FORMS[dialog], opening):
        return _("Nothing was sent: somebody else has changed this since you opened the window.")
    return ""


def _is_theirs(act: Act, form: Form, opening: Opening | None) -> bool:
    """Whether the customer changed it, who is heeded."""
    return bool(form.heeds) and opening is not None and meanwhile.is_theirs(act, opening)


def _heeded(act: Act, form: Form, opening: Opening | None, text: str) -> tuple[Line, ...]:
    """What the customer did meanwhile that the agent is told first."""
    return tuple(line for heed in form.heeds for line in heed(act, opening, text)) if opening else ()


def _show_again(act: Act, form: Form, values: Values, told: Sequence[Line]) -> None:
    """The window stays, with what was entered; drawn anew, each field shows that, and no files."""
    if (asked := form.asks(act)) is None:
        return
    first = lines.text(_("Nothing was sent yet. Please look at this first:"), strong=True)
    drawing = str(act.unit.now.timestamp())
    inputs = tuple(
        one.model_copy(update={"value": values.get(one.key, one.value), "drawing": drawing})
        for one in asked.inputs
    )
    shown = (first, *told, *_not_sent(act.files), *asked.lines)
    again = {"lines": shown, "inputs": inputs, "memo": forms.memo(act, form.upon(act))}
    act.unit.nows.append(NextDialog(dialog=asked.model_copy(update=again), thread=act.thread))


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
