"""A platform reply to a question about a ticket is heard by that question, whatever else is being asked."""

from bot.core import flow as flows
from bot.core.heard import Said
from handlers.customer import along, conversation, hearing, keeping, scoring
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk


def replied(talk: Talk, said: Said) -> bool:
    """What is being asked is set aside, as by a button of before. False where it is no such question."""
    about, here = keeping.about(talk, said.reply_to), conversation.opened(talk)
    there = conversation.recalled(talk, about) if about else None
    if there is None:
        return False
    if here and _is_same(here, there):
        return hearing.hear(talk, said)
    key = flows.chosen(there.flow, there.place, there.draft, there.view, said)
    if key and not said.files and scoring.given(talk, key):
        return True
    if not key:
        conversation.set_aside(talk)  # words may lead to a question in which they wait themselves
    along.beside(talk, lambda: _hear(talk, there, said))
    return True


def _is_same(here: Open, there: Open) -> bool:
    """Whether it is what is being asked, perhaps not for the first time."""
    asked, quoted = here.place, there.place
    is_same = (asked.flow, asked.step, asked.at) == (quoted.flow, quoted.step, quoted.at)
    return is_same and here.draft.about == there.draft.about


def _hear(talk: Talk, there: Open, said: Said) -> None:
    conversation.return_to(talk, there.place)
    hearing.hear(talk, said)
