"""The slash commands: `/desk` for an agent's own settings, the others for what they look at."""

from bot.core import text
from bot.core.heard import Commanded
from bot.core.shown import Button, Line, Post
from handlers import lines, post
from handlers.unit import Unit
from handlers.views import asking
from locales import LANGUAGES, Plain, _, language_name, negotiate, use
from storage import people
from storage.people import Agent

CHOOSE_LANGUAGE = "agent_language"

DESK, LANGUAGE = Plain("/desk"), Plain("/desk language")

CALLED = {
    "ar": "arabic, العربية, عربي, арабский",
    "ru": "russian, русский, по-русски, الروسية, روسي",
    "en": "english, английский, الإنجليزية, إنجليزي",
}
_CODES = {text.plain(name): code for code, names in CALLED.items() for name in names.split(",")}


def given(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    if commanded.command in (asking.TICKET, asking.TICKETS):
        asking.asked(unit, agent, commanded)
        return
    subcommand, _blank, wanted = commanded.text.partition(" ")
    with use(agent.language):
        if commanded.command != DESK or subcommand.lower() != "language":
            _tell_usage(unit, agent, commanded.reply_url)
        elif code := _language_called(wanted):
            choose_language(unit, agent, code, commanded.reply_url)
        else:
            _ask_language(unit, agent, commanded.reply_url, refused=bool(wanted.strip()))


def _tell_usage(unit: Unit, agent: Agent, reply_url: str) -> None:
    said = _("{command}: choose the language in which the desk speaks to you.", command=LANGUAGE)
    more = (
        _("{command}: the ticket with this number, for you alone.", command=asking.EXAMPLE),
        *(sentence() for sentence in asking.usage()),
        _("Tickets are worked by the buttons of their cards and in their threads."),
    )
    _tell(unit, agent, reply_url, said, *map(lines.text, more))


def _language_called(wanted: str) -> str | None:
    """The code of a language by its tag, or by what people call it in any of ours."""
    return _CODES.get(text.plain(wanted)) or negotiate(wanted)


def _ask_language(unit: Unit, agent: Agent, reply_url: str, *, refused: bool) -> None:
    question = _("Which language shall the desk speak to you?")
    if refused:
        question = _("The desk does not speak that language. Which of these shall it speak to you?")
    choices = tuple(Button(verb=CHOOSE_LANGUAGE, title=language_name(code), value=code) for code in LANGUAGES)
    _tell(unit, agent, reply_url, question, buttons=choices)


def choose_language(unit: Unit, agent: Agent, code: str, reply_url: str) -> None:
    """From now on dialogs and private words are in this language; cards stay in their queue's."""
    if code not in LANGUAGES:
        with use(agent.language):
            _ask_language(unit, agent, reply_url, refused=True)
        return
    people.choose_agent_language(unit.tx, agent.user, code)
    unit.office.spoken[agent.user] = code
    with use(code):
        _tell(unit, agent, reply_url, _("We will speak English from now on."))


def _tell(
    unit: Unit, agent: Agent, reply_url: str, said: str, *more: Line, buttons: tuple[Button, ...] = ()
) -> None:
    told = Post(summary=said, lines=(lines.text(said), *more), buttons=buttons)
    post.to_agent(unit, agent.user, told, reply_url)
