"""A ticket by its reference, for its owner and nobody else."""

from collections.abc import Callable
from functools import partial

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.reference import Mistyped
from bot.core.words import Answer, Option
from bot.core.words import Write as Ask
from handlers.customer import buttons, conversation, offering, progress
from handlers.customer.commands import AskReference, ListTickets, ShowMenu, ShowTicket, Write
from handlers.customer.talk import Talk
from locales import _, pgettext
from storage import tickets

EXAMPLE = "48291372"


Ends = Callable[[str], tuple[str, ...]]
"""Which requests of theirs end in what was typed."""


def _ends(talk: Talk, _draft: Draft) -> Ends:
    return partial(offering.ends_so, talk)


lookup = conversation.flow("lookup", Draft, _ends)


@lookup.step
def by_reference(draft: Draft, ends: Ends) -> Turn:
    mine = Option(key="mine", title=pgettext("button", "My requests"))
    asked = _(
        "What is the number of the request? It looks like {example}.", example=reference.unbroken(EXAMPLE)
    )
    answer = yield Ask(
        asked, partial(_reference_check, ends), (mine, buttons.cancel()), files=True, free=True
    )
    if answer.key:
        return Done(ListTickets())
    meant = () if answer.files else reference.only(answer.text) or ends(answer.text)
    if len(meant) > 1:
        return Done(ListTickets(only=meant))
    read = meant[0] if meant else reference.read(answer.text)
    if not isinstance(read, str):
        return Done(Write(answer.told))
    draft.keep(answer.told.only_files())
    return Done(ShowTicket(read))


def _reference_check(ends: Ends, answer: Answer) -> str | None:
    """Only the shape is judged here; whose it is, nobody is told. Words are no number, and are not lost."""
    read = reference.read(answer.text)
    if isinstance(read, Mistyped):
        return mistyped()
    if isinstance(read, str) or answer.files or _has_words(answer):
        return None
    if reference.only(answer.text) or ends(answer.text):
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
    ending = () if read else offering.ends_so(talk, command.reference)
    if len(ending) > 1:
        conversation.carry_out(talk, ListTickets(only=ending))
        return
    digits = read or next(iter(ending), "")
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, digits) if digits else None
    if ticket is None:
        talk.say(_("We have no request of yours with this number."))
        conversation.carry_out(talk, ShowMenu())
        return
    progress.show(talk, ticket)
