"""Filing a ticket: the conversation asks what the policy needs to know, and nothing that was said before."""

from dataclasses import replace
from uuid import UUID

from bot.core import assent, reference
from bot.core.flow import SKIP, Done, Go, LostError, Turn
from bot.core.text import is_thin, number
from bot.core.words import Choose, Option, Question
from bot.core.words import Write as Ask
from handlers.customer import buttons, checks, conversation, sent, whose
from handlers.customer.commands import AddWords, Decline, FileTicket, StartFiling
from handlers.customer.fields import beside, question_of, value_of
from handlers.customer.talk import Talk
from handlers.form import Form, Intake, called, name
from handlers.ties import joined
from locales import _, pgettext


def paper(talk: Talk, _draft: Intake) -> Form:
    return Form(
        talk.unit.office.policy,
        talk.customer.language,
        at=talk.unit.at,
        quoted=lambda digits: _takes_words(talk, digits),
    )


def _takes_words(talk: Talk, digits: str) -> UUID | None:
    """The person's own ticket, if it is under way or can still be opened again."""
    ticket = joined.own(talk.unit.tx, talk.customer.id, digits)
    return ticket.id if ticket and whose.takes_words(talk, ticket) else None


intake = conversation.flow("intake", Intake, paper, again=lambda draft: StartFiling(draft=draft))


@intake.step
def consent(draft: Intake, form: Form) -> Turn:
    """What the policy wants to be agreed to before anything is asked."""
    wanted = form.policy.consent
    if wanted is None:
        raise LostError("consent")
    agree = Option(key="agree", title=pgettext("button", "I agree"))
    not_now = Option(key="not_now", title=pgettext("button", "Not now"))
    answer = yield Choose(
        wanted.text.in_(form.language), (agree, not_now), called=assent.plainly("agree", "not_now")
    )
    if answer.key == "not_now":
        return Done(Decline(draft))
    draft.agreed, draft.agreed_at = form.policy.hash, form.at
    return form.onward(draft)


@intake.step
def join(draft: Intake, form: Form) -> Turn:
    """The words quote a request of the person's own: asked once for each, it may be what they are for."""
    mentioned = form.quoted(draft.at)
    shown = reference.unbroken(draft.at)
    question = _(
        "You mention your request {reference}. Shall we add this to it, or file a new one?", reference=shown
    )
    add = (Option(key="add", title=pgettext("button", "Add to it")),) if mentioned else ()
    new = Option(key="new", title=pgettext("button", "File a new one"))
    answer = yield Choose(question, (*add, new, *buttons.ways()))
    if mentioned and answer.key == "add":
        return Done(AddWords(mentioned, draft.told))
    draft.answer(name(Go("join", draft.at)))
    return form.onward(draft)


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
    draft.told += beside(asked, answer)
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


def _describe(draft: Intake, form: Form) -> Question:
    """In the category's own words at first; once more if that was little; or to write it anew."""
    ways = buttons.ways()
    if draft.changing:
        anew = _("Please describe it again. This replaces what you wrote and sent before.")
        return Ask(anew, checks.description, ways, files=True, free=True)
    if draft.nudged and draft.told:
        enough = Option(key="enough", title=pgettext("button", "That is all"))
        more = _("Thank you. A few more details would help us to understand it.")
        return Choose(
            more,
            (enough, *ways),
            free=True,
            called=assent.readily(yes="", no="enough"),
            beside=lambda said: number(said) not in (None, 1),  # any other number is a detail
        )
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
        attempted=checks.attempted,
        options=(*skip, *buttons.ways()),
        contact=pgettext("button", "Share my number") if "phone" in wanted.kinds else "",
    )
    draft.contact = "" if answer.key == SKIP else checks.contact_value(answer)
    draft.told += checks.beside(answer)
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
    change = Option(key="change", title=pgettext("button", "Change an answer"))
    intro = _("Please look it over once more:")
    answer = yield Choose(f"{intro}\n\n{form.summary(draft)}", (sent.option(), change, *buttons.ways()))
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
