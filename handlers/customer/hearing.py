"""Hearing: what a person says is an answer to the open question, or is kept beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import flow as flows
from bot.core.answering import Misheard, Spoken
from bot.core.flow import Asked, Done, LostError
from bot.core.heard import Said
from bot.core.told import Told
from bot.core.words import Write
from handlers.customer import along, conversation
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from locales import _
from storage import deliveries, held, places

AFTERWARDS = ("aftercare", "survey", "meaning")
"""Conversations that a solution leads to, whose questions nobody answers before they have come."""


def hear(talk: Talk, what: Spoken) -> bool:
    """Let the conversation hear it; False when none is going on, or it is of a version that is gone."""
    here = conversation.opened(talk)
    if here is None:
        return False
    here = _unseen(here) if _precedes(talk, here, what) else here
    try:
        if _overflows(here, what):
            conversation.ask_again(talk, no_room())
            return True
        result = flows.hear(here.flow, here.place, here.draft, here.view, what)
    except LostError:
        return conversation.begin_again(talk, here)
    if isinstance(result, Misheard):
        _misheard(talk, here, what, result)
    else:
        _follow(talk, here, result)
    return True


def _precedes(talk: Talk, here: Open, what: Spoken) -> bool:
    """Whether this was typed before they could read what is asked after a solution: it chooses nothing there.

    A platform reply and a button name what they answer.
    """
    row = UUID(here.place.row) if here.place.row else None
    if here.flow.name not in AFTERWARDS or not isinstance(what, Said) or what.reply_to or row is None:
        return False
    if held.is_unbegun(talk.unit.tx, row):
        return True
    there_since = deliveries.accepted_at(talk.unit.tx, row) or _asked_at(talk)
    return there_since is not None and talk.spoke_before(there_since)


def _asked_at(talk: Talk) -> datetime | None:
    """Nobody can have read the question before; when it arrived may not be known yet."""
    return places.standing(talk.unit.tx, talk.address).updated_at


def _unseen(here: Open) -> Open:
    """The same question, with no answers that anybody could choose from: what comes is words."""
    return replace(here, place=here.place.model_copy(update={"asked": ()}))


def keep_beside(talk: Talk, here: Open, told: Told) -> None:
    """No answer to the open question, but words beside it: it is asked again."""
    if not here.draft.has_room_for(told):
        conversation.ask_again(talk, no_room())
        return
    conversation.keep(talk, here, told)
    conversation.ask_again(talk, kept_beside())


def _overflows(here: Open, what: Spoken) -> bool:
    """Whether this would be kept, and there is no room for it."""
    if not isinstance(what, Said) or here.draft.has_room_for(Told.by(what)):
        return False
    return flows.takes_words(here.flow, here.place, here.draft, here.view, what)


def no_room() -> str:
    return _(
        "There is no room for this message: up to {n} characters can be kept here."
        " What you wrote before is kept. Please send it; more can be added to the request afterwards.",
        n=f"{flows.MOST_LETTERS:,}".replace(",", "\u00a0"),
    )


def expects(talk: Talk, what: Spoken) -> bool:
    """Whether the open question asks for this, by an offered answer or in words."""
    return _asks_for(talk, what, flows.expects)


def chooses(talk: Talk, what: Spoken) -> bool:
    """Whether this is an answer that the open question offers."""
    return _asks_for(talk, what, flows.chosen)


def takes(talk: Talk, what: Spoken) -> bool:
    """Whether the open question takes this as an answer, or as words of the person's own."""
    return expects(talk, what) or _asks_for(talk, what, flows.takes_words)


def _asks_for(talk: Talk, what: Spoken, judge: Callable[..., object]) -> bool:
    here = conversation.opened(talk)
    try:
        return here is not None and bool(judge(here.flow, here.place, here.draft, here.view, what))
    except LostError:
        return False


def asks_for_line(here: Open | None) -> bool:
    """Whether the question there is to be answered in one line of the person's own."""
    try:
        question = here.asked(here.place.turn).question if here else None
        return isinstance(question, Write) and not question.free
    except LostError:
        return False


def _follow(talk: Talk, here: Open, result: Asked | Done) -> None:
    talk.toast()
    talk.settle_buttons()
    if isinstance(result, Asked):
        conversation.put(talk, result)
        return
    conversation.leave(talk)
    along.carry_out(talk, result.command, along.left_over(here), here.draft.about)


def _misheard(talk: Talk, here: Open, what: Spoken, misheard: Misheard) -> None:
    if misheard.stale:
        talk.toast(_("This button belongs to an earlier question."))
        return
    talk.toast()
    if misheard.nowhere:
        conversation.ask_again(talk)
        return
    told = Told.by(what) if isinstance(what, Said) else Told()
    if misheard.beside:
        _keep_for_the_description(talk, here, told, misheard.why)
        return
    told = told.only_files() if misheard.why else told
    conversation.keep(talk, here, told)
    conversation.ask_again(talk, _why_again(misheard, kept=bool(told)))


def _keep_for_the_description(talk: Talk, here: Open, told: Told, why: str) -> None:
    """Words where one line is asked for may be but a remark: the description is asked for all the same."""
    if not here.draft.has_room_for(told):
        conversation.ask_again(talk, no_room())
        return
    here.draft.told += told
    conversation.keep_draft(talk, here)
    conversation.ask_again(talk, _why_again(Misheard(why), kept=True))


def _why_again(misheard: Misheard, *, kept: bool) -> str:
    if kept and not misheard.why:
        return kept_beside()
    choose = _("Please choose one of the answers: press it, or type its number or name.")
    kept_too = _("We have kept what you sent.") if kept else ""
    return " ".join(filter(None, (kept_too, misheard.why or choose)))


def kept_beside() -> str:
    return _("We have kept what you sent. Please answer this as well:")
