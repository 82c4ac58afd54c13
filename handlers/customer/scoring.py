"""Scores: kept one by one as they are given, each once per resolution."""

from dataclasses import replace

from bot.core import reference
from bot.core import survey as scales
from bot.core.heard import Pressed, Said
from bot.core.shown import Post, Text
from bot.core.ticket import Ticket
from bot.core.told import Told
from handlers import post, thread
from handlers.customer import (
    along,
    commenting,
    conversation,
    hearing,
    keeping,
    latest,
    meanwhile,
    survey,
    untold,
    verdict,
)
from handlers.customer.commands import Rate
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from locales import _
from storage import tickets, words


@conversation.does(Rate)
def rate(talk: Talk, command: Rate) -> None:
    ticket, commented = _keep(talk, command), command.commented or bool(command.comment)
    draft = survey.Rating(ticket=ticket.id, cycle=command.cycle, commented=commented)
    following = survey.left(talk, ticket, command.cycle, after=command.question)
    if following:
        conversation.start(talk, survey.score.at(following[0]), draft, of=survey.rating)
    elif commented:
        survey.finish(talk)
    else:
        draft.score = command.value
        conversation.start(talk, survey.comment, draft, of=survey.rating)


def _keep(talk: Talk, command: Rate) -> Ticket:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    keeping.put_beside(talk, ticket, command.told)
    if command.value is not None and words.rate(
        unit.tx, ticket, command.cycle, command.question, command.value, unit.at
    ):
        _keep_score(talk, ticket, command, command.value)
    if command.comment:
        commenting.keep(talk, ticket, command.cycle, command.comment)
    return ticket


def _keep_score(talk: Talk, ticket: Ticket, command: Rate, value: int) -> None:
    unit = talk.unit
    fact = unit.fact("rated", CUSTOMER, cycle=command.cycle, question=command.question, value=value)
    question = survey.question_of(survey.questions(talk), command.question)
    counts = question.kind == "scale" and command.cycle == ticket.cycle
    saved = tickets.save(unit.tx, replace(ticket, score=value) if counts else ticket, fact)
    post.show_card(unit, saved)
    if scales.low(question, value):
        _tell_queue(talk, saved)


def _tell_queue(talk: Talk, ticket: Ticket) -> None:
    with thread.speaking(talk.unit, ticket):
        said = _("A customer rated {reference} low.", reference=reference.show(ticket.reference))
    post.to_queue(talk.unit, ticket.queue, Post(summary=said, lines=((Text(text=said),),)), "low_score")


def is_scored(talk: Talk, said: Said) -> bool:
    """Whether it can only be the score that is asked for, though another request's solution came since:
    a number of the scale that is none of the answers to that.
    """
    here, last = conversation.opened(talk), latest.heard_since(talk)
    if here is None or last is None or here.flow is not survey.rating or not hearing.chooses(talk, said):
        return False
    is_solution = untold.is_solution(talk.unit.tx, last.ticket, last.words)
    asked = next((question for question in here.view.asked if question.key == here.place.at), None)
    scored = asked is not None and scales.typed(asked, said.text) is not None
    return is_solution and scored and verdict.typed(talk, last.ticket, Told.by(said)) is None


# A score under a question of before


def pressed(talk: Talk, what: Pressed) -> bool:
    """It holds until it is given, whatever was shown since. False when it is none, or is being asked.

    Words that wait for their place wait on: nothing more is asked about the help then.
    """
    if hearing.chooses(talk, what) or not given(talk, what.data.partition(":")[2]):
        return False
    talk.toast()
    talk.settle_buttons()
    return True


def given(talk: Talk, key: str) -> bool:
    """Take the score that this key of a survey's answer names. False when it is none, or was given before."""
    score, here = _still_open(talk, key), conversation.opened(talk)
    if score is None:
        return False
    if here and along.waits(here):
        _keep(talk, score)
        conversation.ask_again(talk, survey.thanks())
    else:
        conversation.set_aside(talk)
        conversation.carry_out(talk, score)
    return True


def _still_open(talk: Talk, key: str) -> Rate | None:
    """The score that a button names, if it rates the resolution of now, and was not given yet."""
    tx, (worth, digits, cycle, name) = talk.unit.tx, [*key.split(".", 3), "", "", ""][:4]
    ticket = tickets.find_own(tx, talk.customer.id, digits)
    question = next((question for question in survey.questions(talk) if question.key == name), None)
    value = scales.value(question, worth) if question else None
    if ticket is None or value is None or cycle != str(ticket.cycle) or not ticket.is_solved_as(ticket.cycle):
        return None
    if name in words.ratings(tx, ticket, ticket.cycle):
        return None
    return Rate(ticket.id, ticket.cycle, name, value, survey.is_commented(talk, ticket))


# Skip under a question of before


def passed_over(talk: Talk, what: Pressed) -> bool:
    """A survey that was left is asked no more, and what is being asked stays open. False when it is none.

    Where the same question was only asked once more, it is skipped.
    """
    key, here = what.data.partition(":")[2], conversation.opened(talk)
    if not survey.skips(key):
        return False
    if here and key in here.place.asked:
        return hearing.hear(talk, meanwhile.at_its_turn(talk, what))
    talk.toast(_("That is all right, thank you."))
    talk.settle_buttons()
    return True
