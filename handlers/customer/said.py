"""Words find their hearer: a command, a ticket, the open question, or whoever they are for."""

from dataclasses import replace

from bot.core.heard import Said
from bot.core.text import clean
from bot.core.told import NOTHING, Told
from handlers.customer import (
    aftercare,
    along,
    conversation,
    greeting,
    hearing,
    keeping,
    keywords,
    later,
    latest,
    meanwhile,
    numbered,
    quoted,
    replies,
    resume,
    scoring,
    sent,
)
from handlers.customer.commands import (
    AskCancelling,
    AskLanguage,
    Cancel,
    ChooseLanguage,
    Greet,
    NotKnown,
    ShowPolicy,
    StartFiling,
    Write,
)
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from locales import Plain, _
from storage import places

STAYING = (Cancel, NotKnown, ShowPolicy, AskLanguage, ChooseLanguage)
"""Commands that find what is being asked as it is: to leave it, or to ask it again."""


def hear(talk: Talk, said: Said) -> None:
    """The first of the hearers that knows the words hears them."""
    if not Told.by(said):
        talk.say(_("Your message came without words. Please write what you need."))
        conversation.ask_again(talk)
        return
    keeping.refuse(talk, said.files)
    hearers = (
        *(_slash, _album, _reply, _leaves, _meanwhile),
        *(_comes_back, aftercare.said_again, numbered.heard),
        *(_answers, sent.written_again, _outside),
    )
    any(hears(talk, said) for hears in hearers)


def _slash(talk: Talk, said: Said) -> bool:
    told = Told.by(said)
    command = keywords.slash(told, talk.unit.office.policy.languages)
    if command is None:
        return False
    _carry_out(talk, command, NOTHING if isinstance(command, StartFiling) else told.only_files())
    return True


def _album(talk: Talk, said: Said) -> bool:
    return bool(said.group) and (later.joins_album(talk, said) or replies.joins_album(talk, said))


def _reply(talk: Talk, said: Said) -> bool:
    """A platform reply: an answer to the question that it is to, or words for a ticket."""
    if _is_to_question(talk, said) and hearing.chooses(talk, said):
        return hearing.hear(talk, said)
    if not said.reply_to:
        return False
    hearers = meanwhile.answered_beneath, quoted.replied, replies.replied
    return any(hears(talk, said) for hears in hearers)


def _is_to_question(talk: Talk, said: Said) -> bool:
    """Whether it is a platform reply to the question that is open."""
    about = keeping.about(talk, said.reply_to) if said.reply_to else None
    place = places.standing(talk.unit.tx, talk.address).place
    return about is not None and place is not None and str(about.row) == place.row


def _leaves(talk: Talk, said: Said) -> bool:
    """A command in words is heard at any time, but where words were asked for it is words."""
    command = keywords.command(clean(said.text)) if not said.files else None
    if command is None or latest.asks(talk):
        return False
    if isinstance(command, Greet) and latest.is_greeted(talk, said.text):
        command = Write(Told.by(said))
    if not isinstance(command, Cancel) and hearing.expects(talk, said) and not latest.overtakes(talk):
        return False
    if isinstance(command, Greet) and conversation.opened(talk) and not resume.gone_stale(talk):
        conversation.ask_again(talk, greeting.returned_once(talk))
    else:
        _carry_out(talk, command)
    return True


def _meanwhile(talk: Talk, said: Said) -> bool:
    """What is typed after an agent's words may be for these, and not for what is being written."""
    return not _is_to_question(talk, said) and meanwhile.heard(talk, said)


def _comes_back(talk: Talk, said: Said) -> bool:
    """Somebody whose request has waited for long may have something else in mind."""
    if not resume.gone_stale(talk) or hearing.chooses(talk, said):
        return False
    conversation.set_aside(talk)
    if not resume.waits(talk):
        return False
    resume.ask(talk, Told.by(said))
    return True


def _answers(talk: Talk, said: Said) -> bool:
    is_for_it = _is_to_question(talk, said) or not latest.overtakes(talk) or scoring.is_scored(talk, said)
    return is_for_it and hearing.hear(talk, said)


def _outside(talk: Talk, said: Said) -> bool:
    conversation.carry_out(talk, Write(Told.by(said)))
    return True


def _carry_out(talk: Talk, command: object, files: Told = NOTHING) -> None:
    """`files` came with it: they belong to what is being written, if something is."""
    here = conversation.opened(talk)
    if files and here and along.is_written(here) and here.draft.has_room_for(files):
        conversation.keep(talk, here, files)
        files = NOTHING
    if command == AskCancelling():
        command = Cancel()
    if isinstance(command, StartFiling):  # words that waited for their place have it there
        command = replace(command, told=conversation.set_free(talk) + command.told)
    elif not isinstance(command, STAYING):
        files = _left(talk, here) + files
    along.carry_out(talk, command, files, here.draft.about if here else None)


def _left(talk: Talk, here: Open | None) -> Told:
    """What is being asked is set aside; files that came with its command go on with the next one."""
    left = along.left_over(here) if here else NOTHING
    if left:
        conversation.leave(talk)
    else:
        conversation.set_aside(talk)
    return left


@conversation.does(NotKnown)
def not_known(talk: Talk, _command: NotKnown) -> None:
    talk.say(_("We do not know this command. {command} shows what can be done here.", command=Plain("/help")))
    conversation.ask_again(talk)
