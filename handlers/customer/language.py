"""The language that a customer is spoken to in: guessed at first contact, changed at any time."""

from bot.core import text
from bot.core.flow import Done, Draft, Go, LostError, Place, Turn
from bot.core.heard import Incoming, Said
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers import post
from handlers.customer import conversation, resume
from handlers.customer.buttons import cancel
from handlers.customer.commands import (
    AskLanguage,
    ChooseLanguage,
    GoBack,
    ResumeFiling,
    ShowMenu,
    StartFiling,
    Write,
)
from handlers.customer.intake import intake
from handlers.customer.talk import Talk
from handlers.form import Intake
from handlers.unit import Unit
from locales import Plain, _, language_name, negotiate, use
from storage import people, places, tickets


def guess(unit: Unit, incoming: Incoming) -> str:
    """The platform's hint, else the script of the first words, else the policy's first language."""
    spoken = unit.office.policy.languages
    guesses = (negotiate(incoming.sender.language), _written(incoming))
    return next((guess for guess in guesses if guess in spoken), spoken[0])


def _written(incoming: Incoming) -> str | None:
    """The language of the person's own words, by their script; a command such as /start is not theirs."""
    said = incoming.what.text if isinstance(incoming.what, Said) else ""
    return text.script_language(said.partition(" ")[2] if said.startswith("/") else said)


def languages(talk: Talk, _draft: Draft) -> tuple[str, ...]:
    return tuple(talk.unit.office.policy.languages)


language = conversation.flow("language", Draft, languages)


@language.step
def choice(draft: Draft, languages: tuple[str, ...]) -> Turn:
    known = tuple(Option(key=code, title=language_name(code)) for code in languages)
    answer = yield Choose(_("Which language shall we speak?"), (*known, cancel()), free=True)
    if answer.key:
        return Done(ChooseLanguage(answer.key, draft.told, draft.before))
    if draft.before and draft.before.unsent:
        return Done(GoBack(draft.before, answer.told))
    return Done(Write(draft.told + answer.told))


@conversation.does(AskLanguage)
def ask(talk: Talk, _command: AskLanguage) -> None:
    conversation.start(talk, choice, Draft(before=_asked(talk)), of=language)


def _asked(talk: Talk) -> Place | None:
    """What is asked once more in the other language; a draft that goes on the shelf is found there then."""
    here = conversation.opened(talk)
    if here is None or (here.flow is language and here.draft.told):
        return None
    if here.flow is intake and here.draft.worth_keeping:
        return here.place.model_copy(update={"draft": {}, "unsent": False})
    conversation.leave(talk)
    return here.draft.before if here.flow is language else here.place


@conversation.does(ChooseLanguage)
def choose(talk: Talk, command: ChooseLanguage) -> None:
    before = command.before or _asked(talk)
    if command.language not in talk.unit.office.policy.languages:
        conversation.start(talk, choice, Draft(told=command.told, before=before), of=language)
        return
    conversation.set_aside(talk)
    _choose(talk, command.language)
    with use(command.language):
        # Translators: name the language of your own catalog.
        talk.say(_("We will speak English from now on."))
        _go_on(talk, command.told, before, ResumeFiling() if resume.waits(talk) else ShowMenu())


def _choose(talk: Talk, language: str) -> None:
    """Whoever answers them goes by what the cards say."""
    people.choose_language(talk.unit.tx, talk.customer.id, language)
    if language != talk.customer.language:
        for ticket in tickets.live_at(talk.unit.tx, talk.customer.id, talk.address.id):
            post.show_card(talk.unit, ticket)
    talk.speaks(language)


def stay(talk: Talk, draft: Draft) -> None:
    """Another language is not wanted after all."""
    _go_on(talk, draft.told, draft.before, ShowMenu())


def _go_on(talk: Talk, told: Told, before: Place | None, otherwise: object) -> None:
    """With what was being asked, or with what was said meanwhile; what is over is not asked again."""
    if before and before.unsent:
        conversation.carry_out(talk, GoBack(before, told))
    elif told:
        conversation.carry_out(talk, Write(told))
    elif before and before.flow == intake.name:
        _file_on(talk, before)
    elif before and not conversation.is_over(talk, before):
        conversation.carry_out(talk, GoBack(before))
    else:
        conversation.carry_out(talk, otherwise)


def _file_on(talk: Talk, before: Place) -> None:
    shelved = None if before.draft else places.unshelve(talk.unit.tx, talk.address, talk.unit.now)
    draft = Intake.model_validate(shelved.draft if shelved else before.draft)
    try:
        go = Go(before.step, before.at, aside=True)
        conversation.start(talk, go, draft, of=intake, trail=before.trail)
    except LostError:
        conversation.carry_out(talk, StartFiling(draft=draft, trail=before.trail))


def hint(talk: Talk) -> str:
    """For somebody who writes in another language than the platform told us: how to change to it."""
    written = _written(talk.heard)
    if (
        written is None
        or written == talk.customer.language
        or written not in talk.unit.office.policy.languages
    ):
        return ""
    with use(written):
        # Translators: name the language of your own catalog.
        return _("To speak English here, write: {word}", word=Plain(language_name(written)))
