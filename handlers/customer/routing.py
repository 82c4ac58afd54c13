"""One thing that a customer did finds the conversation or the ticket that it belongs to."""

from bot.core.flow import Cancelled
from bot.core.heard import Edited, Incoming, Pressed, Reach, Said, Shared, Unknown
from bot.core.text import clean
from handlers.customer import aftercare, conversation, keywords, language, replies, resume
from handlers.customer.commands import AddWords, Cancel, ShowMenu, StartFiling, Write
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import _, use
from storage import deliveries, people, places, tickets

GROUP = "group"
"""What a channel calls anything that was said in a group: nothing is read there, and nobody is noted."""


def customer_did(unit: Unit, incoming: Incoming) -> None:
    if isinstance(incoming.what, Unknown) and incoming.what.name == GROUP:
        return
    known = people.find_address(unit.tx, incoming.channel, incoming.account, incoming.sender.chat)
    address = known or _meet(unit, incoming)
    talk = Talk(unit, address, people.customer(unit.tx, address.customer_id), incoming)
    with use(talk.customer.language):
        if known is None and not isinstance(incoming.what, Reach):
            _welcome(talk)
        _hear(talk)


def _meet(unit: Unit, incoming: Incoming) -> people.Address:
    sender = incoming.sender
    spoken = language.guess(unit, incoming)
    name = clean(sender.name)
    return people.meet(unit.tx, incoming.channel, incoming.account, sender.chat, name, spoken, unit.at)


def _welcome(talk: Talk) -> None:
    organisation = talk.unit.office.policy.organisation.in_(talk.customer.language)
    talk.say(_("Welcome. This is {organisation}.", organisation=organisation))


def _hear(talk: Talk) -> None:
    match talk.heard.what:
        case Reach(open=is_open):
            people.set_open(talk.unit.tx, talk.address.id, is_open=is_open)
        case Edited() as edited:
            replies.edited(talk, edited)
        case Pressed() as pressed:
            _press(talk, pressed)
        case Said() as said:
            _said(talk, said)
        case Shared() as shared:
            if not conversation.hear(talk, shared):
                _offer_menu(talk, _("Thank you. We need no contact right now."))
        case Unknown() as unknown:
            _unknown(talk, unknown)
        case _from_the_desk:
            raise ValueError(f"{talk.heard.channel} heard a {talk.heard.what.kind} from a customer")


def _press(talk: Talk, pressed: Pressed) -> None:
    if aftercare.pressed(talk, pressed) or conversation.hear(talk, pressed):
        return
    talk.toast(_("This button belongs to an earlier question."))


def _unknown(talk: Talk, unknown: Unknown) -> None:
    """A kind of message that this version cannot read: said so, and whatever was asked is asked again."""
    if not unknown.message:
        return
    talk.say(_("We cannot read this kind of message yet. Please write it in words."), reply=True)
    conversation.ask_again(talk)


def _said(talk: Talk, said: Said) -> None:
    words = clean(said.text)
    command = keywords.slash(words)
    if command is not None:
        _command(talk, command)
    elif resume.gone_stale(talk):
        resume.set_aside(talk)
        resume.ask(talk, words, said.files)
    elif not _replies_to_a_ticket(talk, said, words) and not _in_conversation(talk, said, words):
        _outside(talk, said, words)


def _command(talk: Talk, command: object) -> None:
    if isinstance(command, Cancel):
        _cancel(talk)
        return
    resume.set_aside(talk)
    places.leave(talk.unit.tx, talk.address, talk.unit.at)
    if isinstance(command, StartFiling) and resume.waits(talk):
        resume.ask(talk)
    else:
        conversation.carry_out(talk, command)


def _cancel(talk: Talk) -> None:
    place = places.standing(talk.unit.tx, talk.address).place
    places.leave(talk.unit.tx, talk.address, talk.unit.at)
    conversation.carry_out(talk, Cancelled(place.flow) if place else ShowMenu())


def _in_conversation(talk: Talk, said: Said, words: str) -> bool:
    """An open question hears everything but the words that leave it; a menu hears commands first."""
    place = places.standing(talk.unit.tx, talk.address).place
    if place is None:
        return False
    command = keywords.command(words) if not said.files else None
    if isinstance(command, Cancel) or (command is not None and place.flow in ("menu", "tickets", "whose")):
        _command(talk, command)
        return True
    return conversation.hear(talk, said)


def _outside(talk: Talk, said: Said, words: str) -> None:
    command = keywords.command(words) if not said.files else None
    if command is not None:
        _command(talk, command)
    else:
        conversation.carry_out(talk, Write(words, said.files))


def _offer_menu(talk: Talk, sentence: str) -> None:
    talk.say(sentence)
    conversation.carry_out(talk, ShowMenu())


# A platform reply to a message about a ticket


def _replies_to_a_ticket(talk: Talk, said: Said, words: str) -> bool:
    """A reply to a message about a ticket, ours or the person's own, goes to that ticket."""
    if not said.reply_to:
        return False
    about = deliveries.find(talk.unit.tx, talk.address.channel, talk.address.chat, said.reply_to)
    if about is None or about.ticket_id is None or not (words or said.files):
        return False
    ticket = tickets.lock(talk.unit.tx, about.ticket_id)
    if ticket.customer_id != talk.customer.id:
        return False
    if about.purpose == "solution" and about.cycle == ticket.cycle and not ticket.unresolved:
        replies.answer_solution(talk, ticket, AddWords(ticket.id, words, said.files))
    else:
        conversation.carry_out(talk, AddWords(ticket.id, words, said.files))
    return True
