"""A third party is engaged: on record, and where the policy wants it, with the customer's consent first."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Input, Line, Pick
from bot.core.text import clean
from handlers import lines
from handlers.agent import answers, forms, meanwhile, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.customer import buttons
from handlers.lines import SLOT
from locales import _
from storage import words

CONSENT, LAW, RIGHT = "consent", "law", "right"
"""On what ground: the customer agrees, the law requires it, the policy gives the right."""

LONGEST_NAME = 120


def _ask(act: Act) -> Dialog:
    who = Input(key="who", label=_("Who is engaged"), max_length=LONGEST_NAME)
    return forms.dialog(
        act, "engage", _("Third party"), who, *_ground(act), _what_for(act), told=(_rule(act),), ends=SEND
    )


def _asks_first(act: Act) -> bool:
    """Whether nothing is shared before the customer agrees, but for what the law requires (CMP-10)."""
    sharing = act.situation.policy.sharing
    return bool(sharing and sharing.consent)


def _ground(act: Act) -> tuple[Input, ...]:
    if not _asks_first(act):
        return ()
    picks = (
        Pick(key=CONSENT, title=_("Ask the customer first")),
        Pick(key=LAW, title=_("The law requires it")),
    )
    return (Input(key="ground", label=_("On what ground"), picks=picks, value=CONSENT),)


def _what_for(act: Act) -> Input:
    if _asks_first(act):
        return forms.words(_("What for, in words for the customer; or the law that requires it"))
    return forms.words(_("What for"), _("The customer does not see this."))


def _rule(act: Act) -> Line:
    if _asks_first(act):
        return lines.text(_("Nothing is shared before the customer agrees, unless the law requires it."))
    return lines.text(_("It goes on record; the policy asks for no consent."))


def _engage(act: Act, values: Values) -> None:
    who, text = clean(values.get("who", "")), values["text"]
    ground = values.get("ground", "") if _asks_first(act) else RIGHT
    if not who:
        act.mistaken(who=_("Please write a few words."))
    elif ground not in {CONSENT, LAW, RIGHT}:
        act.mistaken(ground=_("Please choose one of these."))
    elif ground == CONSENT:
        _ask_customer(act, who, text)
    else:
        _record(act, who, text, ground)


def _record(act: Act, who: str, text: str, ground: str) -> None:
    """EDC-12; and CMP-10 where the law requires it: with its ground, which the words tell."""
    unit, written = act.unit, f"{who}: {text}"
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="note", text=written, at=unit.at)
    act.become(answers.touched(act.ticket, unit.at), kinds.ENGAGED, words=str(kept.id), ground=ground)
    if ground == LAW:
        act.announce(
            lambda: (_("{agent} engages a third party, as the law requires:", agent=SLOT),),
            written,
            said=kept.id,
        )
    else:
        act.announce(lambda: (_("{agent} engages a third party:", agent=SLOT),), written, said=kept.id)


def _ask_customer(act: Act, who: str, text: str) -> None:
    unit, written = act.unit, f"{who}: {text}"
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="consent", text=written, at=unit.at)
    act.become(answers.touched(act.ticket, unit.at), kinds.SHARING_ASKED, words=str(kept.id))
    act.announce(
        lambda: (_("{agent} asks the customer whether a third party may be engaged:", agent=SLOT),),
        written,
        said=kept.id,
    )
    number = act.situation.happened(kinds.SHARING_ASKED)
    sending.send(
        act,
        kept.id,
        "consent",
        lambda: _question(act, who, text),
        lambda: buttons.sharing(act.ticket, number),
    )


def _question(act: Act, who: str, text: str) -> str:
    shown = reference.unbroken(act.ticket.reference)
    return "\n\n".join(
        [
            _(
                "To go on with your request {reference}, we would like to engage: {who}",
                reference=shown,
                who=who,
            ),
            _("What for: {reason}", reason=text),
            _("Do you agree that we share with them what is needed of your request?"),
        ]
    )


FORMS = {"engage": Form(_ask, _engage, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER, needs_words=True)}
