"""The dialogs in which agents write: reply, ask, note."""

from bot.core.shown import Dialog
from handlers.agent import answers, canned, forms
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form
from locales import _


def _reply(act: Act) -> Dialog:
    asked = forms.words(_("Your words to the customer"))
    return forms.dialog(act, "reply", _("Reply"), *canned.field(act), asked, ends=SEND)


def _ask(act: Act) -> Dialog:
    asked = forms.words(_("Your question to the customer"))
    return forms.dialog(act, "ask", _("Ask the customer"), *canned.field(act), asked, ends=SEND)


def _note(act: Act) -> Dialog:
    asked = forms.words(_("Note for the desk"), _("The customer never sees it."))
    return forms.dialog(act, "note", _("Internal note"), asked)


FORMS = {
    "reply": Form(_reply, lambda act, values: answers.reply_by_dialog(act, values["text"]), needs_words=True),
    "ask": Form(_ask, lambda act, values: answers.ask(act, values["text"]), needs_words=True),
    "note": Form(_note, lambda act, values: answers.note(act, values["text"]), needs_words=True),
}
