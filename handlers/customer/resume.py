"""A half-finished request: set aside when something else comes up, and offered again."""

from bot.core.flow import Cancelled, Done, Draft, Place, Turn
from bot.core.heard import Attachment
from bot.core.words import Choose, Option
from handlers.customer import conversation
from handlers.customer.commands import DropFiling, ResumeFiling, ShowMenu, StartFiling
from handlers.customer.talk import STALE_AFTER, Talk
from handlers.form import Intake
from locales import _, pgettext
from storage import places

INTAKE = "intake"
WORTH_KEEPING = ("text", "files", "fields", "title")


class Meanwhile(Draft):
    """What was said when the person came back."""

    text: str = ""
    files: tuple[Attachment, ...] = ()


def begun(talk: Talk, _draft: Meanwhile) -> str:
    """How the half-finished request begins, so that the person knows it again."""
    shelved = places.standing(talk.unit.tx, talk.address).shelved
    return Intake.model_validate(shelved.draft).text[:80] if shelved else ""


resuming = conversation.flow("resume", Meanwhile, begun)


@resuming.step
def offer(draft: Meanwhile, begun: str) -> Turn:
    question = _("You have a request that is not sent yet. Shall we go on with it?")
    answer = yield Choose(
        f"{question}\n\n{begun}" if begun else question,
        (
            Option(key="on", title=pgettext("button", "Go on")),
            Option(key="new", title=pgettext("button", "Begin a new one")),
            Option(key="drop", title=pgettext("button", "Throw it away")),
        ),
        free=True,
    )
    said = Meanwhile(
        text="\n".join(filter(None, (draft.text, answer.text))), files=(*draft.files, *answer.files)
    )
    match answer.key:
        case "on":
            return Done(ResumeFiling(said.text, said.files))
        case "new":
            return Done(DropFiling(said.text, said.files, begin=True))
        case "drop":
            return Done(DropFiling(said.text, said.files))
        case _more:
            draft.text, draft.files = said.text, said.files
            return offer


def set_aside(talk: Talk) -> None:
    """Something else comes up: a request that holds anything yet goes on the shelf."""
    place = places.standing(talk.unit.tx, talk.address).place
    if place and place.flow == INTAKE and _holds_something(place):
        places.shelve(talk.unit.tx, talk.address, talk.unit.at)


def _holds_something(place: Place) -> bool:
    return any(place.draft.get(part) for part in WORTH_KEEPING)


def gone_stale(talk: Talk) -> bool:
    """Whether the request was left more than a day ago, so that nobody has its question in mind."""
    standing = places.standing(talk.unit.tx, talk.address)
    if not standing.place or standing.place.flow != INTAKE or not standing.updated_at:
        return False
    return talk.unit.at - standing.updated_at > STALE_AFTER


def waits(talk: Talk) -> bool:
    return places.standing(talk.unit.tx, talk.address).shelved is not None


def ask(talk: Talk, text: str = "", files: tuple[Attachment, ...] = ()) -> None:
    conversation.start(talk, offer, Meanwhile(text=text, files=files), of=resuming)


def forget(talk: Talk) -> None:
    places.unshelve(talk.unit.tx, talk.address, talk.unit.at)


@conversation.does(ResumeFiling)
def go_on(talk: Talk, command: ResumeFiling) -> None:
    """Ask the question that was open, with what was said meanwhile added to the description."""
    place = places.unshelve(talk.unit.tx, talk.address, talk.unit.at)
    draft = Intake.model_validate(place.draft) if place else Intake()
    conversation.carry_out(talk, StartFiling(command.text, command.files, draft=draft))


@conversation.does(DropFiling)
def drop(talk: Talk, command: DropFiling) -> None:
    forget(talk)
    if command.begin or command.text or command.files:
        conversation.carry_out(talk, StartFiling(command.text, command.files))
    else:
        conversation.carry_out(talk, ShowMenu())


@conversation.does(Cancelled)
def cancelled(talk: Talk, command: Cancelled) -> None:
    if command.flow == INTAKE:
        talk.say(_("Nothing was sent. Your request is cancelled."))
    conversation.carry_out(talk, ShowMenu())
