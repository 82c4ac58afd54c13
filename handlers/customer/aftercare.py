"""After a solution: solved, not solved, or something else that the customer has to say."""

from datetime import datetime

from bot.core import facts as kinds
from bot.core import reference
from bot.core.answering import names
from bot.core.heard import Pressed, Said
from bot.core.ticket import MERGED, SOLVED, STOPPED, Status, Ticket, Verb, close, reopen
from bot.core.told import Told
from handlers import homes, post, thread
from handlers.customer import (
    along,
    buttons,
    conversation,
    keeping,
    latest,
    outcomes,
    resume,
    retelling,
    survey,
    verdict,
    whether,
)
from handlers.customer.commands import (
    AddWords,
    LetRest,
    Reopen,
    ShowTicket,
    Solve,
    StartFiling,
)
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known, is_untold
from handlers.form import Intake
from locales import _, fill
from storage import policies, tickets

ANSWERS: dict[str, type[Solve] | type[Reopen]] = {"solved": Solve, "unsolved": Reopen}
"""What the buttons under a solution message mean."""


def thanked(talk: Talk, ticket: Ticket) -> None:
    """Thanks end nothing and begin nothing: the question of the solution stays open."""
    _rest(talk, ticket, _("You are welcome. If the problem comes back, tell us here."))


@conversation.does(LetRest)
def let_rest(talk: Talk, command: LetRest) -> None:
    ticket = tickets.read(talk.unit.tx, command.ticket)
    keeping.put_beside(talk, ticket, command.told)
    _rest(talk, ticket, outcomes.rest(ticket))


def _rest(talk: Talk, ticket: Ticket, sentence: str) -> None:
    known = as_known(talk.unit.tx, ticket)
    options = buttons.solved(ticket) if known.status is Status.RESOLVED else ()
    talk.say(sentence, options=options, ticket=ticket)


# The answers under a solution message


def pressed(talk: Talk, what: Pressed) -> bool:
    """A button under a solution message. False when the press is none of these."""
    verb, _dot, about = what.data.removeprefix("0:").partition(".")
    answer = ANSWERS.get(verb) if what.data.startswith("0:") else None
    if answer is None:
        return False
    ticket = _named(talk, about)
    if ticket is None:
        talk.toast(_("This button belongs to an earlier question."))
        return True
    known = _known_already(talk, ticket, answer)
    talk.toast(known)
    talk.settle_buttons()
    if not known:
        if answer is Reopen and not keeping.can_reopen(talk, ticket):
            conversation.set_aside(talk)  # the request that follows takes the place of what is being asked
        along.beside(talk, lambda: conversation.carry_out(talk, answer(ticket.id)))
    return True


def _known_already(talk: Talk, ticket: Ticket, answer: type[Solve] | type[Reopen]) -> str:
    """How it stands, where this was answered before: it changes nothing, and disturbs no open question."""
    if answer is Solve:
        return "" if ticket.status is Status.RESOLVED else states_otherwise(ticket)
    return _over(ticket) if _is_followed(talk, ticket) else ""


def _is_followed(talk: Talk, ticket: Ticket) -> bool:
    """Whether the request that is being filled in, or is offered again, continues this one."""
    here = conversation.opened(talk)
    draft = here.draft if here else None
    return isinstance(draft, Intake | resume.Meanwhile) and str(draft.follows) == str(ticket.id)


def _named(talk: Talk, about: str) -> Ticket | None:
    """The ticket and resolution that a button names: the person's own, and the resolution of now."""
    digits, _dot, cycle = about.partition(".")
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, digits)
    return ticket if ticket and not ticket.unresolved and str(ticket.cycle) == cycle else None


def answered(
    talk: Talk, ticket: Ticket, told: Told, said_at: datetime | None = None, *, replies: bool = False
) -> bool:
    """The same answers typed; `replies` where it is a platform reply to the solution."""
    answer = verdict.typed(talk, ticket, told, said_at, replies=replies)
    if answer is None:
        return False
    if known := _known_already(talk, ticket, type(answer)):
        keeping.put_beside(talk, ticket, told.only_files())
        _say_beside(talk, ticket, known)
        return True
    conversation.set_aside(talk)
    conversation.carry_out(talk, answer)
    return True


def _say_beside(talk: Talk, ticket: Ticket, sentence: str) -> None:
    """What is being asked stays open, and is asked again below this."""
    if conversation.opened(talk):
        conversation.ask_again(talk, sentence)
    else:
        talk.say(sentence, ticket=ticket)


def said_again(talk: Talk, said: Said) -> bool:
    """That it is solved, in words, though this was heard: said twice, it is taken as said once."""
    may_be = buttons.is_solved(said.text) and not (said.files or said.reply_to)
    ticket = _just_solved(talk) if may_be else None
    if ticket is None or not names(said.text, buttons.solved(ticket)[0]):
        return False
    _say_beside(talk, ticket, states_otherwise(ticket))
    return True


def _just_solved(talk: Talk) -> Ticket | None:
    """The one that their *Solved* closed, unless the word may be for something else by now."""
    tx, here = talk.unit.tx, conversation.opened(talk)
    if here is not None and not (here.flow is survey.rating and here.place.step == survey.score.name):
        return None
    waiting = tickets.live_of_customer(tx, talk.customer.id, latest.MOST)
    if any(ticket.status is Status.RESOLVED for ticket in waiting) or latest.heard_since(talk):
        return None
    if here is not None:
        return tickets.read(tx, here.draft.ticket)
    last = tickets.of_customer(tx, talk.customer.id, 1)
    return next((ticket for ticket in last if ticket.outcome == SOLVED), None)


@conversation.does(Solve)
def solve(talk: Talk, command: Solve) -> None:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    keeping.put_beside(talk, ticket, command.told)
    if is_untold(unit.tx, ticket):
        conversation.carry_out(talk, ShowTicket(ticket.reference))
        return
    if ticket.status is not Status.RESOLVED:
        talk.say(states_otherwise(ticket), ticket=ticket)
        return
    closed = tickets.save(unit.tx, close(ticket, Verb.SOLVE, unit.at), unit.fact("solved", CUSTOMER))
    thread.tell(unit, closed, lambda: outcomes.agreed(closed))
    post.show_card(unit, closed)
    talk.say(_closed(talk, closed), ticket=closed)
    survey.begin(talk, closed)


def _closed(talk: Talk, ticket: Ticket) -> str:
    """In the words of the policy that it was filed under, where that has some."""
    shown = reference.unbroken(ticket.reference)
    if own := policies.find(talk.unit.tx, ticket.policy_hash).texts.closed:
        return fill(own.in_(talk.customer.language), reference=shown)
    return _("Thank you. Your request {reference} is closed.", reference=shown)


def states_otherwise(ticket: Ticket) -> str:
    """For somebody who answers a question that is over."""
    shown = reference.unbroken(ticket.reference)
    if ticket.unresolved:
        return _("Your request {reference} is being worked on.", reference=shown)
    return _("Your request {reference} is already closed.", reference=shown)


# Not solved


@conversation.does(Reopen)
def reopen_it(talk: Talk, command: Reopen) -> None:
    """Not solved: inside the window it is opened again, afterwards a new ticket follows it."""
    ticket = tickets.lock(talk.unit.tx, command.ticket)
    elsewhere = ticket.outcome == MERGED or is_untold(talk.unit.tx, ticket)
    if elsewhere and not command.told:
        conversation.carry_out(talk, ShowTicket(ticket.reference))
    elif (ticket.unresolved or elsewhere) and command.told:
        conversation.carry_out(talk, AddWords(ticket.id, command.told))
    elif ticket.unresolved:
        talk.say(states_otherwise(ticket), ticket=ticket)
    elif keeping.can_reopen(talk, ticket, command.said_at):
        _open_again(talk, ticket, command.told)
    else:
        talk.say(_over(ticket), ticket=ticket)
        conversation.carry_out(talk, StartFiling(command.told, follows=ticket.id))


def _over(ticket: Ticket) -> str:
    shown = reference.unbroken(ticket.reference)
    if ticket.outcome == STOPPED:
        return closed_for_good(ticket)
    return _(
        "It is too late to reopen your request {reference}, so this will be a new request linked to it.",
        reference=shown,
    )


def closed_for_good(ticket: Ticket) -> str:
    return _(
        "Your request {reference} is closed, so this will be a new request linked to it.",
        reference=reference.unbroken(ticket.reference),
    )


def _open_again(talk: Talk, ticket: Ticket, told: Told) -> None:
    unit, before = talk.unit, retelling.known(talk.unit, ticket)
    opened = tickets.save(unit.tx, reopen(ticket, unit.at), unit.fact(kinds.REOPENED, CUSTOMER))
    homes.opened_again(unit, opened)
    thread.tell(unit, opened, lambda: outcomes.reopened(ticket.outcome))
    post.show_card(unit, opened)
    conversation.end(talk, "survey", "aftercare")
    later = "\n".join(retelling.later(unit, opened, before))
    if not told:
        draft = whether.Still(ticket=ticket.id)
        conversation.start(talk, whether.wrong, draft, of=whether.aftercare, about=opened, preface=later)
        return
    kept = keeping.add(talk, opened, told)
    shown = reference.unbroken(kept.reference)
    said = _("Your request {reference} is open again, with what you wrote added.", reference=shown)
    talk.say("\n\n".join(filter(None, [said, later])), "receipt", ticket=kept, quotes=told.parts[-1].message)
