"""Conversations with customers: where they stand is stored, what they decide is carried out."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.core import flow as flows
from bot.core.flow import Asked, Done, Draft, Flow, Go, LostError, Misheard, Place, Spoken, Step
from bot.core.heard import Said
from bot.core.text import clean
from handlers import post
from handlers.customer.talk import Talk
from locales import _
from storage import places

D = TypeVar("D", bound=Draft)
V = TypeVar("V")
C = TypeVar("C")

Again = Callable[[Any], object]
"""Makes, of a draft whose next step is gone, the command that begins again with it."""

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


def start(talk: Talk, step: Step[D, V] | Go, draft: D, *, of: Flow[D, V], preface: str = "") -> None:
    """Ask the first question; what was being asked before is over. `preface` stands above it."""
    go = Go(step.name) if isinstance(step, Step) else step
    turn = places.standing(talk.unit.tx, talk.address).turn + 1
    _put(talk, flows.ask(of, go, draft, of.view(talk, draft), turn), preface)


def hear(talk: Talk, what: Spoken) -> bool:
    """Let the conversation hear it; False when none is going on, or it is of a version that is gone."""
    place = places.standing(talk.unit.tx, talk.address).place
    if place is None:
        return False
    flow = _flows.get(place.flow)
    if flow is None:
        places.leave(talk.unit.tx, talk.address, talk.unit.at)
        return False
    draft = flow.draft.model_validate(place.draft)
    try:
        result = flows.hear(flow, place, draft, flow.view(talk, draft), what)
    except LostError:
        return _begin_again(talk, flow.name, draft)
    if isinstance(result, Misheard):
        _misheard(talk, place, draft, what, result)
    else:
        _follow(talk, result)
    return True


def _begin_again(talk: Talk, flow: str, draft: Draft) -> bool:
    """The open question is of a version that is gone: begin again, with all that was said."""
    places.leave(talk.unit.tx, talk.address, talk.unit.at)
    if flow not in _again:
        return False
    talk.say(_("Sorry, we have to ask you something once more."))
    carry_out(talk, _again[flow](draft))
    return True


def ask_again(talk: Talk, preface: str = "") -> None:
    """Ask the question that is open once more."""
    place = places.standing(talk.unit.tx, talk.address).place
    if place is None:
        return
    flow = _flows[place.flow]
    draft = flow.draft.model_validate(place.draft)
    go = Go(place.step, place.at)
    _put(talk, flows.ask(flow, go, draft, flow.view(talk, draft), place.turn + 1, place.trail), preface)


def _follow(talk: Talk, result: Asked | Done) -> None:
    talk.toast()
    talk.settle_buttons()
    if isinstance(result, Asked):
        _put(talk, result)
        return
    places.leave(talk.unit.tx, talk.address, talk.unit.at)
    carry_out(talk, result.command)


def _misheard(talk: Talk, place: Place, draft: Draft, what: Spoken, misheard: Misheard) -> None:
    if misheard.stale:
        talk.toast(_("This button belongs to an earlier question."))
    elif _keep_beside(talk, place, draft, what, misheard):
        ask_again(talk, _("We have kept what you sent. Please answer this as well:"))
    else:
        choose = _("Please choose one of the answers: press it, or type its number or name.")
        ask_again(talk, misheard.why or choose)


def _keep_beside(talk: Talk, place: Place, draft: Draft, what: Spoken, misheard: Misheard) -> bool:
    """Nothing is lost: files, and words that were no attempt at an answer, go into the draft."""
    if not isinstance(what, Said):
        return False
    words = "" if misheard.why else clean(what.text)
    if not (words or what.files) or not draft.keep(words, what.files):
        return False
    kept = place.model_copy(update={"draft": draft.model_dump(mode="json")})
    places.stand(talk.unit.tx, talk.address, kept, talk.unit.at)
    return not misheard.why


def _put(talk: Talk, asked: Asked, preface: str = "") -> None:
    places.stand(talk.unit.tx, talk.address, asked.place, talk.unit.at)
    say = asked.say()
    if preface:
        say = say.model_copy(update={"text": f"{preface}\n\n{say.text}"})
    post.to_customer(talk.unit, talk.address, say, "question")
