"""A half-finished request: offered again when the person comes back, or begins another."""

from uuid import UUID

from bot.core import assent
from bot.core.flow import Done, Draft, Go, Turn
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers.customer import conversation, greeting
from handlers.customer.commands import (
    DropFiling,
    Greet,
    ResumeFiling,
    ShowMenu,
    StartFiling,
    ThenRemind,
)
from handlers.customer.talk import STALE_AFTER, Talk
from handlers.form import Intake
from handlers.inshort import snippet
from locales import _, pgettext
from storage import places

INTAKE = "intake"
SNIPPET = 80


class Meanwhile(Draft):
    """`told` is what was said when the person came back; `follows` the ticket that it continues."""

    follows: UUID | None = None


def begun(talk: Talk, _draft: Draft | None = None) -> str:
    """How the half-finished request begins, so that the person knows it again."""
    shelved = places.standing(talk.unit.tx, talk.address).shelved
    if shelved is None:
        return ""
    draft = Intake.model_validate(shelved.draft)
    category = talk.unit.office.policy.category(draft.category)
    known = (category.title.in_(talk.customer.language) if category else "", draft.title, draft.told.text)
    return "\n".join(snippet(line, SNIPPET) for line in known if line)


resuming = conversation.flow("resume", Meanwhile, begun)


@resuming.step
def offer(draft: Meanwhile, begun: str) -> Turn:
    question = _("You have a request that is not sent yet. Shall we go on with it? A new one replaces it.")
    if draft.told:
        question = " ".join((_("We have kept what you sent."), question))
    answer = yield Choose(
        f"{question}\n\n{begun}" if begun else question,
        (
            Option(key="on", title=pgettext("button", "Go on")),
            Option(key="new", title=pgettext("button", "Begin a new one")),
            Option(key="drop", title=pgettext("button", "Throw it away")),
        ),
        free=True,
        called=assent.readily(yes="on", no=""),
    )
    draft.told += answer.told
    match answer.key:
        case "on":
            return Done(ResumeFiling(draft.told))
        case "new":
            return Done(DropFiling(begin=StartFiling(draft.told, draft.follows)))
        case "drop":
            return Done(DropFiling(begin=StartFiling(draft.told, draft.follows) if draft.told else None))
        case _more:
            return offer


def gone_stale(talk: Talk) -> bool:
    """Whether the open question is so old that nobody has it in mind; words that wait never are."""
    here = conversation.opened(talk)
    asked_at = places.standing(talk.unit.tx, talk.address).updated_at
    if here is None or asked_at is None or (here.draft.unsent and not here.draft.worth_keeping):
        return False
    return talk.unit.now - asked_at > STALE_AFTER


def waits(talk: Talk) -> bool:
    return places.standing(talk.unit.tx, talk.address).shelved is not None


def ask(talk: Talk, told: Told, follows: UUID | None = None, preface: str = "") -> None:
    conversation.start(talk, offer, Meanwhile(told=told, follows=follows), of=resuming, preface=preface)


def remind(talk: Talk) -> None:
    """When what came between is over, the half-finished request is offered again."""
    if waits(talk):
        ask(talk, Told())


@conversation.does(ThenRemind)
def then_remind(talk: Talk, command: ThenRemind) -> None:
    conversation.carry_out(talk, command.what)
    if conversation.opened(talk) is None:
        remind(talk)


@conversation.does(Greet)
def greet(talk: Talk, _command: Greet) -> None:
    said = greeting.returned_once(talk)
    if waits(talk):
        ask(talk, Told(), preface=said)
    else:
        conversation.carry_out(talk, ShowMenu(said))


def forget(talk: Talk) -> None:
    places.unshelve(talk.unit.tx, talk.address, talk.unit.now)


@conversation.does(ResumeFiling)
def go_on(talk: Talk, command: ResumeFiling) -> None:
    """Ask the question that was open, with what was said meanwhile added to the description."""
    place = places.unshelve(talk.unit.tx, talk.address, talk.unit.now)
    draft = Intake.model_validate(place.draft) if place else Intake()
    asked, trail = (Go(place.step, place.at), place.trail) if place else (None, ())
    conversation.carry_out(talk, StartFiling(command.told, draft=draft, asked=asked, trail=trail))


@conversation.does(DropFiling)
def drop(talk: Talk, command: DropFiling) -> None:
    forget(talk)
    if command.begin is None:
        talk.say(nothing_sent())
    conversation.carry_out(talk, command.begin or ShowMenu())


def nothing_sent() -> str:
    return _("Nothing was sent, and no new request was filed.")
