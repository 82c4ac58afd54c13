"""The dialogs in which agents write: reply, ask, note."""

from bot.core.shown import Dialog, Input, Mention
from handlers import outside
from handlers.agent import answers, canned, forms, meanwhile, mentioning
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.lines import OTHER, SLOT
from locales import _


def _reply(act: Act) -> Dialog:
    asked = forms.words(_("Your words to the customer"), optional=True)
    return forms.dialog(act, "reply", _("Reply"), *canned.field(act), asked, forms.files(), ends=SEND)


def _ask(act: Act) -> Dialog:
    asked = (*canned.field(act), forms.words(_("Your question to the customer")), forms.files())
    return forms.dialog(act, "ask", _("Ask the customer"), *asked, ends=SEND)


def _note(act: Act) -> Dialog:
    asked = forms.words(_("Note for the desk"), _("The customer never sees it."))
    hint = _("They are told of it, if they may read this ticket")
    named = Input(key="colleague", label=_("A colleague"), hint=hint, asks="agent", optional=True)
    return forms.dialog(act, "note", _("Internal note"), asked, named)


def _keep_note(act: Act, values: Values) -> None:
    """A note for the desk, shown in the thread, and to the colleague whom it names."""
    text, colleague = values["text"], values.get("colleague", "")
    inside = colleague and not outside.is_outside(act.unit, act.ticket, colleague)
    if colleague and not inside and not mentioning.may_read(act, colleague):
        act.mistaken(colleague=_("They may not read this ticket."))
        return
    kept = answers.keep_note(act, text)
    if colleague:
        act.announce(
            lambda: (_("Note by {agent} for {other}:", agent=SLOT, other=OTHER),),
            text,
            other=Mention(user=colleague),
            said=kept,
        )
        mentioning.tell(act, [colleague], text, kept)
    else:
        act.announce(lambda: (_("Note by {agent}:", agent=SLOT),), text, said=kept)


def _send_reply(act: Act, values: Values) -> None:
    answers.reply_by_dialog(act, values["text"])


def _send_question(act: Act, values: Values) -> None:
    answers.ask(act, values["text"])


FORMS = {
    "reply": Form(
        _reply,
        _send_reply,
        upon=forms.hands,
        heeds=meanwhile.TO_CUSTOMER,
        needs_words=True,
        files_will_do=True,
    ),
    "ask": Form(_ask, _send_question, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER, needs_words=True),
    "note": Form(_note, _keep_note, needs_words=True),
}
