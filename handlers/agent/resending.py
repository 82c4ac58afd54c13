"""Words that did not reach the customer are sent again, by hand and once."""

from uuid import UUID

from bot.core import facts as kinds
from handlers import amending, post, reaching
from handlers.agent import answers, sending
from handlers.agent.act import Act
from locales import _
from storage import tickets
from storage.words import Words


def send_again(act: Act, words_id: UUID | None) -> None:
    """The button under words that did not arrive."""
    waiting = {kept.id: kept for kept in reaching.undelivered(act.unit, act.ticket)}
    kept = waiting.get(words_id) if words_id else None
    with act.speaking():
        if not act.may_act:
            act.refuse_stranger()
        elif not act.ticket.unresolved:
            act.refuse(_("The ticket is resolved. Open it again to write to the customer."))
        elif not act.may("claimer"):
            act.refuse_for_claimer() if act.ticket.claimer else act.refuse(_unclaimed())
        elif kept is None:
            act.refuse(_("These words have been sent again already, or were taken back."))
        else:
            _send(act, kept)


def _unclaimed() -> str:
    return _("Nobody has claimed the ticket. Claim it to write to the customer.")


def _send(act: Act, kept: Words) -> None:
    unit = act.unit
    fact = unit.fact(kinds.SENT_AGAIN, act.by, words=str(kept.id))
    act.ticket = tickets.save(unit.tx, answers.touched(act.ticket, unit.at), fact)
    sending.send(act, kept.id, "reply", lambda: amending.reply_text(act.ticket, kept.text))
    post.show_card(unit, act.ticket)
    if not sending.waits_until(unit):
        act.refuse(_("Sent to the customer again."))
