"""The survey: each answer is kept as it is given, once per resolution."""

from dataclasses import replace
from uuid import UUID

from bot.core import reference, survey
from bot.core.flow import SKIP, Done, Draft, Turn
from bot.core.policy import Question
from bot.core.shown import Line, Post, Quote, Text
from bot.core.ticket import Ticket
from bot.core.words import Choose, Option
from bot.core.words import Write as Ask
from handlers import post, thread
from handlers.customer import buttons, conversation
from handlers.customer.commands import Comment, Rate
from handlers.customer.talk import Talk
from locales import _, current
from storage import tickets, words

CUSTOMER = "customer"


class Rating(Draft):
    ticket: UUID
    cycle: int


def questions(talk: Talk, _draft: Rating) -> tuple[Question, ...]:
    """What the policy asks, else the desk's own single question, else nothing."""
    return survey.questions(talk.unit.office.policy, asked_by_desk=talk.unit.office.desk.defaults.survey)


rating = conversation.flow("survey", Rating, questions)


@rating.step
def score(draft: Rating, asked: tuple[Question, ...]) -> Turn:
    question = next(question for question in asked if question.key == draft.at)
    answer = yield Choose(_wording(question), (*_scale(question), buttons.skip()))
    value = None if answer.key == SKIP else survey.value(question, answer.key)
    return Done(Rate(draft.ticket, draft.cycle, question.key, value))


@rating.step
def comment(draft: Rating, _asked: tuple[Question, ...]) -> Turn:
    answer = yield Ask(_("Would you like to add a few words for the team?"), options=(buttons.skip(),))
    return Done(Comment(draft.ticket, draft.cycle, answer.text))


def _wording(question: Question) -> str:
    if question.text is None:
        return _("How satisfied are you with our help, from 1 (not at all) to 5 (very)?")
    return question.text.in_(current())


def _scale(question: Question) -> tuple[Option, ...]:
    if question.kind == "yes_no":
        return buttons.yes(), buttons.no()
    return tuple(Option(key=str(worth), title=str(worth)) for worth in survey.values(question))


def begin(talk: Talk, ticket: Ticket) -> None:
    """Ask the first question, if there is one and this resolution was not rated yet."""
    draft = Rating(ticket=ticket.id, cycle=ticket.cycle)
    asked = questions(talk, draft)
    if asked and not words.ratings(talk.unit.tx, ticket, ticket.cycle):
        conversation.start(talk, score.at(asked[0].key), draft, of=rating)


@conversation.does(Rate)
def rate(talk: Talk, command: Rate) -> None:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    if command.value is not None and words.rate(
        unit.tx, ticket, command.cycle, command.question, command.value, unit.at
    ):
        _keep_score(talk, ticket, command, command.value)
    draft = Rating(ticket=ticket.id, cycle=command.cycle)
    keys = [question.key for question in questions(talk, draft)]
    following = keys[keys.index(command.question) + 1 :]
    step = score.at(following[0]) if following else comment.at("")
    conversation.start(talk, step, draft, of=rating)


def _keep_score(talk: Talk, ticket: Ticket, command: Rate, value: int) -> None:
    unit = talk.unit
    fact = unit.fact("rated", CUSTOMER, cycle=command.cycle, question=command.question, value=value)
    question = next(
        q for q in questions(talk, Rating(ticket=ticket.id, cycle=0)) if q.key == command.question
    )
    scored = replace(ticket, score=value) if question.kind == "scale" else ticket
    saved = tickets.save(unit.tx, scored, fact)
    post.show_card(unit, saved)
    if survey.low(question, value):
        _tell_queue(talk, saved)


def _tell_queue(talk: Talk, ticket: Ticket) -> None:
    with thread.speaking(talk.unit, ticket):
        said = _("A customer rated {reference} low.", reference=reference.show(ticket.reference))
    post.to_queue(talk.unit, ticket.queue, Post(summary=said, lines=((Text(text=said),),)), "low_score")


@conversation.does(Comment)
def keep_comment(talk: Talk, command: Comment) -> None:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    if command.text:
        words.add(unit.tx, ticket, author=CUSTOMER, kind="comment", text=command.text, at=unit.at)
        tickets.record(unit.tx, ticket.id, unit.fact("commented", CUSTOMER, cycle=command.cycle))
        with thread.speaking(unit, ticket):
            heading = _("The customer's comment on our help:")
            lines: tuple[Line, ...] = ((Text(text=heading, strong=True),), (Quote(text=command.text),))
        post.to_thread(unit, ticket, Post(summary=heading, lines=lines), "words")
    talk.say(_("Thank you for your time."))
