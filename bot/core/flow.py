"""Conversations: a flow has steps, and a step asks one question above its `yield` and understands below it.

What is stored between two messages is only a `Place`. To hear an answer, the step runs afresh: its upper half
must therefore be free of side effects, and reads what it needs from the draft and the view it is given.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from bot.core import text
from bot.core.heard import Attachment, Pressed, Said, Shared, Unknown, Value
from bot.core.words import Answer, Choose, Question, Say

BACK, CANCEL, SKIP = "back", "cancel", "skip"


class Draft(BaseModel):
    """What a conversation has gathered so far. `at` is the part of a repeated step: a field's key, a page."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)
    at: str = ""

    def keep(self, _text: str, _files: tuple[Attachment, ...]) -> bool:
        """Keep what was said beside the question. True when this draft has room for it."""
        return False


@dataclass(frozen=True, slots=True)
class Done:
    """The conversation is over, and this is what it decided."""

    command: object


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person left the conversation by its cancel button."""

    flow: str


@dataclass(frozen=True, slots=True)
class Go:
    """Ask this step next."""

    step: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Misheard:
    """The answer will not do; `why` is a sentence for the person, or nothing when it was simply no option."""

    why: str = ""
    stale: bool = False


Spoken = Said | Pressed | Shared | Unknown
"""What a conversation can hear."""

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


class Place(Value):
    """Where a conversation stands: enough to ask again and to hear the answer, after any restart."""

    flow: str
    step: str
    at: str = ""
    draft: dict[str, Any] = {}
    turn: int = 0
    asked: tuple[str, ...] = ()
    trail: tuple[tuple[str, str], ...] = ()


class LostError(Exception):
    """The place names a step that this version does not have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the place from which its answer will be heard."""

    place: Place
    question: Question

    def say(self) -> Say:
        contact = getattr(self.question, "contact", "")
        return Say(
            text=self.question.text,
            options=self.question.options,
            turn=self.place.turn,
            contact=contact,
        )


def ask(
    flow: Flow[D, V], go: Go, draft: D, view: V, turn: int, trail: tuple[tuple[str, str], ...] = ()
) -> Asked:
    """Ask the question of a step. Raises LostError when the flow has no such step."""
    draft.at = go.at
    question = next(_step(flow, go.step).run(draft, view))
    place = Place(
        flow=flow.name,
        step=go.step,
        at=go.at,
        draft=draft.model_dump(mode="json"),
        turn=turn,
        asked=tuple(option.key for option in question.options),
        trail=trail,
    )
    return Asked(place, question)


def hear(flow: Flow[D, V], place: Place, draft: D, view: V, what: Spoken) -> Asked | Done | Misheard:
    """Hear what was said at a place: the next question, the decision, or why it was not understood."""
    turn = _step(flow, place.step).run(draft, view)
    question = next(turn)
    answer = understand(question, place, what)
    if isinstance(answer, Misheard):
        return answer
    if answer.key == CANCEL:
        return Done(Cancelled(flow.name))
    if answer.key == BACK and place.trail:
        return _back(flow, place, draft, view)
    try:
        turn.send(answer)
    except StopIteration as stop:
        return _onward(flow, place, draft, view, stop.value)
    raise RuntimeError(f"{flow.name}.{place.step} asked twice")


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


def _trail(place: Place, go: Go) -> tuple[tuple[str, str], ...]:
    """The way back: a place that was passed before is returned to, never stacked a second time."""
    here, there = (place.step, place.at), (go.step, go.at)
    passed = place.trail if here == there else (*place.trail, here)
    return passed[: passed.index(there)] if there in passed else passed


def understand(
    question: Question, place: Place, what: Said | Pressed | Shared | Unknown
) -> Answer | Misheard:
    """Read an answer: a button, a number, a title, a key, or the person's own words."""
    if isinstance(what, Pressed):
        return _pressed(place, what.data)
    if isinstance(what, Unknown):
        return Misheard()
    if isinstance(what, Shared):
        said = Answer(phone=what.phone, text=what.phone)
    else:
        key = _typed(question, place, what.text)
        if key:
            return Answer(key=key)
        said = Answer(text=text.clean(what.text), files=what.files)
    if isinstance(question, Choose):
        return said if question.free else Misheard()
    why = question.check(said)
    return Misheard(why) if why else said


def _pressed(place: Place, data: str) -> Answer | Misheard:
    turn, _, key = data.partition(":")
    current = turn == str(place.turn) and key in place.asked
    return Answer(key=key) if current else Misheard(stale=True)


def _typed(question: Question, place: Place, said: str) -> str:
    """The key of the option that was typed by number, title or key; numbers only where they are no answer."""
    wanted = text.plain(said)
    for option in question.options:
        if (
            option.key in place.asked
            and wanted
            and wanted in (text.plain(option.title), text.plain(option.key))
        ):
            return option.key
    if not isinstance(question, Choose):
        return ""
    number = text.number(said)
    if number and 0 < number <= len(place.asked):
        return place.asked[number - 1]
    return question.called(said) or ""
