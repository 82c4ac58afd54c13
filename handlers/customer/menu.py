"""The menu: what can be done here, for those who press, number or name it; and the help."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.flow import Done, Draft, Turn
from bot.core.policy import Policy
from bot.core.words import Choose, Option
from handlers.customer import conversation, resume
from handlers.customer.commands import (
    AskLanguage,
    AskReference,
    ListTickets,
    ResumeFiling,
    ShowHelp,
    ShowMenu,
    StartFiling,
    Write,
)
from handlers.customer.talk import Talk
from handlers.expectations import terms
from locales import Plain, _, pgettext, use

COMMANDS: dict[str, Callable[[], object]] = {
    "resume": ResumeFiling,
    "new": StartFiling,
    "status": AskReference,
    "tickets": ListTickets,
    "language": AskLanguage,
    "help": ShowHelp,
}


@dataclass(frozen=True, slots=True)
class Front:
    """What the menu shows: who helps, and whether a half-finished request waits."""

    organisation: str
    waits: bool


def front(talk: Talk, _draft: Draft) -> Front:
    organisation = talk.unit.office.policy.organisation.in_(talk.customer.language)
    return Front(organisation, resume.waits(talk))


menu = conversation.flow("menu", Draft, front)


@menu.step
def home(_draft: Draft, front: Front) -> Turn:
    question = _("How can {organisation} help you?", organisation=front.organisation)
    answer = yield Choose(question, offers(front), free=True)
    if answer.key:
        return Done(COMMANDS[answer.key]())
    return Done(Write(answer.told))


def offers(front: Front) -> tuple[Option, ...]:
    titles = {
        "resume": pgettext("button", "Continue my request"),
        "new": pgettext("button", "New request"),
        "status": pgettext("button", "Check a request"),
        "tickets": pgettext("button", "My requests"),
        "language": pgettext("button", "Language"),
        "help": pgettext("button", "Help"),
    }
    return tuple(Option(key=key, title=titles[key]) for key in COMMANDS if key != "resume" or front.waits)


@conversation.does(ShowMenu)
def show_menu(talk: Talk, command: ShowMenu) -> None:
    conversation.start(talk, home, Draft(), of=menu, preface=command.said)


@conversation.does(ShowHelp)
def show_help(talk: Talk, _command: ShowHelp) -> None:
    talk.say(help_text(talk))
    conversation.carry_out(talk, ShowMenu())


def command_menu(language: str, policy: Policy) -> list[tuple[str, str]]:
    """The commands with what they do, for the platform's own menu: those that mean something here."""
    with use(language):
        told = {
            "new": _("File a request"),
            "status": _("How a request stands"),
            "tickets": _("All your requests"),
            "escalate": _("Raise a request that is late"),
            "language": _("Change the language"),
            "policy": _("What you can expect from us"),
            "help": _("What can be done here"),
            "cancel": _("Leave what you have begun, or cancel a request"),
        }
    if policy.escalating is None:
        del told["escalate"]
    return list(told.items())


def help_text(talk: Talk) -> str:
    commands = [
        _("{command} — {meaning}", command=Plain(f"/{command}"), meaning=Plain(meaning))
        for command, meaning in command_menu(talk.customer.language, talk.unit.office.policy)
    ]
    lines = [
        _("Write to us here as you would to a person. This is what you can do:"),
        *commands,
        _("To add something to a request, reply to any message about it, or simply write."),
    ]
    return "\n".join([*lines, *elsewhere(talk), *_house_rules(talk)])


def _house_rules(talk: Talk) -> list[str]:
    """What the organisation does with what people write."""
    data = talk.unit.office.policy.texts.data
    return ["", data.in_(talk.customer.language)] if data else []


def elsewhere(talk: Talk) -> list[str]:
    """Other ways to reach the organisation, as its policy lists them."""
    ways = terms.elsewhere(talk.unit.office.policy)
    return ["", *ways] if ways else []
