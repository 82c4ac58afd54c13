"""Words about our help: kept, and shown to whoever worked on the ticket."""

from bot.core.shown import Line, Post, Quote, Text
from bot.core.ticket import Ticket
from bot.core.told import Told
from handlers import post, states, thread
from handlers.customer import conversation, keeping, survey
from handlers.customer.commands import Comment
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from locales import _
from storage import files, tickets, words


@conversation.does(Comment)
def keep_comment(talk: Talk, command: Comment) -> None:
    ticket = tickets.lock(talk.unit.tx, command.ticket)
    if command.told:
        keep(talk, ticket, command.cycle, command.told)
    draft = survey.Rating(ticket=ticket.id, cycle=command.cycle, commented=True)
    gone_on = not command.question or survey.has_gone_on(talk, draft)
    following = [] if gone_on else survey.left(talk, ticket, command.cycle, since=command.question)
    if not following:
        survey.finish(talk)
        return
    passed_on = _("Thank you, the team will read this.")
    conversation.start(talk, survey.score.at(following[0]), draft, of=survey.rating, preface=passed_on)


def keep(talk: Talk, ticket: Ticket, cycle: int, told: Told) -> None:
    unit = talk.unit
    kept = words.add(unit.tx, ticket, author=CUSTOMER, kind="comment", text=told.text, at=unit.at)
    files.attach(unit.tx, ticket, kept.id, talk.address.channel, told.files, unit.at)
    if len(told.parts) == 1:
        keeping.remember_part(talk, ticket, kept.id, told.parts[0])
    tickets.record(unit.tx, ticket.id, unit.fact("commented", CUSTOMER, cycle=cycle, words=str(kept.id)))
    with thread.speaking(unit, ticket):
        heading = _("The customer's comment on our help:")
        said = [told.text, *(states.kind_of_file(file) for file in told.files)]
    lines: list[Line] = [(Text(text=heading, strong=True),)]
    lines += [(Quote(text=quoted),) for quoted in said if quoted]
    shown = Post(summary=heading, lines=tuple(lines))
    post.to_thread(unit, ticket, shown, "words", kept.id, not_before=keeping.rest_of_album(talk))
