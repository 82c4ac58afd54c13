"""Conversations with customers: where they stand is stored, what they decide is carried out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.core import flow as flows
from bot.core.flow import Asked, Draft, Flow, Go, LostError, Place, Step, Trail
from bot.core.heard import Said
from bot.core.ticket import Ticket
from bot.core.told import NOTHING, Told
from handlers import albums, post
from handlers.customer.talk import Talk
from handlers.form import Intake
from locales import Plain, _
from storage import places, tickets
from storage.deliveries import About

D = TypeVar("D", bound=Draft)
V = TypeVar("V")
C = TypeVar("C")

Over = Callable[[Talk, Any], bool]
"""Whether what a draft asks about has gone on since, so that nothing said now is an answer to it."""

Again = Callable[[Any], object]
"""Makes, of a draft whose next step is gone, the command that begins again with it."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """How a platform reply finds a question about a ticket, also when something else is asked by then.

    `purpose` is what the message with this question is remembered for, empty where a reply to it is words for
    the ticket; `recall` is where the question stands, as far as it can still be answered.
    """

    purpose: Callable[[Talk, Place], str]
    recall: Callable[[Talk, About], tuple[Go, Draft] | None]


WAITING = ("whose", "meaning", "numbered", "resume", "language")
"""Conversations in whose drafts words wait for the place where they belong."""

_flows: dict[str, Flow[Any, Any]] = {}
_again: dict[str, Again] = {}
_over: dict[str, Over] = {}
_quotable: dict[str, Quotable] = {}
_doers: dict[type, Callable[[Talk, Any], None]] = {}


def flow(
    name: str,
    draft: type[D],
    view: Callable[[Talk, D], V],
    *,
    again: Again | None = None,
    over: Over | None = None,
    quotable: Quotable | None = None,
) -> Flow[D, V]:
    """A new flow, known by its name from now on."""
    made = Flow(name, draft, view)
    _flows[name] = made
    if again:
        _again[name] = again
    if over:
        _over[name] = over
    if quotable:
        _quotable[name] = quotable
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
    return at(talk, places.standing(talk.unit.tx, talk.address).place)


def at(talk: Talk, place: Place | None) -> Open | None:
    """The conversation that stands there, open or not."""
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
    trail: Trail = (),
) -> None:
    """Ask the first question; what was being asked before is set aside. `preface` stands above it.

    `about` is the ticket that the question shows, so that a reply to it goes there; `trail` is the way back.
    """
    set_aside(talk)
    go = Go(step.name) if isinstance(step, Step) else step
    draft.at = go.at
    turn = places.standing(talk.unit.tx, talk.address).turn + 1
    put(talk, flows.ask(of, go, draft, of.view(talk, draft), turn, trail), preface, about)


def set_aside(talk: Talk) -> None:
    """Something else comes up: what is worth it goes on the shelf, to be offered again; the rest is over."""
    if waiting := set_free(talk):
        _shelve_words(talk, waiting)


def set_free(talk: Talk) -> Told:
    """The same, but for the words that waited for their place, which are the caller's now."""
    here = opened(talk)
    if here and here.draft.worth_keeping:
        places.shelve(talk.unit.tx, talk.address, talk.unit.now)
        return NOTHING
    leave(talk)
    if here is None:
        return NOTHING
    waiting: Told = here.draft.told
    if here.draft.before is None:
        return waiting
    return_to(talk, here.draft.before)
    return set_free(talk) + waiting


def return_to(talk: Talk, before: Place) -> None:
    """What was asked before is open again; buttons that were shown since belong to something earlier.

    What came between has taken its keyboard away.
    """
    turn = places.standing(talk.unit.tx, talk.address).turn
    again = before.model_copy(update={"turn": turn, "keyboard": None})
    places.stand(talk.unit.tx, talk.address, again, talk.unit.now)


def _shelve_words(talk: Talk, told: Told) -> None:
    """Words that waited for their ticket wait on the shelf, as the beginning of a request or part of one."""
    shelved = places.standing(talk.unit.tx, talk.address).shelved
    draft = Intake.model_validate(shelved.draft) if shelved else Intake()
    draft.keep(told)
    put_on_shelf(talk, draft)
    talk.say(
        _("What you wrote is not sent yet. It is kept: {command} goes on with it.", command=Plain("/new"))
    )


def put_on_shelf(talk: Talk, draft: Intake) -> None:
    """A request that is not sent yet waits, to be offered again."""
    place = Place(flow="intake", step="summary", draft=draft.model_dump(mode="json"))
    places.put_on_shelf(talk.unit.tx, talk.address, place, talk.unit.now)


def leave(talk: Talk) -> None:
    places.leave(talk.unit.tx, talk.address, talk.unit.now)


def end(talk: Talk, *names: str) -> None:
    """What these flows were asking is over."""
    here = opened(talk)
    if here and here.flow.name in names:
        leave(talk)


def end_if_over(talk: Talk) -> None:
    """What was asked of a ticket that has gone on meanwhile, whoever saw to that, is asked no more.

    It counts as left when it was asked: what an agent said since is still what the person heard last.
    """
    standing = places.standing(talk.unit.tx, talk.address)
    if standing.place and is_over(talk, standing.place):
        places.leave(talk.unit.tx, talk.address, standing.updated_at or talk.unit.now)


def is_over(talk: Talk, place: Place) -> bool:
    """Whether nothing said now is an answer to what was asked there."""
    judge = _over.get(place.flow)
    there = at(talk, place) if judge else None
    return judge is not None and there is not None and judge(talk, there.draft)


def ask_again(talk: Talk, preface: str = "") -> None:
    """Ask the question that is open once more."""
    here = opened(talk)
    if here is None:
        return
    try:
        asked = here.asked(here.place.turn + 1)
    except LostError:
        begin_again(talk, here)
    else:
        put(talk, asked, preface)


def begin_again(talk: Talk, here: Open) -> bool:
    """The open question is of a version that is gone: begin again, with all that was said."""
    leave(talk)
    if here.flow.name not in _again:
        return False
    talk.toast()
    talk.say(_("Sorry, we have to ask you something once more."))
    carry_out(talk, _again[here.flow.name](here.draft))
    return True


def put(talk: Talk, asked: Asked, preface: str = "", about: Ticket | None = None) -> None:
    say = asked.say()
    text = f"{preface}\n\n{say.text}" if preface else say.text
    folds = not say.contact and places.folds(talk.unit.tx, talk.address, answered=True)
    keyboard = bool(say.contact) if say.contact or folds else None
    say = say.model_copy(update={"text": text, "folds": folds})
    what = talk.heard.what
    pause = talk.unit.now + albums.PAUSE if isinstance(what, Said) and what.group else None
    purpose, ticket = ("status", about) if about else _quoted_as(talk, asked.place)
    row = post.to_customer(talk.unit, talk.address, say, purpose, ticket=ticket, not_before=pause)
    place = asked.place.model_copy(update={"row": str(row), "keyboard": keyboard})
    places.stand(talk.unit.tx, talk.address, place, talk.unit.now)


def _quoted_as(talk: Talk, place: Place) -> tuple[str, Ticket | None]:
    """What the message with a question is remembered for, and the ticket that a reply to it is about."""
    quotable, there = _quotable.get(place.flow), at(talk, place)
    purpose = quotable.purpose(talk, place) if quotable else ""
    if not purpose or there is None:
        return "question", None
    return purpose, tickets.read(talk.unit.tx, there.draft.about)


def recalled(talk: Talk, about: About) -> Open | None:
    """Where the question of a message stands, if it can still be answered by a reply to that."""
    name = about.purpose.partition(".")[0]
    quotable, flow = _quotable.get(name), _flows.get(name)
    found = quotable.recall(talk, about) if quotable else None
    if flow is None or found is None:
        return None
    go, draft = found
    turn = places.standing(talk.unit.tx, talk.address).turn
    place = flows.ask(flow, go, draft, flow.view(talk, draft), turn).place
    return None if is_over(talk, place) else at(talk, place.model_copy(update={"row": str(about.row)}))


def keep(talk: Talk, here: Open, told: Told) -> None:
    """Nothing is lost: files, and words that were no attempt at an answer, go into the draft."""
    if told:
        here.draft.keep(told)
        keep_draft(talk, here)


def keep_draft(talk: Talk, here: Open) -> None:
    draft = {"draft": here.draft.model_dump(mode="json"), "unsent": here.draft.unsent}
    place = here.place.model_copy(update=draft)
    places.stand(talk.unit.tx, talk.address, place, talk.unit.now)
