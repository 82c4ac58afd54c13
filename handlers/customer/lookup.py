"""A ticket by its reference, for its owner and nobody else."""

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.reference import Mistyped
from bot.core.words import Answer, Option
from bot.core.words import Write as Ask
from handlers.customer import buttons, conversation, progress
from handlers.customer.commands import AskReference, ListTickets, ShowMenu, ShowTicket, Write
from handlers.customer.talk import Talk
from locales import _, pgettext
from storage import tickets

EXAMPLE = "48291372"


def nothing(_talk: Talk, _draft: Draft) -> None:
    """These steps look at nothing."""


lookup = conversation.flow("lookup", Draft, nothing)


@lookup.step
def by_reference(draft: Draft, _view: None) -> Turn:
    mine = Option(key="mine", title=pgettext("button", "My requests"))
    asked = _(
        "What is the number of the request? It looks like {example}.", example=reference.unbroken(EXAMPLE)
    )
    answer = yield Ask(asked, _reference_check, (mine, buttons.cancel()), files=True, free=True)
    if answer.key:
        return Done(ListTickets())
    if several := () if answer.files else reference.only(answer.text):
        return Done(ListTickets(only=several))
    read = reference.read(answer.text)
    if not isinstance(read, str):
        return Done(Write(answer.told))
    draft.keep(answer.told.only_files())
    return Done(ShowTicket(read))


def _reference_check(answer: Answer) -> str | None:
    """Only the shape is judged here; whose it is, nobody is told. Words are no number, and are not lost."""
    read = reference.read(answer.text)
    if isinstance(read, Mistyped):
        return mistyped()
    if isinstance(read, str) or answer.files or _has_words(answer) or reference.only(answer.text):
        return None
    return _("A request number has eight digits.")


def _has_words(answer: Answer) -> bool:
    return any(letter.isalpha() for letter in answer.text)


def mistyped() -> str:
    return _("There seems to be a typing mistake in this number. Please check its digits.")


@conversation.does(AskReference)
def ask_reference(talk: Talk, _command: AskReference) -> None:
    conversation.start(talk, by_reference, Draft(), of=lookup)


@conversation.does(ShowTicket)
def show(talk: Talk, command: ShowTicket) -> None:
    """One ticket. Somebody else's is answered exactly as one that does not exist."""
    read = reference.read(command.reference)
    if isinstance(read, Mistyped):
        talk.say(mistyped())
        return
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, read) if read else None
    if ticket is None:
        talk.say(_("We have no request of yours with this number."))
        conversation.carry_out(talk, ShowMenu())
        return
    progress.show(talk, ticket)
