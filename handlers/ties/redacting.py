"""Words that should never have been written are taken away: chosen from all of a ticket's, and confirmed."""

from collections.abc import Iterator

from bot.core.now import DialogAnswer, NextDialog
from bot.core.shown import Dialog, Input, Line, Pick, Post
from handlers import lines, states
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.form import Form as Paper
from handlers.lines import SLOT
from handlers.ties import removing
from locales import _, format_moment, pgettext
from storage import redaction, words
from storage.words import CUSTOMER, Words

PAGE, BEGINNING = 90, 40
ANSWER, MORE = "answer:", "page:"
"""Begin the keys of what is no message: an answer of the form, or a further page."""


def _ask(act: Act) -> Dialog | None:
    asked = _page(act, 0)
    if asked is None:
        act.refuse(_("There are no words on this ticket that could be redacted."))
    return asked


def _page(act: Act, number: int) -> Dialog | None:
    """The newest first; behind them the answers of the form."""
    picks = [*(_pick(act, one) for one in _said(act)), *_answers(act)]
    shown = picks[number * PAGE : (number + 1) * PAGE]
    if len(picks) > (number + 1) * PAGE:
        shown.append(Pick(key=f"{MORE}{number + 1}", title=pgettext("button", "Earlier ones")))
    if not shown:
        return None
    which = Input(key="words", label=_("What shall be redacted"), picks=tuple(shown))
    asked = forms.dialog(act, "redact", _("Redact"), which)
    return asked.model_copy(update={"submit": pgettext("button", "Next"), "memo": f"{act.ticket.id}/"})


def _said(act: Act) -> list[Words]:
    """What was written, the newest first, and has not been redacted."""
    found = words.of_ticket(act.unit.tx, act.ticket)
    return [one for one in reversed(found) if not one.redacted]


def _pick(act: Act, one: Words) -> Pick:
    who = _("Customer") if one.author == CUSTOMER else _("Desk")
    when = format_moment(one.at, act.unit.office.hours.zone)
    return Pick(key=str(one.id), title=f"{who}, {when}: {_beginning(one)}")


def _beginning(one: Words) -> str:
    flat = " ".join(one.text.split())
    if not flat:
        return _("(a file without words)")
    return flat if len(flat) <= BEGINNING else f"{flat[:BEGINNING].rstrip()}…"


def _answers(act: Act) -> Iterator[Pick]:
    paper = Paper(act.situation.policy, act.agent.language)
    if act.ticket.title:
        yield Pick(key=f"{ANSWER}{removing.TITLE}", title=_("Title"))
    for question, answer in act.ticket.form.items():
        yield Pick(key=f"{ANSWER}{question}", title=paper.named(question, answer)[0])


def _go_on(act: Act, values: Values) -> None:
    """A further page, or the words whole, to be confirmed."""
    chosen = values.get("words", "")
    page = chosen.removeprefix(MORE)
    following = _page(act, int(page)) if chosen.startswith(MORE) and page.isdecimal() else None
    asked = following or _confirm(act, chosen)
    if asked is None:
        act.mistaken(words=_("Please choose one of these."))
    else:
        act.unit.nows.append(NextDialog(dialog=asked, thread=act.thread))


def _confirm(act: Act, chosen: str) -> Dialog | None:
    picked, told = _chosen(act, chosen)
    if picked is None:
        return None
    which = Input(key="words", label=_("What shall be redacted"), picks=(picked,), value=picked.key)
    told = (*told, *_warned())
    asked = forms.dialog(act, "redact_now", _("Redact"), which, *_theirs(act, chosen), told=told)
    ready = {"submit": pgettext("button", "Redact"), "memo": f"{act.ticket.id}/"}
    return asked.model_copy(update=ready)


def _chosen(act: Act, chosen: str) -> tuple[Pick | None, tuple[Line, ...]]:
    answer = next((one for one in _answers(act) if one.key == chosen), None)
    if answer:
        return answer, ()
    kept = _find(act, chosen)
    if kept is None:
        return None, ()
    return _pick(act, kept), (lines.quote(kept.text),) if kept.text else ()


def _find(act: Act, chosen: str) -> Words | None:
    return next((one for one in _said(act) if str(one.id) == chosen), None)


def _warned() -> tuple[Line, ...]:
    return (
        lines.text(_("They are taken out of our records, our posts and our messages. It cannot be undone.")),
    )


def _theirs(act: Act, chosen: str) -> tuple[Input, ...]:
    """Of messages that the customer wrote in their chat, as far as we know them: whether they go, too."""
    kept = _find(act, chosen)
    if kept is None or not any(one.theirs for one in redaction.shown(act.unit.tx, kept.id)):
        return ()
    picks = (
        Pick(key="leave", title=_("Leave it there")),
        Pick(key="delete", title=_("Delete it there, too (within 48 hours)")),
    )
    return (Input(key="chat", label=_("Their own message in the chat"), picks=picks, value="leave"),)


def _redact(act: Act, values: Values) -> None:
    chosen = values.get("words", "")
    kept, question = _find(act, chosen), chosen.removeprefix(ANSWER)
    if kept:
        beyond = removing.remove(act, kept, theirs=values.get("chat") == "delete")
        removing.announce(act)
    elif any(one.key == chosen for one in _answers(act)):
        beyond = removing.remove_answer(act, question)
        act.announce(lambda: (_("{agent} redacted an answer of this ticket.", agent=SLOT),))
    else:
        act.mistaken(words=_("These words are not there any more."))
        return
    done = _("It is redacted here: {mark}", mark=states.redacted())
    answer = Post(summary=done, lines=(lines.text(done), *beyond))
    act.unit.nows.append(DialogAnswer(title=_("Redact"), close=pgettext("button", "Close"), post=answer))


FORMS: dict[str, Form] = {
    "redact": Form(_ask, _go_on),
    "redact_now": Form(_ask, _redact),
}
