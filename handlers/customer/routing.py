"""One thing that a customer did finds the conversation or the ticket that it belongs to."""

from bot.core.flow import Cancelled
from bot.core.heard import Edited, Incoming, Pressed, Reach, Said, Shared, Unknown
from bot.core.text import clean
from bot.core.told import Part, Told
from handlers.customer import aftercare, conversation, keywords, language, later, replies, resume, whose
from handlers.customer.commands import Cancel, Greet, ShowMenu, Write
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import Plain, _, use
from storage import people, places

GROUP = "group"
"""What a channel calls anything that was said in a group: nothing is read there, and nobody is noted."""


def customer_did(unit: Unit, incoming: Incoming) -> None:
    if isinstance(incoming.what, Unknown) and incoming.what.name == GROUP:
        return
    known = people.find_address(unit.tx, incoming.channel, incoming.account, incoming.sender.chat)
    if known is None and not _speaks(incoming):
        return
    address = known or _meet(unit, incoming)
    talk = Talk(unit, address, people.customer(unit.tx, address.customer_id), incoming)
    with use(talk.customer.language):
        if known is None:
            _welcome(talk)
        _hear(talk)


def _speaks(incoming: Incoming) -> bool:
    """Whether somebody speaks to us, so that they should be welcomed."""
    match incoming.what:
        case Said() | Pressed() | Shared():
            return True
        case Unknown(message=message):
            return bool(message)
        case _not_yet:
            return False


def _meet(unit: Unit, incoming: Incoming) -> people.Address:
    sender = incoming.sender
    spoken = language.guess(unit, incoming)
    name = clean(sender.name)
    return people.meet(unit.tx, incoming.channel, incoming.account, sender.chat, name, spoken, unit.at)


def _welcome(talk: Talk) -> None:
    organisation = talk.unit.office.policy.organisation.in_(talk.customer.language)
    welcome = _("Welcome. This is {organisation}.", organisation=organisation)
    talk.say("\n\n".join(filter(None, (welcome, language.hint(talk)))))


def _hear(talk: Talk) -> None:
    match talk.heard.what:
        case Reach(open=is_open):
            people.set_open(talk.unit.tx, talk.address.id, is_open=is_open)
        case Edited() as edited:
            if not later.edited(talk, edited):
                replies.edited(talk, edited)
        case Pressed() as pressed:
            _press(talk, pressed)
        case Said() as said:
            _said(talk, said)
        case Shared() as shared:
            _shared(talk, shared)
        case Unknown() as unknown:
            _unknown(talk, unknown)
        case _from_the_desk:
            raise ValueError(f"{talk.heard.channel} heard a {talk.heard.what.kind} from a customer")


def _press(talk: Talk, pressed: Pressed) -> None:
    if aftercare.pressed(talk, pressed) or conversation.hear(talk, pressed):
        return
    talk.toast(_("This button belongs to an earlier question."))


def _shared(talk: Talk, shared: Shared) -> None:
    """A contact is an answer where one is asked for, else words for whoever works on a ticket."""
    if conversation.asks_for_words(talk) or not whose.live(talk, whose.Pending()):
        if not conversation.hear(talk, shared):
            _offer_menu(talk, _("Thank you. We need no contact right now."))
        return
    words = " ".join(filter(None, (clean(shared.name), shared.phone)))
    conversation.carry_out(talk, Write(Told(parts=(Part(message=shared.message, text=words),))))


def _unknown(talk: Talk, unknown: Unknown) -> None:
    """A kind of message that this version cannot read: said so, and whatever was asked is asked again."""
    if not unknown.message:
        return
    talk.say(_("We cannot read this kind of message yet. Please write it in words."))
    conversation.ask_again(talk)


def _offer_menu(talk: Talk, sentence: str) -> None:
    talk.say(sentence)
    conversation.carry_out(talk, ShowMenu())


# Words: the first of these that knows them hears them


def _said(talk: Talk, said: Said) -> None:
    if not Told.by(said):
        talk.say(_("Your message came without words. Please write what you need."))
        conversation.ask_again(talk)
        return
    hearers = (_slash, _album, _reply, _solution, _leaves, _comes_back, conversation.hear, _outside)
    any(hears(talk, said) for hears in hearers)


def _slash(talk: Talk, said: Said) -> bool:
    told = Told.by(said)
    command = keywords.slash(told)
    if command is not None:
        _carry_out(talk, command)
    elif keywords.is_unknown_slash(told.text):
        talk.say(
            _("We do not know this command. {command} shows what can be done here.", command=Plain("/help"))
        )
        conversation.ask_again(talk)
    else:
        return False
    return True


def _album(talk: Talk, said: Said) -> bool:
    return bool(said.group) and (later.joins_album(talk, said) or replies.joins_album(talk, said))


def _reply(talk: Talk, said: Said) -> bool:
    """A platform reply, unless it is one of the answers that are being offered."""
    return bool(said.reply_to) and not conversation.chooses(talk, said) and replies.replied(talk, said)


def _solution(talk: Talk, said: Said) -> bool:
    return whose.answers_newer_solution(talk, Told.by(said))


def _leaves(talk: Talk, said: Said) -> bool:
    """A command in words is heard at any time, but where words were asked for it is words."""
    command = keywords.command(clean(said.text)) if not said.files else None
    if command is None or (not isinstance(command, Cancel) and conversation.expects(talk, said)):
        return False
    if isinstance(command, Greet) and conversation.opened(talk) and not resume.gone_stale(talk):
        conversation.ask_again(talk)
    else:
        _carry_out(talk, command)
    return True


def _comes_back(talk: Talk, said: Said) -> bool:
    """Somebody whose request has waited for long may have something else in mind."""
    if not resume.gone_stale(talk) or conversation.chooses(talk, said):
        return False
    conversation.set_aside(talk)
    if not resume.waits(talk):
        return False
    resume.ask(talk, Told.by(said))
    return True


def _outside(talk: Talk, said: Said) -> bool:
    conversation.carry_out(talk, Write(Told.by(said)))
    return True


def _carry_out(talk: Talk, command: object) -> None:
    if isinstance(command, Cancel):
        _cancel(talk)
    else:
        conversation.set_aside(talk)
        conversation.carry_out(talk, command)


def _cancel(talk: Talk) -> None:
    place = places.standing(talk.unit.tx, talk.address).place
    conversation.leave(talk)
    conversation.carry_out(talk, Cancelled(place.flow) if place else ShowMenu())
