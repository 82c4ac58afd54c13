"""Words that should never have been written are taken away: chosen from all of a ticket's, and confirmed."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from bot.core import reference
from bot.core.now import DialogAnswer, NextDialog
from bot.core.shown import Dialog, Input, Line, Pick, Post
from handlers import lines, moving, states
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.form import Form as Paper
from handlers.lines import SLOT
from handlers.ties import joined, removing
from locales import _, format_moment, isolated, pgettext
from storage import redaction, tickets, words
from storage.words import CUSTOMER, Words

Said = tuple[Act, Words]
"""Words, and the same agent over the ticket that they were written on."""

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
    return asked.model_copy(update={"submit": pgettext("button", "Next"), "memo": forms.memo(act)})


def _said(act: Act) -> list[Said]:
    """What was written, the newest first, and has not been redacted: here, and on what was merged into it."""
    whole = (act, *map(act.on, moving.merged_into(act.unit, act.ticket)))
    found = [(there, one) for there in whole for one in words.of_ticket(act.unit.tx, there.ticket)]
    standing = (said for said in found if not said[1].redacted)
    return sorted(standing, key=lambda said: (said[1].at, said[1].id), reverse=True)


def _pick(act: Act, said: Said) -> Pick:
    """Words of another ticket begin with its number."""
    there, one = said
    who = _("Customer") if one.author == CUSTOMER else _("Desk")
    when = format_moment(one.at, act.unit.office.hours.zone)
    title = f"{who}, {when}: {_beginning(one)}"
    if there.ticket.id != act.ticket.id:
        title = f"{isolated(reference.show(there.ticket.reference))} · {title}"
    return Pick(key=str(one.id), title=title)


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
    said = _find(act, chosen)
    picked, told = _chosen(act, chosen, said)
    if picked is None:
        return None
    which = Input(key="words", label=_("What shall be redacted"), picks=(picked,), value=picked.key)
    told = (*told, *_warned())
    asked = forms.dialog(act, "redact_now", _("Redact"), which, *_theirs(act, said), told=told)
    ready = {"submit": pgettext("button", "Redact"), "memo": forms.memo(act)}
    return asked.model_copy(update=ready)


def _chosen(act: Act, chosen: str, said: Said | None) -> tuple[Pick | None, tuple[Line, ...]]:
    answer = next((one for one in _answers(act) if one.key == chosen), None)
    if answer:
        return answer, ()
    if said is None:
        return None, ()
    return _pick(act, said), (lines.quote(said[1].text),) if said[1].text else ()


def _find(act: Act, chosen: str) -> Said | None:
    """One of what is listed, without the rest of it."""
    tx = act.unit.tx
    for ticket_id, words_id in words.places(tx, _ids(chosen)):
        ticket = act.ticket if ticket_id == act.ticket.id else tickets.read(tx, ticket_id)
        if joined.goes_on_as(tx, ticket, act.ticket.id):
            return _standing(act if ticket is act.ticket else act.on(ticket), words_id)
    return None


def _ids(chosen: str) -> list[UUID]:
    with suppress(ValueError):
        return [UUID(chosen)]
    return []


def _standing(there: Act, words_id: UUID) -> Said | None:
    one = words.find_if_any(there.unit.tx, there.ticket, words_id)
    return (there, one) if one and not one.redacted and one.kind not in words.NO_MORE else None


def _others(act: Act, values: Values) -> tuple[UUID, ...]:
    """The ticket that the words were written on, where it is another."""
    said = _find(act, values.get("words", ""))
    return (said[0].ticket.id,) if said and said[0].ticket.id != act.ticket.id else ()


def _warned() -> tuple[Line, ...]:
    return (
        lines.text(_("They are taken out of our records, our posts and our messages. It cannot be undone.")),
    )


def _theirs(act: Act, said: Said | None) -> tuple[Input, ...]:
    """Of messages that the customer wrote in their chat, as far as we know them: whether they go, too."""
    if said is None or not any(one.theirs for one in redaction.shown(act.unit.tx, said[1].id)):
        return ()
    picks = (
        Pick(key="leave", title=_("Leave it there")),
        Pick(key="delete", title=_("Delete it there, too (within 48 hours)")),
    )
    return (Input(key="chat", label=_("Their own message in the chat"), picks=picks, value="leave"),)


def _redact(act: Act, values: Values) -> None:
    chosen = values.get("words", "")
    said, question = _find(act, chosen), chosen.removeprefix(ANSWER)
    if said:
        beyond = _redact_words(act, said, theirs=values.get("chat") == "delete")
    elif any(one.key == chosen for one in _answers(act)):
        beyond = removing.remove_answer(act, question)
        act.announce(lambda: (_("{agent} redacted an answer of this ticket.", agent=SLOT),))
    else:
        act.mistaken(words=_("These words are not there any more."))
        return
    done = _("It is redacted here: {mark}", mark=states.redacted())
    answer = Post(summary=done, lines=(lines.text(done), *beyond))
    act.unit.nows.append(DialogAnswer(title=_("Redact"), close=pgettext("button", "Close"), post=answer))


def _redact_words(act: Act, said: Said, *, theirs: bool) -> tuple[Line, ...]:
    """Both threads hear of it where the words were written on a ticket that was merged into this one."""
    there, kept = said
    if there.ticket.id == act.ticket.id:
        there = act
    else:
        number = reference.show(there.ticket.reference)
        act.announce(
            lambda: (
                _(
                    "{agent} redacted a message of {reference}, which was merged into this ticket.",
                    agent=SLOT,
                    reference=number,
                ),
            )
        )
    beyond = removing.remove(there, kept, theirs=theirs)
    removing.announce(there)
    return beyond


FORMS: dict[str, Form] = {
    "redact": Form(_ask, _go_on),
    "redact_now": Form(_ask, _redact, others=_others),
}
