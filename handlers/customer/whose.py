"""Free words find their ticket: the only one, the one that is chosen, or a new one."""

from uuid import UUID

from bot.core import reference, text
from bot.core.flow import Done, Draft, Turn
from bot.core.heard import Attachment
from bot.core.reference import Mistyped
from bot.core.thanks import is_thanks
from bot.core.ticket import Status, Ticket
from bot.core.words import Choose, Option
from handlers.customer import buttons, conversation, mine
from handlers.customer.commands import AddWords, Reopen, ShowMenu, ShowTicket, Solve, StartFiling, Write
from handlers.customer.talk import Talk
from locales import _, pgettext
from storage import tickets

MOST = 8


class Pending(Draft):
    """Words that wait for their ticket."""

    text: str = ""
    files: tuple[Attachment, ...] = ()


def live(talk: Talk, _draft: Pending) -> tuple[Ticket, ...]:
    return tuple(tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST))


whose = conversation.flow("whose", Pending, live)


@whose.step
def which(draft: Pending, live: tuple[Ticket, ...]) -> Turn:
    options = tuple(Option(key=ticket.reference, title=_title(ticket)) for ticket in live)
    new = Option(key="new", title=pgettext("button", "New request"))
    answer = yield Choose(_("Which request is this about?"), (*options, new, buttons.cancel()))
    if answer.key == "new":
        return Done(StartFiling(draft.text, draft.files))
    return Done(AddWords(_id_of(live, answer.key), draft.text, draft.files))


def _title(ticket: Ticket) -> str:
    shown = reference.show(ticket.reference)
    return f"{shown} · {ticket.title}" if ticket.title else shown


def _id_of(live: tuple[Ticket, ...], digits: str) -> UUID:
    return next(ticket.id for ticket in live if ticket.reference == digits)


@whose.step
def offer(draft: Pending, _live: tuple[Ticket, ...]) -> Turn:
    file = Option(key="file", title=pgettext("button", "Send a request"))
    answer = yield Choose(
        _("Shall we make a request of this? What you wrote is already filled in."),
        (file, buttons.no()),
        free=True,
    )
    match answer.key:
        case "file":
            return Done(StartFiling(draft.text, draft.files))
        case "no":
            return Done(ShowMenu())
        case _more:
            more = "\n".join(filter(None, (draft.text, answer.text)))
            return Done(Write(more, (*draft.files, *answer.files)))


@conversation.does(Write)
def write(talk: Talk, command: Write) -> None:
    """Free words outside any conversation: never lost, and never put on a ticket by guessing."""
    if not command.text and not command.files:
        talk.say(_("Your message came without words. Please write what you need."))
        return
    if _names_a_reference(talk, command) or _answers_a_solution(talk, command):
        return
    waiting = live(talk, Pending())
    draft = Pending(text=command.text, files=command.files)
    if len(waiting) == 1:
        conversation.carry_out(talk, AddWords(waiting[0].id, command.text, command.files))
    elif waiting:
        conversation.start(talk, which, draft, of=whose)
    elif is_thanks(command.text) and not command.files:
        talk.say(_("You are welcome. We are here whenever you need us."))
    else:
        conversation.start(talk, offer, draft, of=whose)


def _names_a_reference(talk: Talk, command: Write) -> bool:
    """A reference alone asks how the ticket stands; among other words it says whose they are."""
    read = reference.read(command.text) if not command.files else None
    if isinstance(read, str):
        conversation.carry_out(talk, ShowTicket(read))
        return True
    if isinstance(read, Mistyped):
        talk.say(mine.mistyped())
        return True
    named = [tickets.find_own(talk.unit.tx, talk.customer.id, d) for d in reference.find(command.text)]
    own = [ticket for ticket in named if ticket is not None]
    if len(own) != 1:
        return False
    conversation.carry_out(talk, AddWords(own[0].id, command.text, command.files))
    return True


def _answers_a_solution(talk: Talk, command: Write) -> bool:
    """The answers under a solution message may be typed too, by title or by number."""
    resolved = [ticket for ticket in live(talk, Pending()) if ticket.status is Status.RESOLVED]
    if len(resolved) != 1 or command.files:
        return False
    options = buttons.solved(resolved[0])
    typed = text.plain(command.text)
    number = text.number(command.text)
    for place, (option, answer) in enumerate(zip(options, (Solve, Reopen), strict=True), start=1):
        if typed == text.plain(option.title) or number == place:
            conversation.carry_out(talk, answer(resolved[0].id))
            return True
    return False
