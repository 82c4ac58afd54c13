"""Filing a ticket: the conversation asks what the policy needs to know, and nothing that was said before."""

from dataclasses import replace
from uuid import UUID

from bot.core.flow import SKIP, Done, Go, Turn
from bot.core.text import is_thin
from bot.core.words import Choose, Option
from bot.core.words import Write as Ask
from handlers.customer import buttons, checks, conversation, resume
from handlers.customer.commands import FileTicket, StartFiling
from handlers.customer.fields import question_of, value_of
from handlers.customer.talk import Talk
from handlers.form import Form, Intake, called, name
from locales import _, pgettext
from storage import tickets


def paper(talk: Talk, _draft: Intake) -> Form:
    return Form(talk.unit.office.policy, talk.customer.language)


intake = conversation.flow("intake", Intake, paper, again=lambda draft: StartFiling(draft=draft))


@intake.step
def category(draft: Intake, form: Form) -> Turn:
    known = tuple(Option(key=c.key, title=c.title.in_(form.language)) for c in form.policy.categories)
    answer = yield Choose(_("What is it about?"), (*known, *buttons.ways()), called=form.category_called)
    draft.category = answer.key
    draft.answer("category")
    return form.onward(draft)


@intake.step
def field(draft: Intake, form: Form) -> Turn:
    asked = form.field(draft.at)
    answer = yield question_of(asked, form.language)
    draft.fields = {**draft.fields, asked.key: value_of(asked, answer)}
    draft.answer(name(Go("field", asked.key)))
    return form.onward(draft)


@intake.step
def title(draft: Intake, form: Form) -> Turn:
    answer = yield Ask(_("Give your request a short title."), check=checks.title, options=buttons.ways())
    draft.title = " ".join(answer.text.split())
    draft.answer("title")
    return form.onward(draft)


@intake.step
def description(draft: Intake, form: Form) -> Turn:
    answer = yield _describe(draft, form)
    if answer.told:
        draft.describe(answer.told)
        if not draft.nudged and not draft.told.files and is_thin(draft.told.text):
            draft.nudged = True
            return Go("description")
    draft.answer("description")
    return form.onward(draft)


def _describe(draft: Intake, form: Form) -> Ask:
    """In the category's own words at first; once more if that was little; or to write it anew."""
    ways = buttons.ways()
    if draft.changing:
        anew = _("Please describe it again. This replaces what you wrote and sent before.")
        return Ask(anew, checks.description, ways, files=True, free=True)
    if draft.nudged and draft.told:
        enough = Option(key="enough", title=pgettext("button", "That is all"))
        more = _("Thank you. A few more details would help us to understand it.")
        return Ask(more, checks.description, (enough, *ways), files=True, free=True)
    chosen = form.policy.category(draft.category)
    own = chosen.describe.in_(form.language) if chosen and chosen.describe else ""
    asked = own or _("Please describe it in your own words. You may add files.")
    return Ask(asked, checks.description, ways, files=True, free=True)


@intake.step
def priority(draft: Intake, form: Form) -> Turn:
    known = tuple(
        Option(
            key=p.key,
            title=p.title.in_(form.language),
            detail=p.definition.in_(form.language) if p.definition else "",
        )
        for p in form.policy.priorities
    )
    offered = (*known, *buttons.ways())
    answer = yield Choose(_("How serious is it?"), offered, called=called(form.policy.priorities))
    draft.priority = answer.key
    draft.answer("priority")
    return form.onward(draft)


@intake.step
def contact(draft: Intake, form: Form) -> Turn:
    wanted = form.policy.contact
    skip = (buttons.skip(),) if wanted.ask == "optional" else ()
    answer = yield Ask(
        wanted.question.in_(form.language) if wanted.question else _contact_question(wanted.kinds),
        check=checks.contact(wanted.kinds),
        options=(*skip, *buttons.ways()),
        contact=pgettext("button", "Share my number") if "phone" in wanted.kinds else "",
    )
    draft.contact = "" if answer.key == SKIP else checks.contact_value(answer)
    draft.answer("contact")
    return form.onward(draft)


def _contact_question(kinds: tuple[str, ...]) -> str:
    if kinds == ("phone",):
        return _("At which phone number may we reach you, if this chat is not enough?")
    if kinds == ("email",):
        return _("At which e-mail address may we reach you, if this chat is not enough?")
    return _("At which phone number or e-mail address may we reach you, if this chat is not enough?")


@intake.step
def summary(draft: Intake, form: Form) -> Turn:
    send = Option(key="send", title=pgettext("button", "Send"))
    change = Option(key="change", title=pgettext("button", "Change an answer"))
    intro = _("Please look it over once more:")
    answer = yield Choose(f"{intro}\n\n{form.summary(draft)}", (send, change, *buttons.ways()))
    draft.changing = ""
    if answer.key == "change":
        return change_answer
    missing = form.onward(draft)
    return Done(FileTicket(draft)) if missing.step == "summary" else missing


@intake.step
def change_answer(draft: Intake, form: Form) -> Turn:
    known = {name(go): go for go in form.questions(draft)}
    options = tuple(Option(key=key, title=form.label(go)) for key, go in known.items())
    answer = yield Choose(_("Which answer shall we change?"), (*options, *buttons.ways()))
    draft.changing = answer.key if answer.key == "description" else ""
    return replace(known[answer.key], aside=True)


@conversation.does(StartFiling)
def start_filing(talk: Talk, command: StartFiling) -> None:
    """Ask the first open question, with what was said before already filled in."""
    conversation.set_aside(talk)
    if command.draft is None and resume.waits(talk):
        resume.ask(talk, command.told, command.follows)
        return
    draft = command.draft or Intake()
    if command.follows:
        _continue_from(talk, draft, command.follows)
    draft.keep(command.told)
    conversation.start(talk, paper(talk, draft).onward(draft), draft, of=intake)


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
