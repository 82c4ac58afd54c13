"""The survey: each answer is kept as it is given, once per resolution."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference, survey
from bot.core.flow import SKIP, Done, Draft, LostError, Turn
from bot.core.heard import Pressed, Said
from bot.core.policy import Question
from bot.core.shown import Line, Post, Quote, Text
from bot.core.ticket import Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from bot.core.words import Write as Ask
from handlers import asked as asked_of
from handlers import post, states, thread
from handlers.customer import (
    along,
    buttons,
    conversation,
    hearing,
    keeping,
    latest,
    resume,
    untold,
    verdict,
)
from handlers.customer.commands import AskMeaning, AskRating, Comment, Rate
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from locales import _
from storage import files, tickets, words

Questions = tuple[Question, ...]


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
    """The ticket that is rated, and what is asked about it."""

    ticket: Ticket
    asked: Questions


def look(talk: Talk, draft: Rating) -> View:
    return View(tickets.read(talk.unit.tx, draft.ticket), questions(talk))


def questions(talk: Talk) -> Questions:
    """What the policy asks, else the desk's own single question, else nothing."""
    return survey.questions(talk.unit.office.policy, asked_by_desk=talk.unit.office.desk.defaults.survey)


def _has_gone_on(talk: Talk, draft: Rating) -> bool:
    return not tickets.read(talk.unit.tx, draft.ticket).is_solved_as(draft.cycle)


rating = conversation.flow("survey", Rating, look, over=_has_gone_on)


@rating.step
def score(draft: Rating, view: View) -> Turn:
    question = _question(view.asked, draft.at)
    off_scale = partial(survey.is_off_scale, question)
    about = f"{view.ticket.reference}.{draft.cycle}.{question.key}"
    answer = yield Choose(
        asked_of.wording(question),
        (*_scale(question, about), buttons.skip()),
        free=True,
        called=partial(_called, question, about),
        beside=off_scale,
    )
    if not answer.key and off_scale(answer.text):
        draft.keep(answer.told.only_files())
        return score.at(draft.at)
    if not answer.key:
        return Done(_in_words(draft, answer.told))
    value = None if answer.key == SKIP else _worth(question, answer.key)
    return Done(Rate(draft.ticket, draft.cycle, question.key, value, draft.commented))


def _in_words(draft: Rating, told: Told) -> Comment | AskMeaning:
    said = Comment(draft.ticket, draft.cycle, told, draft.at)
    return said if keeping.only_thanks(told) else AskMeaning(said)


@rating.step
def comment(draft: Rating, view: View) -> Turn:
    """The score once more is no comment."""
    question = _("Would you like to add a few words for the team?")
    answer = yield Ask(question, options=(buttons.skip(),), files=True, free=True)
    last = view.asked[-1] if view.asked and not answer.told.files else None
    again = survey.typed(last, answer.text) if last else None
    if again is not None and again == draft.score:
        return comment
    return Done(Comment(draft.ticket, draft.cycle, answer.told))


def _question(asked: Questions, key: str) -> Question:
    """Raises LostError when the policy no longer asks it."""
    question = next((question for question in asked if question.key == key), None)
    if question is None:
        raise LostError(f"survey question {key}")
    return question


def _scale(question: Question, about: str) -> tuple[Option, ...]:
    """Its answers, which name what they rate, so that they hold at any time."""
    keys = [f"{survey.key_of(question, worth)}.{about}" for worth in survey.values(question)]
    if question.kind == "yes_no":
        return buttons.yes(keys[0]), buttons.no(keys[1])
    return tuple(Option(key=key, title=key.partition(".")[0]) for key in keys)


def _called(question: Question, about: str, said: str) -> str | None:
    """A bare key is how an earlier version offered it."""
    key = said if survey.value(question, said) is not None else survey.called(question, said)
    return key and f"{key}.{about}"


def _worth(question: Question, key: str) -> int | None:
    return survey.value(question, key.partition(".")[0])


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


def is_scored(talk: Talk, said: Said) -> bool:
    """Whether it can only be the score that is asked for, though another request's solution came since:
    a number of the scale that is none of the answers to that.
    """
    here, last = conversation.opened(talk), latest.heard_since(talk)
    if here is None or last is None or here.flow is not rating or not hearing.chooses(talk, said):
        return False
    is_solution = untold.is_solution(talk.unit.tx, last.ticket, last.words)
    asked = next((question for question in here.view.asked if question.key == here.place.at), None)
    scored = asked is not None and survey.typed(asked, said.text) is not None
    return is_solution and scored and verdict.typed(talk, last.ticket, Told.by(said)) is None


# A score under a question of before


def pressed(talk: Talk, what: Pressed) -> bool:
    """It holds until it is given, whatever was shown since. False when it is none, or is being asked.

    Words that wait for their place wait on: nothing more is asked about the help then.
    """
    given = None if hearing.chooses(talk, what) else _still_open(talk, what.data.partition(":")[2])
    if given is None:
        return False
    talk.toast()
    talk.settle_buttons()
    here = conversation.opened(talk)
    if here and along.waits(here):
        _keep(talk, given)
        conversation.ask_again(talk, _thanks())
    else:
        conversation.set_aside(talk)
        conversation.carry_out(talk, given)
    return True


def _still_open(talk: Talk, key: str) -> Rate | None:
    """The score that a button names, if it rates the resolution of now, and was not given yet."""
    tx, (worth, digits, cycle, name) = talk.unit.tx, [*key.split(".", 3), "", "", ""][:4]
    ticket = tickets.find_own(tx, talk.customer.id, digits)
    question = next((question for question in questions(talk) if question.key == name), None)
    value = survey.value(question, worth) if question else None
    if ticket is None or value is None or cycle != str(ticket.cycle) or not ticket.is_solved_as(ticket.cycle):
        return None
    if name in words.ratings(tx, ticket, ticket.cycle):
        return None
    return Rate(ticket.id, ticket.cycle, name, value, _is_commented(talk, ticket))


def _is_commented(talk: Talk, ticket: Ticket) -> bool:
    history = tickets.history(talk.unit.tx, ticket.id)
    return any(fact.kind == "commented" and fact.data["cycle"] == ticket.cycle for fact in history)


@conversation.does(AskRating)
def ask_rating(talk: Talk, command: AskRating) -> None:
    begin(talk, tickets.read(talk.unit.tx, command.ticket))


def _is_wanted(talk: Talk, ticket: Ticket) -> bool:
    """Whether whoever resolved it wants it rated."""
    ended = [fact for fact in tickets.history(talk.unit.tx, ticket.id) if fact.kind in kinds.RESOLVING]
    return not ended or ended[-1].data.get("survey", True)


@conversation.does(Rate)
def rate(talk: Talk, command: Rate) -> None:
    unit, ticket = talk.unit, _keep(talk, command)
    draft = Rating(ticket=ticket.id, cycle=command.cycle, commented=command.commented)
    keys = [question.key for question in questions(talk)]
    given = words.ratings(unit.tx, ticket, command.cycle)
    following = [key for key in keys[keys.index(command.question) + 1 :] if key not in given]
    if following:
        conversation.start(talk, score.at(following[0]), draft, of=rating)
    elif command.commented:
        _finish(talk)
    else:
        draft.score = command.value
        conversation.start(talk, comment, draft, of=rating)


def _keep(talk: Talk, command: Rate) -> Ticket:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    keeping.put_beside(talk, ticket, command.told)
    if command.value is not None and words.rate(
        unit.tx, ticket, command.cycle, command.question, command.value, unit.at
    ):
        _keep_score(talk, ticket, command, command.value)
    return ticket


def _keep_score(talk: Talk, ticket: Ticket, command: Rate, value: int) -> None:
    unit = talk.unit
    fact = unit.fact("rated", CUSTOMER, cycle=command.cycle, question=command.question, value=value)
    question = _question(questions(talk), command.question)
    counts = question.kind == "scale" and command.cycle == ticket.cycle
    saved = tickets.save(unit.tx, replace(ticket, score=value) if counts else ticket, fact)
    post.show_card(unit, saved)
    if survey.low(question, value):
        _tell_queue(talk, saved)


def _tell_queue(talk: Talk, ticket: Ticket) -> None:
    with thread.speaking(talk.unit, ticket):
        said = _("A customer rated {reference} low.", reference=reference.show(ticket.reference))
    post.to_queue(talk.unit, ticket.queue, Post(summary=said, lines=((Text(text=said),),)), "low_score")


@conversation.does(Comment)
def keep_comment(talk: Talk, command: Comment) -> None:
    ticket = tickets.lock(talk.unit.tx, command.ticket)
    if command.told:
        _keep_words(talk, ticket, command)
    draft = Rating(ticket=ticket.id, cycle=command.cycle, commented=True)
    if not command.question or _has_gone_on(talk, draft):
        _finish(talk)
        return
    passed_on = _("Thank you, the team will read this.")
    conversation.start(talk, score.at(command.question), draft, of=rating, preface=passed_on)


def _keep_words(talk: Talk, ticket: Ticket, command: Comment) -> None:
    unit, told = talk.unit, command.told
    kept = words.add(unit.tx, ticket, author=CUSTOMER, kind="comment", text=told.text, at=unit.at)
    files.attach(unit.tx, ticket, kept.id, talk.address.channel, told.files, unit.at)
    if len(told.parts) == 1:
        keeping.remember_part(talk, ticket, kept.id, told.parts[0])
    tickets.record(
        unit.tx, ticket.id, unit.fact("commented", CUSTOMER, cycle=command.cycle, words=str(kept.id))
    )
    with thread.speaking(unit, ticket):
        heading = _("The customer's comment on our help:")
        said = [told.text, *(states.kind_of_file(file) for file in told.files)]
    lines: list[Line] = [(Text(text=heading, strong=True),)]
    lines += [(Quote(text=quoted),) for quoted in said if quoted]
    shown = Post(summary=heading, lines=tuple(lines))
    post.to_thread(unit, ticket, shown, "words", kept.id, not_before=keeping.rest_of_album(talk))


def _finish(talk: Talk) -> None:
    talk.say(_thanks())
    resume.remind(talk)


def _thanks() -> str:
    return _("Thank you for your time.")
