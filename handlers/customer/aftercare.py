"""After a solution: solved, not solved, or something else that the customer has to say."""

from uuid import UUID

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.heard import Pressed
from bot.core.thanks import is_thanks
from bot.core.ticket import Status, Ticket, Verb, close, reopen
from bot.core.words import Choose
from handlers import post, thread
from handlers.customer import buttons, conversation, survey
from handlers.customer.commands import AddWords, LetRest, Reopen, Solve, StartFiling
from handlers.customer.talk import Talk
from locales import _
from storage import tickets

CUSTOMER = "customer"


class Still(Draft):
    ticket: UUID


def ticket_of(talk: Talk, draft: Still) -> Ticket:
    return tickets.read(talk.unit.tx, draft.ticket)


aftercare = conversation.flow("aftercare", Still, ticket_of)


@aftercare.step
def still(draft: Still, ticket: Ticket) -> Turn:
    answer = yield Choose(
        _(
            "Is the problem of your request {reference} still there?",
            reference=reference.show(ticket.reference),
        ),
        (buttons.yes(), buttons.no()),
        free=True,
    )
    if answer.key == "yes":
        return Done(Reopen(draft.ticket))
    if answer.key == "no" or (is_thanks(answer.text) and not answer.files):
        return Done(LetRest(draft.ticket))
    return Done(AddWords(draft.ticket, answer.text, answer.files))


def ask_whether_still(talk: Talk, ticket: Ticket) -> None:
    shown = reference.show(ticket.reference)
    preface = _("Added to your request {reference}, which was resolved.", reference=shown)
    conversation.start(talk, still, Still(ticket=ticket.id), of=aftercare, preface=preface)


def thanked(talk: Talk, ticket: Ticket) -> None:
    """Thanks end nothing and begin nothing: the question of the solution stays open."""
    _rest(talk, ticket, _("You are welcome. If the problem comes back, tell us here."))


@conversation.does(LetRest)
def let_rest(talk: Talk, command: LetRest) -> None:
    ticket = tickets.read(talk.unit.tx, command.ticket)
    _rest(talk, ticket, _("Glad to hear it. If the problem comes back, tell us here."))


def _rest(talk: Talk, ticket: Ticket, sentence: str) -> None:
    options = buttons.solved(ticket) if ticket.status is Status.RESOLVED else ()
    talk.say(sentence, options=options, ticket=ticket)


def pressed(talk: Talk, what: Pressed) -> bool:
    """A button under a solution message. False when the press is none of these."""
    verb, _dot, about = what.data.removeprefix("0:").partition(".")
    command = {"solved": Solve, "unsolved": Reopen}.get(verb)
    ticket = _named(talk, about) if command else None
    if command is None:
        return False
    if ticket is None:
        talk.toast(_("This button belongs to an earlier question."))
        return True
    talk.toast()
    talk.settle_buttons()
    conversation.carry_out(talk, command(ticket.id))
    return True


def _named(talk: Talk, about: str) -> Ticket | None:
    """The ticket and resolution that a button names: the person's own, and the resolution of now."""
    digits, _dot, cycle = about.partition(".")
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, digits)
    return ticket if ticket and not ticket.unresolved and str(ticket.cycle) == cycle else None


@conversation.does(Solve)
def solve(talk: Talk, command: Solve) -> None:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    if ticket.status is not Status.RESOLVED:
        talk.say(_("Your request {reference} is already closed.", reference=reference.show(ticket.reference)))
        return
    closed = tickets.save(unit.tx, close(ticket, Verb.SOLVE, unit.at), unit.fact("solved", CUSTOMER))
    thread.tell(unit, closed, lambda: _("The customer says that it is solved."))
    post.show_card(unit, closed)
    shown = reference.show(ticket.reference)
    talk.say(_("Thank you. Your request {reference} is closed.", reference=shown), ticket=closed)
    survey.begin(talk, closed)


@conversation.does(Reopen)
def reopen_it(talk: Talk, command: Reopen) -> None:
    """Not solved: inside the window it is opened again, afterwards a new ticket follows it."""
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    shown = reference.show(ticket.reference)
    if ticket.unresolved:
        talk.say(_("Your request {reference} is already being worked on.", reference=shown), ticket=ticket)
    elif ticket.reopens(unit.at, unit.office.reopen_within):
        reopened(talk, ticket)
        talk.say(
            _("Your request {reference} is open again. Tell us here what is still wrong.", reference=shown),
            "receipt",
            ticket=ticket,
        )
    else:
        _continue_anew(talk, ticket)


def _continue_anew(talk: Talk, ticket: Ticket) -> None:
    talk.say(
        _(
            "It is too late to reopen your request {reference}, so this will be a new request linked to it.",
            reference=reference.show(ticket.reference),
        )
    )
    conversation.carry_out(talk, StartFiling(follows=ticket.id))


def reopened(talk: Talk, ticket: Ticket) -> Ticket:
    unit = talk.unit
    opened = tickets.save(unit.tx, reopen(ticket, unit.at), unit.fact("reopened", CUSTOMER))
    thread.tell(unit, opened, lambda: _("The customer says that it is not solved. The ticket is open again."))
    post.show_card(unit, opened)
    return opened
