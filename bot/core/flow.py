"""Conversations: a flow has steps, and a step asks one question above its `yield` and understands below it.

What is stored between two messages is only a `Place`. To hear an answer, the step runs afresh: its upper half
must therefore be free of side effects, and reads what it needs from the draft and the view it is given.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from bot.core.answering import Misheard, Spoken, names, understand
from bot.core.heard import Said, Value
from bot.core.told import Told
from bot.core.words import Answer, Question, Say, Write

BACK, CANCEL, SKIP = "back", "cancel", "skip"

MOST_LETTERS, MOST_MESSAGES = 20_000, 100
"""What a draft holds at most: whoever has more to say sends it when the ticket is there."""


class Draft(BaseModel):
    """What a conversation has gathered so far. `at` is the part of a repeated step: a field's key, a page.

    `told` are the person's own words that wait here until they have found their place. `typed` are messages
    that answered a question, each with its step and part, so that an edit finds the answer. `before` is what
    was being asked when this came between, and is asked again afterwards.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=True)
    at: str = ""
    told: Told = Told()
    typed: dict[str, tuple[str, str]] = {}
    before: "Place | None" = None

    def keep(self, more: Told) -> None:
        """Keep what was said beside the question, so that nothing is lost."""
        self.told += more

    def remember(self, what: Spoken, place: "Place") -> None:
        """What was said answered the question of this place."""
        if isinstance(what, Said):
            newest = [*self.typed.items()][1 - MOST_MESSAGES :]
            self.typed = {**dict(newest), what.message: (place.step, place.at)}

    def has_room_for(self, more: Told) -> bool:
        """Whether it can hold this as well."""
        held = self.told + more
        return len(held.text) <= MOST_LETTERS and len(held.parts) <= MOST_MESSAGES

    @property
    def worth_keeping(self) -> bool:
        """Whether the conversation should be offered again when something else came up."""
        return False

    @property
    def about(self) -> UUID | None:
        """The ticket that is asked about, where it is one."""
        return None

    @property
    def unsent(self) -> bool:
        """Whether it holds something of the person's."""
        return self.worth_keeping or bool(self.told) or bool(self.before and self.before.unsent)


@dataclass(frozen=True, slots=True)
class Done:
    """The conversation is over, and this is what it decided."""

    command: object


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person left the conversation by its cancel button, and this is what it had gathered."""

    flow: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Go:
    """Ask this step next; `aside`: though it was passed before, so that the way back leads here."""

    step: str
    at: str = ""
    aside: bool = False


D = TypeVar("D", bound=Draft)
V = TypeVar("V")
Turn = Generator[Question, Answer, "Step[Any, Any] | Go | Done"]


@dataclass(frozen=True, slots=True)
class Step(Generic[D, V]):
    name: str
    run: Callable[[D, V], Turn]

    def at(self, part: str) -> Go:
        return Go(self.name, part)


class Flow(Generic[D, V]):
    """A named set of steps over one kind of draft; `view` loads what its steps may look at."""

    def __init__(self, name: str, draft: type[D], view: Callable[[Any, D], V]) -> None:
        self.name = name
        self.draft = draft
        self.view = view
        self.steps: dict[str, Step[D, V]] = {}

    def step(self, run: Callable[[D, V], Turn]) -> Step[D, V]:
        step = Step(run.__name__, run)
        self.steps[step.name] = step
        return step


Trail = tuple[tuple[str, str], ...]
"""The way back: steps and their parts, the first one first."""


class Place(Value):
    """Where a conversation stands: enough to ask again and to hear the answer, after any restart.

    `row` is the promise of the question, to be changed until it is sent; `keyboard` tells whether it brings a
    contact button that stays, or takes one away. `unsent`: the draft holds words that have no place yet.
    """

    flow: str
    step: str
    at: str = ""
    draft: dict[str, Any] = {}
    turn: int = 0
    asked: tuple[str, ...] = ()
    trail: Trail = ()
    row: str = ""
    unsent: bool = False
    keyboard: bool | None = None


Draft.model_rebuild()


class LostError(Exception):
    """The place names a step that this version does not have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the place from which its answer will be heard."""

    place: Place
    question: Question

    def say(self) -> Say:
        return Say(
            text=self.question.text,
            options=self.question.options,
            turn=self.place.turn,
            contact=getattr(self.question, "contact", ""),
            reply_to=getattr(self.question, "quotes", ""),
        )


def ask(flow: Flow[D, V], go: Go, draft: D, view: V, turn: int, trail: Trail = ()) -> Asked:
    """Ask the question of a step. Raises LostError when the flow has no such step.

    The way back is offered only where there is one.
    """
    trail = _before(trail, go)
    draft.at = go.at
    question = next(_step(flow, go.step).run(draft, view))
    if not trail:
        question = replace(question, options=tuple(o for o in question.options if o.key != BACK))
    place = Place(
        flow=flow.name,
        step=go.step,
        at=go.at,
        draft=draft.model_dump(mode="json"),
        unsent=draft.unsent,
        turn=turn,
        asked=tuple(option.key for option in question.options),
        trail=trail,
    )
    return Asked(place, question)


def hear(flow: Flow[D, V], place: Place, draft: D, view: V, what: Spoken) -> Asked | Done | Misheard:
    """Hear what was said at a place: the next question, the decision, or why it was not understood."""
    turn = _step(flow, place.step).run(draft, view)
    question = next(turn)
    answer = understand(question, place.asked, place.turn, what)
    if _leads_nowhere(question, place, answer, what):
        return Misheard(nowhere=True)
    if isinstance(answer, Misheard):
        return answer
    draft.keep(_beside(question, answer))
    if answer.key == CANCEL:
        return Done(Cancelled(flow.name, draft))
    if answer.key == BACK:
        return _back(flow, place, draft, view)
    try:
        turn.send(answer)
    except StopIteration as stop:
        draft.remember(what, place)
        return _onward(flow, place, draft, view, stop.value)
    raise RuntimeError(f"{flow.name}.{place.step} asked twice")


def change(flow: Flow[D, V], draft: D, view: V, said: Said) -> Go | Misheard:
    """A message that answered a question was edited: the draft holds the answer that it is now.

    Tells what the step would ask next. Raises LostError when there is no such question.
    """
    step, draft.at = draft.typed[said.message]
    turn = _step(flow, step).run(draft, view)
    question = next(turn)
    answer = understand(question, tuple(option.key for option in question.options), 0, said)
    if isinstance(answer, Misheard) or answer.key in (BACK, CANCEL):
        return answer if isinstance(answer, Misheard) else Misheard()
    try:
        turn.send(answer)
    except StopIteration as stop:
        return Go(stop.value.name) if isinstance(stop.value, Step) else stop.value
    raise RuntimeError(f"{flow.name}.{step} asked twice")


def expects(flow: Flow[D, V], place: Place, draft: D, view: V, what: Spoken) -> bool:
    """Whether this answers the open question: by an offered answer, or in the words that it asks for."""
    question = next(_step(flow, place.step).run(draft, view))
    answer = understand(question, place.asked, place.turn, what)
    in_words = isinstance(question, Write) and not question.free
    return isinstance(answer, Answer) and (in_words or bool(answer.key))


def chosen(flow: Flow[D, V], place: Place, draft: D, view: V, what: Spoken) -> str:
    """The offered answer that this is; empty where it is none."""
    question = next(_step(flow, place.step).run(draft, view))
    answer = understand(question, place.asked, place.turn, what)
    return answer.key if isinstance(answer, Answer) else ""


def takes_words(flow: Flow[D, V], place: Place, draft: D, view: V, what: Spoken) -> bool:
    """Whether what was said will be kept in the draft: it is no offered answer, and no single line."""
    question = next(_step(flow, place.step).run(draft, view))
    in_words = not isinstance(question, Write) or question.free
    return in_words and not chosen(flow, place, draft, view, what)


def _leads_nowhere(question: Question, place: Place, answer: Answer | Misheard, what: Spoken) -> bool:
    """Whether they ask for the question before the first one."""
    if not isinstance(what, Said) or what.files or BACK in place.asked:
        return False
    is_chosen = isinstance(answer, Answer) and bool(answer.key)
    return not is_chosen and any(o.key == BACK and names(what.text, o) for o in question.options)


def _beside(question: Question, answer: Answer) -> Told:
    """The files that came with an answer to a question that takes none."""
    taken = not answer.key and (not isinstance(question, Write) or question.files)
    return Told() if taken else answer.beside + answer.told.only_files()


def _step(flow: Flow[D, V], name: str) -> Step[D, V]:
    try:
        return flow.steps[name]
    except KeyError:
        raise LostError(f"{flow.name}.{name}") from None


def _back(flow: Flow[D, V], place: Place, draft: D, view: V) -> Asked:
    *trail, (step, at) = place.trail
    return ask(flow, Go(step, at), draft, view, place.turn + 1, tuple(trail))


def _onward(
    flow: Flow[D, V], place: Place, draft: D, view: V, result: Step[Any, Any] | Go | Done
) -> Asked | Done:
    if isinstance(result, Done):
        return result
    go = Go(result.name) if isinstance(result, Step) else result
    return ask(flow, go, draft, view, place.turn + 1, _trail(place, go))


def _trail(place: Place, go: Go) -> Trail:
    """The way back from the next question; one that is only asked again is not passed."""
    here, next_one = (place.step, place.at), (go.step, go.at)
    return place.trail if here == next_one else (*place.trail, here)


def _before(trail: Trail, go: Go) -> Trail:
    """A place that was passed before is returned to, never stacked a second time."""
    there = (go.step, go.at)
    return trail[: trail.index(there)] if there in trail and not go.aside else trail
