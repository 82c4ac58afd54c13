"""A contact that is shared: an answer where one is asked for, now or later, else words like any others."""

from bot.core.flow import Go
from bot.core.heard import Said, Shared
from bot.core.text import clean
from bot.core.words import Answer
from handlers.customer import checks, conversation, hearing, latest, meanwhile, said, whose
from handlers.customer.commands import ShowMenu
from handlers.customer.conversation import Open
from handlers.customer.intake import intake
from handlers.customer.talk import Talk
from locales import _
from storage import places


def shared(talk: Talk, what: Shared) -> None:
    places.keyboard_is_there(talk.unit.tx, talk.address)
    if meanwhile.answered_beneath(talk, what):
        return
    here = conversation.opened(talk)
    if here and not hearing.expects(talk, what) and _is_wanted_later(talk, here, what):
        _fill_in(talk, here, what)
    elif hearing.asks_for_line(here):
        hearing.hear(talk, what)
    elif here or whose.live(talk, whose.Pending()):
        words = " ".join(filter(None, (clean(what.name), what.phone)))
        _as_words(talk, Said(message=what.message, text=words))
    else:
        talk.say(_("Thank you. We need no contact right now."))
        conversation.carry_out(talk, ShowMenu())


def _as_words(talk: Talk, words: Said) -> None:
    said.hear(talk.hearing(words), words)


def _is_wanted_later(talk: Talk, here: Open, what: Shared) -> bool:
    """Whether the request that is being filled in asks how its person can be reached."""
    if here.flow is not intake or not what.own or latest.interrupts(talk):
        return False
    asked = Go("contact") in here.view.questions(here.draft)
    return asked and "phone" in here.view.policy.contact.kinds


def _fill_in(talk: Talk, here: Open, what: Shared) -> None:
    here.draft.contact = checks.contact_value(Answer(phone=what.phone))
    here.draft.answer("contact")
    conversation.keep_draft(talk, here)
    conversation.ask_again(talk, hearing.kept_beside())
