"""The survey: what is asked about a resolution, and how its answers read."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference, survey
from bot.core.flow import SKIP, Done, Draft, Go, LostError, Place, Turn
from bot.core.policy import Question
from bot.core.ticket import Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from bot.core.words import Write as Ask
from handlers import asked as asked_of
from handlers.customer import buttons, conversation, keeping, resume
from handlers.customer.commands import AskMeaning, AskRating, Comment, Rate
from handlers.customer.talk import Talk
from locales import _
from storage import tickets, words
from storage.deliveries import About

Questions = tuple[Question, ...]

SURVEY, COMMENT = "survey", "survey.comment"

SPOKEN = frozenset({"voice", "video_note", "sticker"})
"""What is sent of oneself, without a word typed: no picture of a problem."""


class Rating(Draft):
    """`commented` when the person has already said in words what they think; `score` was given last."""

    ticket: UUID
    cycle: int
    commented: bool = False
    score: int | None = None

    @property
    def about(self) -> UUID | None:
        return self.ticket


@dataclass(frozen=True, slots=True)
class View:
    """The ticket that is rated, and what is asked about it; `several` where they have others, too."""

    ticket: Ticket
    asked: Questions
    several: bool


def look(talk: Talk, draft: Rating) -> View:
    several = len(tickets.of_customer(talk.unit.tx, talk.customer.id, 2)) > 1
    return View(tickets.read(talk.unit.tx, draft.ticket), questions(talk), several)


def questions(talk: Talk) -> Questions:
    """What the policy asks, else the desk's own single question, else nothing."""
    return survey.questions(talk.unit.office.policy, asked_by_desk=talk.unit.office.desk.defaults.survey)


def has_gone_on(talk: Talk, draft: Rating) -> bool:
    return not tickets.read(talk.unit.tx, draft.ticket).is_solved_as(draft.cycle)


def _purpose(talk: Talk, place: Place) -> str:
    """It names the question by its place, for a key may be long."""
    if place.step == comment.name:
        return COMMENT
    return f"{SURVEY}.{[question.key for question in questions(talk)].index(place.at)}"


def _recall(talk: Talk, about: About) -> tuple[Go, Rating] | None:
    """Where the score was given already, what they reply to its question is a comment."""
    tx, asked = talk.unit.tx, questions(talk)
    ticket = tickets.read(tx, about.ticket_id) if about.ticket_id else None
    if ticket is None or ticket.customer_id != talk.customer.id:
        return None
    given, place = words.ratings(tx, ticket, about.cycle), about.purpose.partition(".")[2]
    draft = Rating(
        ticket=ticket.id,
        cycle=about.cycle,
        commented=is_commented(talk, ticket),
        score=given.get(asked[-1].key) if asked else None,
    )
    key = asked[int(place)].key if place.isdecimal() and int(place) < len(asked) else ""
    return (score.at(key) if key and key not in given else Go(comment.name)), draft


def is_commented(talk: Talk, ticket: Ticket) -> bool:
    """Whether they have said in words what they think of the resolution of now."""
    history = tickets.history(talk.unit.tx, ticket.id)
    return any(fact.kind == "commented" and fact.data["cycle"] == ticket.cycle for fact in history)


rating = conversation.flow(
    SURVEY, Rating, look, over=has_gone_on, quotable=conversation.Quotable(_purpose, _recall)
)


@rating.step
def score(draft: Rating, view: View) -> Turn:
    question = question_of(view.asked, draft.at)
    off_scale = partial(survey.is_off_scale, question)
    about, skip = f"{view.ticket.reference}.{draft.cycle}.{question.key}", _skip(draft, view, question)
    answer = yield Choose(
        _named(view, asked_of.wording(question)),
        (*_scale(question, about), skip),
        free=True,
        called=partial(_called, question, about, skip.key),
        beside=off_scale,
    )
    if not answer.key and off_scale(answer.text):
        draft.keep(answer.told.only_files())
        return score.at(draft.at)
    if not answer.key:
        return Done(_in_words(draft, question, answer.told))
    value = None if answer.key == skip.key else _worth(question, answer.key)
    return Done(Rate(draft.ticket, draft.cycle, question.key, value, draft.commented))


def _in_words(draft: Rating, question: Question, told: Told) -> Comment | AskMeaning | Rate:
    """Thanks, and what is spoken, are a comment beyond doubt; a score may stand beside one."""
    said = Comment(draft.ticket, draft.cycle, told, draft.at)
    value = survey.beside(question, told.text)
    if value is not None:
        return Rate(draft.ticket, draft.cycle, question.key, value, draft.commented, comment=told)
    return said if keeping.only_thanks(told) or _is_spoken(told) else AskMeaning(said)


def _is_spoken(told: Told) -> bool:
    return not told.text and {file.kind for file in told.files} <= SPOKEN


@rating.step
def comment(draft: Rating, view: View) -> Turn:
    """The score once more is no comment."""
    question = _named(view, _("Would you like to add a few words for the team?"))
    skip = _skip(draft, view)
    called = {SKIP: skip.key}.get
    answer = yield Ask(question, options=(skip,), files=True, free=True, called=called)
    last = view.asked[-1] if view.asked and not answer.told.files else None
    again = survey.typed(last, answer.text) if last else None
    if again is not None and again == draft.score:
        return comment
    return Done(Comment(draft.ticket, draft.cycle, answer.told))


def question_of(asked: Questions, key: str) -> Question:
    """Raises LostError when the policy no longer asks it."""
    question = next((question for question in asked if question.key == key), None)
    if question is None:
        raise LostError(f"survey question {key}")
    return question


def _named(view: View, question: str) -> str:
    """It says which request it is about, where that may be any of several."""
    if not view.several:
        return question
    about = _("About your request {reference}:", reference=reference.unbroken(view.ticket.reference))
    return f"{about}\n\n{question}"


def _scale(question: Question, about: str) -> tuple[Option, ...]:
    """Its answers, which name what they rate, so that they hold at any time."""
    keys = [f"{survey.key_of(question, worth)}.{about}" for worth in survey.values(question)]
    if question.kind == "yes_no":
        return buttons.yes(keys[0]), buttons.no(keys[1])
    return tuple(Option(key=key, title=key.partition(".")[0]) for key in keys)


def _called(question: Question, about: str, skip: str, said: str) -> str | None:
    """A bare key is how an earlier version offered it."""
    if said == SKIP:
        return skip
    key = said if survey.value(question, said) is not None else survey.called(question, said)
    return key and f"{key}.{about}"


def _skip(draft: Rating, view: View, question: Question | None = None) -> Option:
    """It names what it passes over: one of the questions, by its place, or else the comment."""
    place = view.asked.index(question) if question else len(view.asked)
    return buttons.skip(f"{SKIP}.{view.ticket.reference}.{draft.cycle}.{place}")


def skips(key: str) -> bool:
    """Whether the button with this key passes over a question of a survey."""
    return key.startswith(f"{SKIP}.")


def _worth(question: Question, key: str) -> int | None:
    return survey.value(question, key.partition(".")[0])


@conversation.does(AskRating)
def ask_rating(talk: Talk, command: AskRating) -> None:
    begin(talk, tickets.read(talk.unit.tx, command.ticket))


def begin(talk: Talk, ticket: Ticket) -> None:
    """Ask the first question, if there is one and this resolution was not rated yet."""
    if is_open(talk, ticket):
        draft = Rating(ticket=ticket.id, cycle=ticket.cycle)
        conversation.start(talk, score.at(questions(talk)[0].key), draft, of=rating)
    else:
        resume.remind(talk)


def is_open(talk: Talk, ticket: Ticket) -> bool:
    """Whether its customer may still say how it went: somebody wants to know, and they have not yet."""
    wanted = bool(questions(talk)) and _is_wanted(talk, ticket)
    return wanted and not words.ratings(talk.unit.tx, ticket, ticket.cycle)


def _is_wanted(talk: Talk, ticket: Ticket) -> bool:
    """Whether whoever resolved it wants it rated."""
    ended = [fact for fact in tickets.history(talk.unit.tx, ticket.id) if fact.kind in kinds.RESOLVING]
    return not ended or ended[-1].data.get("survey", True)


def left(talk: Talk, ticket: Ticket, cycle: int, *, after: str = "", since: str = "") -> list[str]:
    """The questions that are still to be asked, of those `after` one of them, or from it on (`since`)."""
    keys, given = [question.key for question in questions(talk)], words.ratings(talk.unit.tx, ticket, cycle)
    if (after or since) not in keys:
        return []
    return [key for key in keys[keys.index(after or since) + bool(after) :] if key not in given]


def finish(talk: Talk) -> None:
    talk.say(thanks())
    resume.remind(talk)


def thanks() -> str:
    return _("Thank you for your time.")
