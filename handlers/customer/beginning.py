"""A request begins: with the rules and what must be agreed to, and with what was said before filled in."""

from uuid import UUID

from handlers.customer import conversation, resume
from handlers.customer.commands import Decline, ShowMenu, StartFiling
from handlers.customer.intake import intake, paper
from handlers.customer.talk import Talk
from handlers.form import Intake, name
from locales import Plain, _
from storage import tickets


@conversation.does(StartFiling)
def start_filing(talk: Talk, command: StartFiling) -> None:
    """Ask the first question without an answer, or the one that was open; what was said is filled in."""
    conversation.set_aside(talk)
    if command.draft is None and resume.waits(talk):
        resume.ask(talk, command.told, command.follows)
        return
    draft = command.draft or Intake()
    if command.follows:
        _continue_from(talk, draft, command.follows)
    draft.keep(command.told)
    preface = "" if draft.ruled else _rules(talk)
    draft.ruled = True
    form, asked = paper(talk, draft), None if command.told else command.asked
    go = form.back_to(draft, asked) if asked else form.onward(draft)  # what was said may be the answer
    conversation.start(talk, go, draft, of=intake, preface=preface, trail=command.trail)


def _rules(talk: Talk) -> str:
    """How one speaks here, in the policy's own words (OSL-7)."""
    rules = talk.unit.office.policy.texts.rules
    return rules.in_(talk.customer.language) if rules else ""


@conversation.does(Decline)
def decline(talk: Talk, command: Decline) -> None:
    """Nothing is filed without the consent, and what was said waits for another time."""
    said = _("Nothing was filed: a request can be taken here only when this is agreed to.")
    if command.draft.told or command.draft.worth_keeping:
        conversation.put_on_shelf(talk, command.draft)
        kept = _(
            "What you wrote is not sent yet. It is kept: {command} goes on with it.", command=Plain("/new")
        )
        said = f"{said} {kept}"
    talk.say(said)
    conversation.carry_out(talk, ShowMenu())


def _continue_from(talk: Talk, draft: Intake, follows: UUID) -> None:
    """A request that continues an older one is of the same kind, and its answers still hold."""
    old = tickets.read(talk.unit.tx, follows)
    draft.follows = str(follows)
    if talk.unit.office.policy.category(old.category) is None:
        return
    draft.category, draft.title = old.category, old.title
    draft.fields = {key.removeprefix("field."): v for key, v in old.form.items() if key.startswith("field.")}
    draft.contact = old.form.get("contact", "")
    asked = {name(go) for go in paper(talk, draft).questions(draft)}
    kept = {"category", *old.form, *(["title"] if old.title else [])}
    draft.answered = tuple(sorted(asked & kept))
