"""What the policy asks about a request, as the fields of a dialog for agents, and what they entered."""

from collections.abc import Callable, Iterator

from bot.core.flow import Go
from bot.core.policy import FormField
from bot.core.shown import Input, Pick
from bot.core.told import Part, Told
from bot.core.words import Answer
from handlers.agent.forms import Values
from handlers.customer import checks
from handlers.form import CHOSEN, FIELD, Form, Intake, name, options_of
from locales import _

CHECKS: dict[str, Callable[[Answer], str | None]] = {
    "text": checks.line,
    "email": checks.email,
    "phone": checks.phone,
}


def inputs(form: Form, draft: Intake) -> tuple[Input, ...]:
    """A field for each question about this kind of request, in the order in which customers are asked."""
    return tuple(_input(form, go) for go in _questions(form, draft))


def fill_in(form: Form, draft: Intake, values: Values) -> dict[str, str]:
    """Put what was entered into the draft; a sentence for each field that will not do."""
    wrong: dict[str, str] = {}
    for go in _questions(form, draft):
        said = values.get(_key(go), "").strip()
        if why := _refused(form, go, said):
            wrong[_key(go)] = why
        else:
            _put(form, draft, go, said)
    return wrong


def _questions(form: Form, draft: Intake) -> Iterator[Go]:
    return (go for go in form.questions(draft) if go.step != "category")


def _key(go: Go) -> str:
    """The description is what the agent writes, so it comes back when nothing can be filed."""
    return "text" if go.step == "description" else name(go)


def _input(form: Form, go: Go) -> Input:
    label = form.label(go)
    match go.step:
        case "field":
            return _of_field(form, form.field(go.at), label)
        case "priority":
            known = form.policy.priorities
            picks = tuple(Pick(key=one.key, title=one.title.in_(form.language)) for one in known)
            return Input(key="priority", label=label, picks=picks)
        case "contact":
            return Input(key="contact", label=label, optional=form.policy.contact.ask != "required")
        case "title":
            return Input(key="title", label=label, max_length=checks.LONGEST_TITLE)
        case _description:
            return Input(key="text", label=label, multiline=True)


def _of_field(form: Form, field: FormField, label: str) -> Input:
    hint = field.hint.in_(form.language) if field.hint else ""
    picks: tuple[Pick, ...] = ()
    if field.kind in CHOSEN:
        picks = tuple(Pick(key=one.key, title=one.title) for one in options_of(field, form.language))
    return Input(
        key=name(Go(FIELD, field.key)), label=label, hint=hint, picks=picks, optional=not field.required
    )


def _refused(form: Form, go: Go, said: str) -> str:
    """Why this will not do as an answer, or nothing."""
    answer = Answer(told=Told(parts=(Part(text=said),)) if said else Told())
    match go.step:
        case "field":
            return _refused_field(form.field(go.at), form.language, said, answer)
        case "priority":
            return "" if form.policy.priority(said) else _("Please choose one of these.")
        case "contact":
            check = checks.contact(form.policy.contact.kinds)
            wanted = bool(said) or form.policy.contact.ask == "required"
            return (check(answer) or "") if wanted else ""
        case "title":
            return checks.title(answer) or ""
        case _description:
            return checks.description(answer) or ""


def _refused_field(field: FormField, language: str, said: str, answer: Answer) -> str:
    if not said and not field.required:
        return ""
    if field.kind in CHOSEN:
        known = {option.key for option in options_of(field, language)}
        return "" if said in known else _("Please choose one of these.")
    return CHECKS[field.kind](answer) or ""


def _put(form: Form, draft: Intake, go: Go, said: str) -> None:
    match go.step:
        case "field":
            kept = checks.proper(form.field(go.at).kind, said)
            draft.fields = {**draft.fields, go.at: kept}
        case "contact":
            draft.contact = checks.contact_value(Answer(told=Told(parts=(Part(text=said),))))
        case "title":
            draft.title = " ".join(said.split())
        case "priority":
            draft.priority = said
        case _description:
            draft.told = Told(parts=(Part(text=said),))
