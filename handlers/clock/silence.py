"""The customer is silent: reminded of a question, and what nobody speaks of any more is closed."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Incoming, Sender, Unknown
from bot.core.policy import Policy
from bot.core.shown import Button, Mention, Post
from bot.core.silences import Question, open_question
from bot.core.ticket import DECLINED, UNANSWERED, Status, Ticket, Verb, close, move
from bot.core.wakes import Wake
from bot.core.words import Say
from handlers import lines, post, thread
from handlers.clock import above, deadlines
from handlers.customer import survey
from handlers.customer.moments import Moments
from handlers.customer.talk import Talk
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, current, fill, pgettext, use
from storage import people, policies, tickets, words


def _remind(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """The customer is reminded of the question, courteously, and of what follows without an answer."""
    _record(unit, ticket, wake, kinds.TOLD)
    question = _question(unit, ticket)
    asked = words.find(unit.tx, ticket, UUID(question.words)).text
    with post.speaking_to_customer(unit, ticket):
        shown = reference.unbroken(ticket.reference)
        heading = _("We are still waiting for your answer about your request {reference}:", reference=shown)
        said = "\n\n".join([heading, asked, _what_follows(unit, _policy(unit, ticket), question)])
    post.to_ticket_customer(unit, ticket, Say(text=said), "reminder")
    thread.tell(unit, ticket, lambda: _("The customer was reminded of our question."))


def _what_follows(unit: Unit, policy: Policy, question: Question) -> str:
    """Please answer, and by when, where that is known."""
    rule, hours = policy.unanswered, unit.office.hours
    assert rule
    if rule.within.assumed(hours.calendar):
        return _("Please answer here.")
    over = rule.within.due(question.since, hours.calendar, hours.zone)
    when = Moments(unit, dated=True).by(over)
    if rule.then == "close":
        return _("Please answer here. If we hear nothing {when}, the request will be closed.", when=when)
    return _("Please answer here. If we hear nothing {when}, we may end the request.", when=when)


def _offer(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """EDC-10: the desk may end the ticket now. Time never does."""
    _record(unit, ticket, wake, kinds.OFFERED)
    since = _question(unit, ticket).since
    with thread.speaking(unit, ticket):
        said = _("Our question has not been answered. The ticket may be ended. Asked: {moment}.", moment=SLOT)
        whose = ((Mention(user=ticket.claimer),),) if ticket.claimer else ()
        end = Button(verb="end", title=pgettext("button", "End unanswered"), value=str(ticket.id))
        offered = Post(
            summary=thread.summary(ticket),
            lines=(lines.around(said, deadlines.moment(unit, since)), *whose),
            buttons=(end,),
            broadcast=not ticket.claimer,
        )
    post.to_thread(unit, ticket, offered, "reminder")
    above.pass_on(unit, ticket, offered, purpose="reminder")
    post.show_card(unit, ticket)


def _wake(unit: Unit, ticket: Ticket, _wake: Wake) -> None:
    """The moment has come until which the desk did not want to look at it."""
    woken = tickets.save(unit.tx, replace(ticket, snoozed=False), unit.fact(kinds.WOKEN))
    above.tell_holder(unit, woken, lambda: _("This ticket is no longer snoozed: its moment has come."))
    post.show_card(unit, woken)


def _end(unit: Unit, ticket: Ticket, _wake: Wake) -> None:
    """The question stayed unanswered for as long as the policy waits."""
    ended = move(ticket, Verb.END, unit.at, closed_at=unit.at, outcome=UNANSWERED)
    _closed(unit, ended, kinds.ENDED, lambda: _("Closed: our question was not answered in time."))


def _lapse(unit: Unit, ticket: Ticket, _wake: Wake) -> None:
    """CMP-5: the window after the solution is over, and nobody reopened the ticket."""
    lapsed = close(ticket, Verb.LAPSE, unit.at)
    _closed(unit, lapsed, kinds.LAPSED, lambda: _("Closed: nobody reopened the ticket after the solution."))


def _closed(unit: Unit, ticket: Ticket, fact: str, sentence: Callable[[], str]) -> None:
    saved = tickets.save(unit.tx, ticket, unit.fact(fact))
    thread.tell(unit, saved, sentence)
    post.show_card(unit, saved)


def _tell(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """The customer learns that it was closed."""
    _record(unit, ticket, wake, kinds.TOLD)
    with post.speaking_to_customer(unit, ticket):
        say = Say(text=_farewell(unit, ticket))
    post.to_ticket_customer(unit, ticket, say, "closed")


def _farewell(unit: Unit, ticket: Ticket) -> str:
    """In the policy's words, where it has some."""
    shown = reference.unbroken(ticket.reference)
    if ticket.outcome == UNANSWERED:
        return _(
            "Your request {reference} is closed: our question was not answered."
            " If you still need help, please write to us here.",
            reference=shown,
        )
    if ticket.outcome == DECLINED:
        return _("Your request {reference} is closed: it could not be solved.", reference=shown)
    if own := _policy(unit, ticket).texts.lapsed:
        return fill(own.in_(current()), reference=shown)
    return _(
        "Your request {reference} is closed: we have not heard that anything is still wrong."
        " If the problem comes back, please write to us here.",
        reference=shown,
    )


def _ask_survey(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """How it went, now that it is over; nobody who has blocked us is asked."""
    _record(unit, ticket, wake, kinds.TOLD)
    talk = _unasked(unit, ticket)
    if talk.address.open and ticket.status is Status.CLOSED:
        with use(talk.customer.language):
            survey.begin(talk, ticket)


def _unasked(unit: Unit, ticket: Ticket) -> Talk:
    """A talk that we begin: nothing was heard."""
    address = people.address(unit.tx, ticket.address_id)
    nothing = Incoming(
        channel=address.channel,
        account=address.account,
        key="",
        lane="",
        order=0,
        at=unit.at,
        sender=Sender(chat=address.chat),
        what=Unknown(name="silence"),
    )
    return Talk(unit, address, people.customer(unit.tx, address.customer_id), nothing)


def _question(unit: Unit, ticket: Ticket) -> Question:
    question = open_question(tickets.ledger(unit.tx, ticket.id))
    assert question
    return question


def _policy(unit: Unit, ticket: Ticket) -> Policy:
    return policies.find(unit.tx, ticket.policy_hash)


def _record(unit: Unit, ticket: Ticket, wake: Wake, kind: str) -> None:
    tickets.record(unit.tx, ticket.id, unit.fact(kind, **wake.about))


DOERS: dict[str, Callable[[Unit, Ticket, Wake], None]] = {
    "word": _remind,
    "offer": _offer,
    "end": _end,
    "wake": _wake,
    "lapse": _lapse,
    "told": _tell,
    "survey": _ask_survey,
}
