"""A ticket is escalated by hand, to a level that no timer of the policy reaches (CMP-3)."""

from bot.core.policy import Level
from bot.core.shown import Dialog, Input, Line, Pick, Text
from handlers.agent import answers, forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.clock import ladders
from handlers.lines import SLOT
from locales import _


def _ask(act: Act) -> Dialog:
    language = act.agent.language
    levels = [act.situation.policy.level(step.level) for step in act.situation.steps_by_hand]
    known = [level for level in levels if level]
    picks = tuple(Pick(key=level.key, title=level.title.in_(language)) for level in known)
    return forms.dialog(
        act,
        "escalate",
        _("Escalate"),
        Input(key="level", label=_("Escalate to"), picks=picks, value=picks[0].key),
        forms.words(_("Note for them"), _("The customer never sees it."), optional=True),
        told=tuple(_duty(level, language) for level in known if level.does),
    )


def _duty(level: Level, language: str) -> Line:
    """What a level is there for (CMP-15)."""
    does = level.does.in_(language) if level.does else ""
    return (Text(text=f"{level.title.in_(language)}: ", strong=True), Text(text=does))


def _escalate(act: Act, values: Values) -> None:
    steps = act.situation.steps_by_hand
    step = next((step for step in steps if step.level == values.get("level")), None)
    if step is None:
        act.mistaken(level=_("Please choose one of these."))
        return
    text = values["text"]
    kept = answers.keep_note(act, text) if text else None
    act.announce(lambda: (_("{agent} escalates this ticket.", agent=SLOT),), text, said=kept)
    act.ticket = ladders.take(act.unit, act.ticket, step, by=act.by)


def _upon(act: Act) -> str:
    """The levels that are still to be reached."""
    return " ".join(step.level for step in act.situation.steps_by_hand)


FORMS = {"escalate": Form(_ask, _escalate, upon=_upon)}
