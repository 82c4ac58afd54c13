"""The typed answer whether to share was changed: consent is never taken from a change (CMP-10)."""

from uuid import UUID

from bot.core import assent, reference
from bot.core import facts as kinds
from bot.core.ticket import Fact, Ticket
from handlers import post
from handlers.clock import above
from handlers.customer.keeping import CUSTOMER
from handlers.customer.sharing import AGREE, ANSWERED, REFUSE
from handlers.customer.talk import Talk
from locales import _
from storage import tickets


def answered_otherwise(talk: Talk, ticket: Ticket, goes_on: Ticket, words_id: UUID, after: str) -> bool:
    """What was consent is that only as long as it reads so; what was a refusal stays one.

    It was given on a `ticket`, and who works on that as it `goes_on` hears of it.
    """
    given = _given(talk, ticket, words_id)
    if given is None:
        return False
    verb = assent.explicitly(AGREE, REFUSE)(after)
    if given.kind == kinds.ENGAGED and verb != AGREE:
        _withdraw(talk, ticket, goes_on, given)
        return True
    if given.kind == kinds.SHARING_REFUSED and verb != REFUSE:
        _stay_refused(talk, goes_on)
        return True
    return False


def _given(talk: Talk, ticket: Ticket, words_id: UUID) -> Fact | None:
    """The last answer of these words, if no later one has been given to the same question."""
    answers = [fact for fact in tickets.history(talk.unit.tx, ticket.id) if fact.kind in ANSWERED]
    mine = next((fact for fact in reversed(answers) if fact.data.get("said") == str(words_id)), None)
    same = [fact for fact in answers if mine and fact.data["words"] == mine.data["words"]]
    return mine if same and same[-1] is mine else None


def _withdraw(talk: Talk, ticket: Ticket, goes_on: Ticket, given: Fact) -> None:
    unit = talk.unit
    same = {name: given.data[name] for name in ("words", "said")}
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.SHARING_REFUSED, CUSTOMER, **same))
    above.tell_holder(unit, goes_on, _withdrawn)
    post.show_card(unit, goes_on)
    said = _(
        "You changed the message in which you agreed, so your consent no longer holds: from now on nothing"
        " more of your request {reference} is shared. What was shared before cannot be called back."
        " If you do agree, please tell us here, and we will ask you once more.",
        reference=reference.unbroken(goes_on.reference),
    )
    talk.say(said, ticket=goes_on)


def _stay_refused(talk: Talk, ticket: Ticket) -> None:
    above.tell_holder(talk.unit, ticket, _still_refused)
    said = _(
        "You changed the message in which you refused. Your refusal holds for now: nothing of your request"
        " {reference} is shared, for we take no consent from a changed message."
        " If you agree, please tell us here, and we will ask you once more.",
        reference=reference.unbroken(ticket.reference),
    )
    talk.say(said, ticket=ticket)


def _withdrawn() -> str:
    return _(
        "The customer changed the message in which they agreed: the consent no longer holds, and nothing more"
        " may be shared with the third party. If it is needed, please ask them again."
    )


def _still_refused() -> str:
    return _(
        "The customer changed the message in which they refused: nothing may be shared until they have been"
        " asked again and agree."
    )
