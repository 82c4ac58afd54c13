"""An agent files a request for a customer, who gets the receipt in their own chat and language (AIG-10)."""

from typing import Final
from uuid import UUID

from bot.core import reference
from bot.core.heard import Commanded, Incoming, Submitted
from bot.core.now import DialogAnswer, DialogErrors, NextDialog, OpenDialog
from bot.core.reference import Mistyped
from bot.core.shown import Dialog, Input, Line, Mention, Pick, Post
from bot.core.text import clean
from bot.core.ticket import Ticket
from handlers import lines, post, thread
from handlers.agent import asking
from handlers.agent.act import Act
from handlers.agent.forms import Values
from handlers.customer import agreeing, filing, receipt
from handlers.customer.talk import Talk
from handlers.form import Form, Intake
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, language_name, pgettext, use
from storage import known, people, tickets, words
from storage.people import Address, Agent

COMMAND: Final = "/file_ticket"
HERE: Final = "/file_for_this"
"""What the two shortcuts are heard as: the global one, and that on a message of a ticket's thread."""

WHO, WHAT = "file_who", "file_what"
STEPS = (WHO, WHAT)
MOST = 10
"""People of one name to choose from."""


def open_filing(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    """Ask for whom, and about what. In a ticket's thread, its customer is filled in."""
    found = tickets.find_by_thread(unit.tx, commanded.thread) if commanded.thread else None
    with use(agent.language):
        if not _on_desk(unit, agent):
            _whisper(unit, agent, commanded.reply_url, _strangers())
            return
        shown = reference.show(found.reference) if found and Act(unit, agent, found).may_act else ""
        unit.nows.append(OpenDialog(trigger=commanded.trigger, dialog=_who(unit, agent, shown)))


def _on_desk(unit: Unit, agent: Agent) -> bool:
    """Whether they work here: a supervisor, or somebody in a queue's channel."""
    desk = unit.office.desk
    channels = {queue.channel for queue in desk.queues.values()}
    return agent.user in desk.roles.supervisors or any(
        people.is_member(unit.tx, channel, agent.user) for channel in channels
    )


def _strangers() -> str:
    return _("Only those who work in a queue's channel can file for customers.")


def _whisper(unit: Unit, agent: Agent, reply_url: str, said: str) -> None:
    post.to_agent(unit, agent.user, Post(summary=said, lines=(lines.text(said),)), reply_url)


def _who(unit: Unit, agent: Agent, shown: str) -> Dialog:
    known_kinds = unit.office.policy.categories
    picks = tuple(Pick(key=one.key, title=one.title.in_(agent.language)) for one in known_kinds)
    only = picks[0].key if len(picks) == 1 else ""
    hint = _("Number of one of their tickets, name, phone or e-mail")
    return Dialog(
        key=WHO,
        title=_("File for a customer"),
        submit=pgettext("button", "Next"),
        cancel=pgettext("button", "Cancel"),
        lines=(lines.text(_("The request is filed for them, and they get the receipt in their chat.")),),
        inputs=(
            Input(key="customer", label=_("Customer"), hint=hint, value=shown, max_length=300),
            Input(key="category", label=_("Kind of request"), picks=picks, value=only),
        ),
    )


def submitted(unit: Unit, agent: Agent, heard: Incoming, sent: Submitted) -> None:
    with use(agent.language):
        if not _on_desk(unit, agent):
            _end(unit, _("Not sent"), lines.text(_strangers()), *_given_back(sent.values))
        elif sent.dialog == WHO:
            _go_on(unit, agent, sent.values)
        else:
            _file(unit, agent, heard, sent)


def _end(unit: Unit, title: str, *told: Line) -> None:
    summary = "".join(part.text for part in told[0] if part.kind == "text")
    answer = Post(summary=summary, lines=told)
    unit.nows.append(DialogAnswer(title=title, close=pgettext("button", "Close"), post=answer))


def _given_back(values: Values) -> tuple[Line, ...]:
    text = clean(values.get("text", ""))
    return (lines.quote(text),) if text else ()


# For whom


def _go_on(unit: Unit, agent: Agent, values: Values) -> None:
    found = _called(unit, agent, clean(values.get("customer", "")))
    if isinstance(found, str):
        unit.nows.append(DialogErrors(errors={"customer": found}))
        return
    draft = Intake(category=values.get("category", ""))
    unit.nows.append(NextDialog(dialog=_what(unit, agent, found, draft)))


def _called(unit: Unit, agent: Agent, said: str) -> list[Address] | str:
    """Everybody whom this may mean, or the sentence that says why there is nobody."""
    read = reference.read(said)
    ticket = tickets.find(unit.tx, read) if isinstance(read, str) else None
    if ticket and Act(unit, agent, ticket).may_act:
        return [people.address(unit.tx, ticket.address_id)]
    if found := known.find(unit.tx, said, MOST):
        return found
    if isinstance(read, Mistyped):
        return _("There seems to be a typing mistake in this number. Please check its digits.")
    return _("Nobody is known by this. Requests are filed only for people who have written to the bot.")


def _what(unit: Unit, agent: Agent, found: list[Address], draft: Intake) -> Dialog:
    form = Form(unit.office.policy, agent.language)
    several = len(found) > 1
    picks = tuple(Pick(key=str(one.id), title=_described(unit, one)) for one in found)
    who = (Input(key="who", label=_("Which of these"), picks=picks),) if several else ()
    told = _described(unit, found[0]) if not several else ""
    return Dialog(
        key=WHAT,
        title=_("File for a customer"),
        submit=pgettext("button", "File"),
        cancel=pgettext("button", "Cancel"),
        lines=(lines.quote(told),) if told else (),
        inputs=(*who, *asking.inputs(form, draft)),
        memo=f"{draft.category}/{' '.join(str(one.id) for one in found)}",
    )


def _described(unit: Unit, address: Address) -> str:
    """Somebody among others of the same name: their language, and the number of their last request."""
    customer = people.customer(unit.tx, address.customer_id)
    last = tickets.of_customer(unit.tx, customer.id, 1)
    numbers = [reference.show(one.reference) for one in last]
    return " · ".join(filter(None, (customer.name, language_name(customer.language), *numbers)))


# What


def _file(unit: Unit, agent: Agent, heard: Incoming, sent: Submitted) -> None:
    category, _slash, offered = sent.memo.partition("/")
    draft, form = Intake(category=category), Form(unit.office.policy, agent.language)
    if form.policy.category(category) is None:
        _end(unit, _("Not sent"), lines.text(_gone()), *_given_back(sent.values))
        return
    chosen = sent.values.get("who") or offered
    wrong = {} if chosen in offered.split() else {"who": _("Please choose one of these.")}
    wrong |= asking.fill_in(form, draft, {key: clean(value) for key, value in sent.values.items()})
    if wrong:
        unit.nows.append(DialogErrors(errors=wrong))
        return
    address = people.address(unit.tx, UUID(chosen))
    talk = Talk(unit, address, people.customer(unit.tx, address.customer_id), heard)
    ticket = _put_on_file(talk, agent, draft)
    _end(unit, _("File for a customer"), *_done(ticket, address))


def _gone() -> str:
    return _("Nothing was filed: this kind of request is not there any more.")


def _put_on_file(talk: Talk, agent: Agent, draft: Intake) -> Ticket:
    """The ticket is the customer's; the words are the agent's, and so they are kept and shown."""
    unit, by, text = talk.unit, f"agent:{agent.user}", draft.told.text
    ticket = filing.put_on_file(talk, draft, by)
    kept = words.add(unit.tx, ticket, author=by, kind="filed", text=text, at=unit.at)
    with thread.speaking(unit, ticket):
        summary = _("A new request, {reference}", reference=reference.show(ticket.reference))
        who = lines.around(_("Filed by {agent} for the customer:", agent=SLOT), Mention(user=agent.user))
    post.to_thread(unit, ticket, Post(summary=summary, lines=(who, lines.quote(text, kept.id))), "words")
    with use(talk.customer.language):
        receipt.give(talk, ticket, _("Our team has filed this request for you:") + f"\n\n{text}", kept.id)
        asked = agreeing.ask(talk, ticket)
    if asked:
        thread.tell(unit, ticket, lambda: _("The customer was asked to agree to the policy's terms."))
    return ticket


def _done(ticket: Ticket, address: Address) -> tuple[Line, ...]:
    shown = reference.show(ticket.reference)
    filed = _("Filed as {reference}. The customer gets the receipt.", reference=shown)
    if address.open:
        return (lines.text(filed),)
    blocked = _("Filed as {reference}. The customer has blocked us and gets no receipt.", reference=shown)
    return (lines.text(blocked),)
