"""Conversations with customers: where they stand is stored, what they decide is carried out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from bot.core import flow as flows
from bot.core.answering import Misheard, Spoken
from bot.core.flow import Asked, Done, Draft, Flow, Go, LostError, Place, Step
from bot.core.heard import Said
from bot.core.ticket import Ticket
from bot.core.told import Told
from bot.core.words import Write
from handlers import post
from handlers.customer.talk import Talk
from locales import _
from storage import places

D = TypeVar("D", bound=Draft)
V = TypeVar("V")
C = TypeVar("C")

Again = Callable[[Any], object]
"""Makes, of a draft whose next step is gone, the command that begins again with it."""

ALBUM_PAUSE = timedelta(seconds=2)
"""Parts of an album come one by one; a question that follows waits so long for the rest of them."""

_flows: dict[str, Flow[Any, Any]] = {}
_again: dict[str, Again] = {}
_doers: dict[type, Callable[[Talk, Any], None]] = {}


def flow(
    name: str, draft: type[D], view: Callable[[Talk, D], V], *, again: Again | None = None
) -> Flow[D, V]:
    """A new flow, known by its name from now on."""
    made = Flow(name, draft, view)
    _flows[name] = made
    if again:
        _again[name] = again
    return made


def does(command: type[C]) -> Callable[[Callable[[Talk, C], None]], Callable[[Talk, C], None]]:
    """Mark the function that carries out what a conversation decided."""

    def mark(doer: Callable[[Talk, C], None]) -> Callable[[Talk, C], None]:
        _doers[command] = doer
        return doer

    return mark


def carry_out(talk: Talk, command: object) -> None:
    _doers[type(command)](talk, command)


# The conversation that is open


@dataclass(frozen=True, slots=True)
class Open:
    place: Place
    flow: Flow[Any, Any]
    draft: Any
    view: Any

    def asked(self, turn: int) -> Asked:
        """The open question as it reads now. Raises LostError when it is gone."""
        go = Go(self.place.step, self.place.at)
        return flows.ask(self.flow, go, self.draft, self.view, turn, self.place.trail)


def opened(talk: Talk) -> Open | None:
    """The conversation that is open, if this version knows it."""
    place = places.standing(talk.unit.tx, talk.address).place
    flow = _flows.get(place.flow) if place else None
    if place is None or flow is None:
        return None
    draft = flow.draft.model_validate(place.draft)
    return Open(place, flow, draft, flow.view(talk, draft))


def start(
    talk: Talk,
    step: Step[D, V] | Go,
    draft: D,
    *,
    of: Flow[D, V],
    preface: str = "",
    about: Ticket | None = None,
) -> None:
    """Ask the first question; what was being asked before is set aside. `preface` stands above it.

    `about` is the ticket that the question shows, so that a reply to it goes there.
    """
    set_aside(talk)
    go = Go(step.name) if isinstance(step, Step) else step
    draft.at = go.at
    turn = places.standing(talk.unit.tx, talk.address).turn + 1
    _put(talk, flows.ask(of, go, draft, of.view(talk, draft), turn), preface, about)


def set_aside(talk: Talk) -> None:
    """Something else comes up: what is worth it goes on the shelf, to be offered again; the rest is over."""
    here = opened(talk)
    if here and here.draft.worth_keeping:
        places.shelve(talk.unit.tx, talk.address, talk.unit.now)
    else:
        leave(talk)


def leave(talk: Talk) -> None:
    places.leave(talk.unit.tx, talk.address, talk.unit.now)


def end(talk: Talk, *names: str) -> None:
    """What these flows were asking is over."""
    here = opened(talk)
    if here and here.flow.name in names:
        leave(talk)


def ask_again(talk: Talk, preface: str = "") -> None:
    """Ask the question that is open once more."""
    here = opened(talk)
    if here is None:
        return
    try:
        asked = here.asked(here.place.turn + 1)
    except LostError:
        _begin_again(talk, here)
    else:
        _put(talk, asked, preface)


def asks_for_words(talk: Talk) -> bool:
    """Whether the open question is to be answered in the person's own words."""
    here = opened(talk)
    try:
        return here is not None and isinstance(here.asked(here.place.turn).question, Write)
    except LostError:
        return False


# Hearing


def hear(talk: Talk, what: Spoken) -> bool:
    """Let the conversation hear it; False when none is going on, or it is of a version that is gone."""
    here = opened(talk)
    if here is None:
        return False
    try:
        result = flows.hear(here.flow, here.place, here.draft, here.view, what)
    except LostError:
        return _begin_again(talk, here)
    if isinstance(result, Misheard):
        _misheard(talk, here, what, result)
    else:
        _follow(talk, result)
    return True


def expects(talk: Talk, what: Spoken) -> bool:
    """Whether the open question asks for this, by an offered answer or in words."""
    return _asks_for(talk, what, flows.expects)


def chooses(talk: Talk, what: Spoken) -> bool:
    """Whether this is an answer that the open question offers."""
    return _asks_for(talk, what, flows.chooses)


def _asks_for(talk: Talk, what: Spoken, judge: Callable[..., bool]) -> bool:
    here = opened(talk)
    try:
        return here is not None and judge(here.flow, here.place, here.draft, here.view, what)
    except LostError:
        return False


def _begin_again(talk: Talk, here: Open) -> bool:
    """The open question is of a version that is gone: begin again, with all that was said."""
    leave(talk)
    if here.flow.name not in _again:
        return False
    talk.toast()
    talk.say(_("Sorry, we have to ask you something once more."))
    carry_out(talk, _again[here.flow.name](here.draft))
    return True


def _follow(talk: Talk, result: Asked | Done) -> None:
    talk.toast()
    talk.settle_buttons()
    if isinstance(result, Asked):
        _put(talk, result)
        return
    leave(talk)
    carry_out(talk, result.command)


def _put(talk: Talk, asked: Asked, preface: str = "", about: Ticket | None = None) -> None:
    say = asked.say()
    if preface:
        say = say.model_copy(update={"text": f"{preface}\n\n{say.text}"})
    what = talk.heard.what
    pause = talk.unit.now + ALBUM_PAUSE if isinstance(what, Said) and what.group else None
    purpose = "status" if about else "question"
    row = post.to_customer(talk.unit, talk.address, say, purpose, ticket=about, not_before=pause)
    place = asked.place.model_copy(update={"row": str(row)})
    places.stand(talk.unit.tx, talk.address, place, talk.unit.now)


# What is said beside the question


def _misheard(talk: Talk, here: Open, what: Spoken, misheard: Misheard) -> None:
    if misheard.stale:
        talk.toast(_("This button belongs to an earlier question."))
        return
    talk.toast()
    told = Told.by(what) if isinstance(what, Said) else Told()
    told = told.only_files() if misheard.why else told
    keep(talk, here, told)
    ask_again(talk, _why_again(misheard, kept=bool(told)))


def _why_again(misheard: Misheard, *, kept: bool) -> str:
    if kept and not misheard.why:
        return _("We have kept what you sent. Please answer this as well:")
    choose = _("Please choose one of the answers: press it, or type its number or name.")
    kept_too = _("We have kept what you sent.") if kept else ""
    return " ".join(filter(None, (kept_too, misheard.why or choose)))


def keep(talk: Talk, here: Open, told: Told) -> None:
    """Nothing is lost: files, and words that were no attempt at an answer, go into the draft."""
    if told:
        here.draft.keep(told)
        keep_draft(talk, here)


def keep_draft(talk: Talk, here: Open) -> None:
    place = here.place.model_copy(update={"draft": here.draft.model_dump(mode="json")})
    places.stand(talk.unit.tx, talk.address, place, talk.unit.now)
