"""One thing that a customer did finds the conversation or the ticket that it belongs to."""

from bot.core.heard import Attachment, Called, Edited, Incoming, Pressed, Reach, Said, Shared, Unknown
from bot.core.text import clean
from bot.core.ticket import Ticket
from bot.core.told import Part, Told
from handlers import reaching, thread
from handlers.customer import (
    aftercare,
    agreeing,
    aside,
    changed,
    contacts,
    conversation,
    escalation,
    greeting,
    hearing,
    keeping,
    language,
    later,
    meanwhile,
    said,
    scoring,
    sent,
    sharing,
    whose,
)
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import _, use
from storage import known, people

GROUP = "group"
"""What a channel calls anything that was said in a group: nothing is read there, and nobody is noted."""


def customer_did(unit: Unit, incoming: Incoming) -> None:
    if isinstance(incoming.what, Called):
        aside.point_to_private(unit, incoming)
        return
    if isinstance(incoming.what, Unknown) and incoming.what.name == GROUP:
        return
    known = people.find_address(unit.tx, incoming.channel, incoming.account, incoming.sender.chat)
    if known is None and not _speaks(incoming):
        return
    address = known or _meet(unit, incoming)
    talk = Talk(unit, address, people.customer(unit.tx, address.customer_id), incoming, known is None)
    with use(talk.customer.language):
        if talk.is_new:
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
    met = people.meet(unit.tx, incoming.channel, incoming.account, sender.chat, name, spoken, unit.at)
    known.remember(unit.tx, met.id, name)
    return met


def _welcome(talk: Talk) -> None:
    organisation = talk.unit.office.policy.organisation.in_(talk.customer.language)
    welcome = _("Welcome. This is {organisation}.", organisation=organisation)
    talk.say("\n\n".join(filter(None, (greeting.returned(talk), welcome, language.hint(talk)))))


def _hear(talk: Talk) -> None:
    if not (talk.address.open or isinstance(talk.heard.what, Reach)):
        reaching.back(talk.unit, talk.address)  # whoever speaks to us can hear us
    conversation.end_if_over(talk)
    match talk.heard.what:
        case Reach(open=True):
            reaching.back(talk.unit, talk.address)
        case Reach():
            reaching.lost(talk.unit, talk.address, reaching.BLOCKED)
        case Edited() as edited:
            if not (later.edited(talk, edited) or changed.edited(talk, edited)):
                changed.not_taken_over(talk, edited)
        case Pressed() as pressed:
            _press(talk, pressed)
        case Said() as what:
            said.hear(talk, what)
        case Shared() as shared:
            contacts.shared(talk, shared)
        case Unknown() as unknown:
            _unknown(talk, unknown)
        case _from_the_desk:
            raise ValueError(f"{talk.heard.channel} heard a {talk.heard.what.kind} from a customer")


def _press(talk: Talk, pressed: Pressed) -> None:
    standing = (
        *(aftercare.pressed, scoring.pressed, scoring.passed_over, agreeing.pressed),
        *(escalation.pressed, sharing.pressed, sent.pressed_again),
    )
    if meanwhile.answered_beneath(talk, pressed) or any(knows(talk, pressed) for knows in standing):
        return
    if hearing.hear(talk, pressed):
        return
    talk.toast(_("This button belongs to an earlier question."))


def _unknown(talk: Talk, unknown: Unknown) -> None:
    """A kind of message that this version cannot read: said so, and whatever was asked is asked again."""
    if not unknown.message:
        return
    talk.say(_("We cannot read this kind of message yet. Please write it in words."))
    waiting = whose.live(talk, whose.Pending())
    if conversation.opened(talk) is None and len(waiting) == 1 and waiting[0].unresolved:
        _leave_a_placeholder(talk, waiting[0], unknown)
    conversation.ask_again(talk)


def _leave_a_placeholder(talk: Talk, ticket: Ticket, unknown: Unknown) -> None:
    """Whoever works on the only ticket sees that something came, and can ask for it in another way."""
    told = Told(parts=(Part(message=unknown.message, files=(Attachment(kind="other", name=unknown.name),)),))
    words_id = keeping.note_down(talk, ticket, told)
    thread.customer_wrote(talk.unit, ticket, "", told.files, words_id)
