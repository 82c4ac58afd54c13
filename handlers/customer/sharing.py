"""The customer agrees that a third party is engaged, or refuses: each question is answered once (CMP-10)."""

from datetime import datetime

from bot.core import assent, reference
from bot.core import facts as kinds
from bot.core.heard import Pressed
from bot.core.ticket import Fact, Ticket
from bot.core.told import Told
from handlers import post
from handlers.clock import above
from handlers.customer import along, buttons, keeping, latest, untold
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import _
from storage import tickets, words
from storage.deliveries import About

MOST = 8

ANSWERED = frozenset({kinds.ENGAGED, kinds.SHARING_REFUSED})
AGREE, REFUSE = "share", "share-not"
AGAIN = "sharing"
"""What a question that is asked once more is remembered for, with its number on the ticket."""


def pressed(talk: Talk, what: Pressed) -> bool:
    """A button under the question. False when the press is none of these."""
    verb, _dot, about = what.data.removeprefix("0:").partition(".")
    if not what.data.startswith("0:") or verb not in {AGREE, REFUSE}:
        return False
    digits, _dot, number = about.partition(".")
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, digits)
    if (
        ticket is None
        or (asked := _open_question(talk.unit, ticket)) is None
        or number != str(_asked(talk.unit, ticket).index(asked) + 1)
    ):
        talk.toast(_("This button belongs to an earlier question."))
        return True
    talk.toast()
    talk.settle_buttons()
    along.beside(talk, lambda: _answer(talk, ticket, agrees=verb == AGREE))
    return True


def answered(talk: Talk, told: Told) -> bool:
    """The same answers typed, where only one such question is open, and nothing was said or asked since."""
    live = tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST) if _verb(told) else ()
    waiting = [ticket for ticket in live if _open_question(talk.unit, ticket)]
    last = latest.heard_since(talk) if len(waiting) == 1 else None
    return last is not None and last.ticket.id == waiting[0].id and answered_on(talk, waiting[0], told)


def answered_on(talk: Talk, ticket: Ticket, told: Told, said_at: datetime | None = None) -> bool:
    """The same in words that are for this ticket, said just now or at `said_at`."""
    verb = _verb(told)
    if verb is None or not _is_last_said(talk, ticket, said_at):
        return False
    [said, *_more] = keeping.note_down(talk, ticket, told)
    _answer(talk, ticket, agrees=verb == AGREE, said=str(said))
    return True


def ask_plainly(talk: Talk, ticket: Ticket, told: Told, said_at: datetime | None) -> None:
    """An "ok" is no consent, and whoever wrote it shall not believe that it was."""
    is_vague = _verb(told) is None and assent.readily(AGREE, REFUSE)(told.text) == AGREE
    if not is_vague or not _is_last_said(talk, ticket, said_at):
        return
    number = len(_asked(talk.unit, ticket))
    asked = _("Do you agree that we share what is needed? Please answer by yes or no.")
    talk.say(asked, f"{AGAIN}.{number}", options=buttons.sharing(ticket, number), ticket=ticket)


def replied(talk: Talk, ticket: Ticket, told: Told, to: About) -> bool:
    """The same in a platform reply `to` the question, or to what asked it once more."""
    asked = _open_question(talk.unit, ticket)
    if asked is None:
        return False
    again = f"{AGAIN}.{_asked(talk.unit, ticket).index(asked) + 1}"
    is_to_it = asked.data["words"] == str(to.words_id) or (to.purpose, to.ticket_id) == (again, ticket.id)
    return is_to_it and answered_on(talk, ticket, told)


def _verb(told: Told) -> str | None:
    return None if told.files else assent.explicitly(AGREE, REFUSE)(told.text)


def _is_last_said(talk: Talk, ticket: Ticket, said_at: datetime | None) -> bool:
    """Whether a bare yes can only mean this question: it had arrived, and nothing was said there since."""
    asked, said = _open_question(talk.unit, ticket), words.last_to_customer(talk.unit.tx, ticket)
    last = latest.heard_on(talk, ticket)
    if not (asked and last and str(last.words) == asked.data["words"] == str(said)):
        return False
    return not untold.precedes(talk, ticket, asked, said_at)


def _asked(unit: Unit, ticket: Ticket) -> list[Fact]:
    return [fact for fact in tickets.history(unit.tx, ticket.id) if fact.kind == kinds.SHARING_ASKED]


def _open_question(unit: Unit, ticket: Ticket) -> Fact | None:
    """The last question about a third party, while nobody has answered it and the ticket is worked on."""
    history = tickets.history(unit.tx, ticket.id)
    untold = {fact.data["words"] for fact in history if fact.kind == kinds.TAKEN_BACK}
    told = [
        fact
        for fact in history
        if fact.kind in {kinds.SHARING_ASKED, *ANSWERED} and fact.data["words"] not in untold
    ]
    return told[-1] if told and told[-1].kind == kinds.SHARING_ASKED and ticket.unresolved else None


def _answer(talk: Talk, ticket: Ticket, *, agrees: bool, said: str = "") -> None:
    """`said` are the words of the answer, where it was typed: an edit of them finds it."""
    unit, locked = talk.unit, tickets.lock(talk.unit.tx, ticket.id)
    if (asked := _open_question(unit, locked)) is None:
        return
    if agrees:
        fact = unit.fact(kinds.ENGAGED, CUSTOMER, words=asked.data["words"], ground="consent", said=said)
    else:
        fact = unit.fact(kinds.SHARING_REFUSED, CUSTOMER, words=asked.data["words"], said=said)
    tickets.record(unit.tx, locked.id, fact)
    above.tell_holder(unit, locked, _agreed if agrees else _refused)
    post.show_card(unit, locked)
    shown = reference.unbroken(locked.reference)
    said = (
        _("Thank you. We share only what is needed for your request {reference}.", reference=shown)
        if agrees
        else _("Understood. Nothing of your request {reference} is shared.", reference=shown)
    )
    talk.say(said, ticket=locked)


def _agreed() -> str:
    return _("The customer agrees that the third party is engaged.")


def _refused() -> str:
    return _("The customer does not agree: nothing may be shared with the third party.")
