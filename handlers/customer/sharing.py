"""The customer agrees that a third party is engaged, or refuses: each question is answered once (CMP-10)."""

from bot.core import assent, reference
from bot.core import facts as kinds
from bot.core.heard import Pressed
from bot.core.ticket import Fact, Ticket
from bot.core.told import Told
from handlers import post
from handlers.clock import above
from handlers.customer import conversation, keeping, latest
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import _
from storage import tickets, words

MOST = 8

ANSWERED = frozenset({kinds.ENGAGED, kinds.SHARING_REFUSED})
AGREE, REFUSE = "share", "share-not"


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
    conversation.set_aside(talk)
    _answer(talk, ticket, agrees=verb == AGREE)
    return True


def answered(talk: Talk, told: Told) -> bool:
    """The same answers typed, where only one such question is open."""
    verb = assent.plainly(AGREE, REFUSE)(told.text)
    if verb is None or told.files:
        return False
    live = tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST)
    waiting = [ticket for ticket in live if _open_question(talk.unit, ticket)]
    if len(waiting) != 1 or not _is_last_said(talk, waiting[0]):
        return False
    keeping.note_down(talk, waiting[0], told)
    _answer(talk, waiting[0], agrees=verb == AGREE)
    return True


def _is_last_said(talk: Talk, ticket: Ticket) -> bool:
    """Whether a bare yes can only mean this question: it has arrived, and no agent said anything since."""
    asked, said = _open_question(talk.unit, ticket), words.last_to_customer(talk.unit.tx, ticket)
    last = latest.heard(talk)
    return bool(asked and last and str(last.words) == asked.data["words"] == str(said))


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


def _answer(talk: Talk, ticket: Ticket, *, agrees: bool) -> None:
    unit, locked = talk.unit, tickets.lock(talk.unit.tx, ticket.id)
    if (asked := _open_question(unit, locked)) is None:
        return
    if agrees:
        fact = unit.fact(kinds.ENGAGED, CUSTOMER, words=asked.data["words"], ground="consent")
    else:
        fact = unit.fact(kinds.SHARING_REFUSED, CUSTOMER, words=asked.data["words"])
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
