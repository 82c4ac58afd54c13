"""The agents' dialogs: what each asks, and what is done with its answer."""

from collections.abc import Callable

from bot.core import reference
from bot.core.now import DialogAnswer, DialogErrors
from bot.core.shown import Dialog, Input, Pick, Post
from bot.core.text import clean, visible
from bot.core.ticket import verbs_of_card
from handlers import lines, post
from handlers.agent import answers
from handlers.agent.act import Act
from handlers.lines import SLOT
from locales import _, current, pgettext
from storage import policies, tickets

NEEDS_HANDS = ("reply", "ask", "resolve")
NEEDS_WORDS = ("reply", "ask", "note")


def open_reply(act: Act) -> None:
    act.open(_form(act, "reply", _("Reply"), _words(_("Your words to the customer"))))


def open_ask(act: Act) -> None:
    act.open(_form(act, "ask", _("Ask the customer"), _words(_("Your question to the customer"))))


def open_note(act: Act) -> None:
    hint = _("The customer never sees it.")
    act.open(_form(act, "note", _("Internal note"), _words(_("Note for the desk"), hint)))


def open_resolve(act: Act) -> None:
    hint = _("The customer is told that it is resolved, and asked whether it is.")
    act.open(_form(act, "resolve", _("Resolve"), _words(_("Words about the solution"), hint, optional=True)))


def open_priority(act: Act) -> None:
    policy = policies.find(act.unit.tx, act.ticket.policy_hash)
    picks = tuple(Pick(key=p.key, title=p.title.in_(act.agent.language)) for p in policy.priorities)
    if not picks:
        act.refuse(_("This policy has no priorities."))
        return
    chosen = Input(key="priority", label=_("Priority"), picks=picks, value=act.ticket.priority)
    act.open(_form(act, "priority", _("Priority"), chosen))


def _words(label: str, hint: str = "", *, optional: bool = False) -> Input:
    return Input(key="text", label=label, hint=hint, multiline=True, optional=optional)


def _form(act: Act, key: str, title: str, asked: Input) -> Dialog:
    return Dialog(
        key=key,
        title=title,
        submit=pgettext("button", "Send") if key in NEEDS_HANDS else pgettext("button", "Save"),
        cancel=pgettext("button", "Cancel"),
        lines=(lines.text(_("Ticket {reference}", reference=reference.show(act.ticket.reference))),),
        inputs=(asked,),
        memo=str(act.ticket.id),
    )


def submit(act: Act, dialog: str, values: dict[str, str]) -> None:
    """A dialog was sent; what has changed since it opened is looked at before anything is done."""
    with act.speaking():
        text = clean(values.get("text", ""))
        if why := _obstacle(act, dialog):
            _refuse(act, why, text)
        elif dialog in NEEDS_WORDS and not visible(text).strip():
            act.unit.nows.append(DialogErrors(errors={"text": _("Please write a few words.")}))
        elif dialog == "priority":
            _set_priority(act, values.get("priority", ""))
        else:
            SENT[dialog](act, text)


def _obstacle(act: Act, dialog: str) -> str:
    if not act.may_act:
        return _("Only members of this queue's channel can act on its tickets.")
    if dialog not in DIALOGS or dialog not in verbs_of_card(act.ticket):
        return _("Nothing was sent: the ticket has changed since you opened this window.")
    if dialog in NEEDS_HANDS and not (act.holds_ticket or act.is_supervisor):
        return _("Nothing was sent: the ticket is in somebody else's hands now.")
    return ""


def _refuse(act: Act, why: str, text: str) -> None:
    """Say why nothing was done, and give the agent's words back."""
    told = (lines.text(why), *([lines.quote(text)] if text else []))
    act.unit.nows.append(
        DialogAnswer(
            title=_("Not sent"), close=pgettext("button", "Close"), post=Post(summary=why, lines=told)
        )
    )


def _set_priority(act: Act, priority: str) -> None:
    unit, ticket = act.unit, act.ticket
    chosen = policies.find(unit.tx, ticket.policy_hash).priority(priority)
    if chosen is None or priority == ticket.priority:
        return
    fact = unit.fact("prioritised", act.by, before=ticket.priority, now=priority)
    act.ticket = tickets.save(unit.tx, answers.touched(ticket, unit.at, priority=priority), fact)
    act.announce(
        lambda: (
            _("{agent} set the priority: {priority}.", agent=SLOT, priority=chosen.title.in_(current())),
        )
    )
    post.show_card(unit, act.ticket)


SENT: dict[str, Callable[[Act, str], None]] = {
    "reply": answers.reply_by_dialog,
    "ask": answers.ask,
    "note": answers.note,
    "resolve": answers.resolve_with,
}
DIALOGS = (*SENT, "priority")
