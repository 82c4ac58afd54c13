"""Consent to a request that the desk filed: asked for afterwards, and recorded when it is given (AIG-3)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Pressed
from bot.core.ticket import Ticket
from bot.core.words import Option
from handlers import thread
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from locales import _, pgettext
from storage import policies, tickets

VERB = "agree"


def ask(talk: Talk, ticket: Ticket) -> bool:
    """Ask for it where the policy wants it; the request is worked on meanwhile. False where it does not."""
    wanted = policies.find(talk.unit.tx, ticket.policy_hash).consent
    if wanted is None:
        return False
    shown = reference.unbroken(ticket.reference)
    for_this = _("For your request {reference} we need your consent to this:", reference=shown)
    agree = Option(key=f"{VERB}.{ticket.reference}", title=pgettext("button", "I agree"))
    said = f"{for_this}\n\n{wanted.text.in_(talk.customer.language)}"
    talk.say(said, options=(agree,), ticket=ticket)
    return True


def pressed(talk: Talk, what: Pressed) -> bool:
    """The button under it, which holds at any time. False when the press is another."""
    verb, _dot, digits = what.data.partition(".")
    if verb != f"0:{VERB}":
        return False
    found = tickets.find_own(talk.unit.tx, talk.customer.id, digits)
    if found is None or _agreed(talk, found):
        talk.toast(_("This button belongs to an earlier question."))
        return True
    talk.toast()
    talk.settle_buttons()
    _record(talk, tickets.lock(talk.unit.tx, found.id))
    return True


def _agreed(talk: Talk, ticket: Ticket) -> bool:
    return any(fact.kind == kinds.CONSENTED for fact in tickets.history(talk.unit.tx, ticket.id))


def _record(talk: Talk, ticket: Ticket) -> None:
    unit, version = talk.unit, ticket.policy_hash
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.CONSENTED, CUSTOMER, policy=version))
    thread.tell(unit, ticket, lambda: agreed(version))
    talk.say(_("Thank you. Your consent is noted."), ticket=ticket)


def agreed(version: str) -> str:
    """For agents: to which wording."""
    return _("The customer agreed to the policy's terms, version {version}.", version=version[:SHORT_HASH])


SHORT_HASH = 12
"""As many digits of a policy's hash tell it from all others of a desk."""
