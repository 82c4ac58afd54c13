"""The customer is invited to a remote session, by a tool that the policy or the desk file names (OSL-1)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Input, Pick
from bot.core.text import clean
from handlers.agent import answers, forms, meanwhile, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.lines import SLOT
from locales import Plain, _
from storage import words

LONGEST_SESSION = 200


def _ask(act: Act) -> Dialog:
    tools = act.situation.tools
    picks = tuple(Pick(key=str(place), title=tool) for place, tool in enumerate(tools))
    hint = _("A link that begins with https, or the number of the session")
    return forms.dialog(
        act,
        "invite",
        _("Remote session"),
        Input(key="tool", label=_("Tool"), picks=picks, value="0"),
        Input(key="session", label=_("Session"), hint=hint, max_length=LONGEST_SESSION),
        forms.words(_("Your words to the customer"), optional=True),
        ends=SEND,
    )


def _invite(act: Act, values: Values) -> None:
    tools, chosen, session = act.situation.tools, values.get("tool", ""), clean(values.get("session", ""))
    if chosen not in map(str, range(len(tools))):
        act.mistaken(tool=_("Please choose one of these."))
    elif not _will_do(session):
        act.mistaken(session=_("Please give a link that begins with https, or the number of the session."))
    else:
        _send(act, tools[int(chosen)], session, values["text"])


def _will_do(session: str) -> bool:
    """A link must be a safe one and nothing else; anything else must at least hold a digit."""
    if len(session.splitlines()) != 1 or len(session) > LONGEST_SESSION:
        return False
    if "://" in session:
        return session.startswith("https://") and " " not in session
    return any(letter.isdigit() for letter in session)


def _send(act: Act, tool: str, session: str, text: str) -> None:
    unit = act.unit
    written = "\n".join(filter(None, (f"{tool}: {session}", text)))
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="invitation", text=written, at=unit.at)
    act.become(answers.touched(act.ticket, unit.at), kinds.INVITED, words=str(kept.id), tool=tool)
    act.announce(
        lambda: (_("{agent} invites the customer to a remote session:", agent=SLOT),), written, said=kept.id
    )
    sending.send(act, kept.id, "invitation", lambda: _told(act, tool, session, text))


def _told(act: Act, tool: str, session: str, text: str) -> str:
    shown = reference.unbroken(act.ticket.reference)
    invited = _(
        "About your request {reference}: we invite you to a remote session,"
        " so that we can look at the problem on your device together.",
        reference=shown,
    )
    # A link would not open between the marks that keep scripts apart.
    where = "\n".join([_("Tool: {tool}", tool=tool), _("Session: {session}", session=Plain(session))])
    rights = _(
        "It is up to you: you can decline, and end the session at any time. We never ask for a password."
    )
    return "\n\n".join(filter(None, (invited, where, text, rights)))


FORMS = {"invite": Form(_ask, _invite, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER)}
