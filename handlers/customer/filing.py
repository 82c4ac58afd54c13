"""A ticket is filed: it gets its reference, its card and thread, and the customer gets a receipt."""

from collections.abc import Iterator, Sequence
from secrets import SystemRandom
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Line, Post, Quote, Text
from bot.core.ticket import Fact, Ticket
from handlers import post, states, thread
from handlers.customer import agreeing, conversation, keeping, receipt, whose
from handlers.customer.commands import FileTicket
from handlers.customer.talk import Talk
from handlers.form import Form, Intake, name
from handlers.ties import joined
from locales import _
from storage import known, policies, tickets

CUSTOMER = "customer"
_random = SystemRandom()


@conversation.does(FileTicket)
def file_ticket(talk: Talk, command: FileTicket) -> None:
    unit, draft = talk.unit, command.draft
    ticket = put_on_file(talk, draft)
    if draft.agreed:
        tickets.record(unit.tx, ticket.id, _consented(talk, draft))
    kept = keeping.note_down(talk, ticket, draft.told)
    _tell_thread(talk, ticket, draft, kept)
    receipt.give(talk, ticket)


def put_on_file(talk: Talk, draft: Intake, by: str = CUSTOMER) -> Ticket:
    """A new ticket of the person in this talk, whoever files it: the same is promised from this moment."""
    ticket = _new_ticket(talk, draft)
    tickets.add(talk.unit.tx, ticket, _filed(talk, ticket, by))
    known.remember(talk.unit.tx, talk.address.id, talk.customer.name, *_reachable(talk, ticket))
    post.show_card(talk.unit, ticket)
    return ticket


def _reachable(talk: Talk, ticket: Ticket) -> Iterator[str]:
    """The numbers and addresses that were given with it."""
    policy, asked = talk.unit.office.policy, ticket.form
    fields = (field for field in policy.fields if field.kind in {"phone", "email"})
    yield from (asked.get(f"field.{field.key}", "") for field in fields)
    yield asked.get("contact", "")


def _new_ticket(talk: Talk, draft: Intake) -> Ticket:
    unit = talk.unit
    policy = unit.office.policy
    category = policy.category(draft.category)
    assert category is not None
    return Ticket(
        id=unit.tx.new_id(),
        reference=_unused_reference(talk),
        customer_id=talk.customer.id,
        address_id=talk.address.id,
        policy_hash=policies.keep(unit.tx, policy, unit.at),
        queue=category.queue,
        category=category.key,
        priority=draft.priority if policy.priority(draft.priority) else "",
        language=talk.customer.language,
        follows=_follows(talk, draft),
        title=draft.title,
        form=_form(draft, Form(policy, talk.customer.language)),
        opened_at=unit.at,
        touched_at=unit.at,
    )


def _filed(talk: Talk, ticket: Ticket, by: str) -> Fact:
    """What decides which promises hold is on record from the first moment."""
    asked = talk.unit.office.policy.client_field
    told = {
        "language": ticket.language,
        "queue": ticket.queue,
        "category": ticket.category,
        "priority": ticket.priority,
        "client": ticket.form.get(f"field.{asked}", ""),
    }
    return talk.unit.fact("filed", by, **{name: value for name, value in told.items() if value})


def _consented(talk: Talk, draft: Intake) -> Fact:
    """Who agreed, when, and to which wording (AIG-3)."""
    fact = talk.unit.fact(kinds.CONSENTED, CUSTOMER, policy=draft.agreed)
    return fact.model_copy(update={"at": draft.agreed_at or fact.at})


def _follows(talk: Talk, draft: Intake) -> UUID | None:
    """The request that this one continues: the one that they came from, else the only one that they quote.

    One that still takes words was offered to them, and they wanted a new one.
    """
    if draft.follows:
        return UUID(draft.follows)
    found = (joined.own(talk.unit.tx, talk.customer.id, digits) for digits in reference.find(draft.told.text))
    over = [ticket.id for ticket in found if ticket and not whose.takes_words(talk, ticket)]
    return over[0] if len(over) == 1 else None


def _unused_reference(talk: Talk) -> str:
    while tickets.find(talk.unit.tx, digits := reference.new(_random)):
        continue
    return digits


def _form(draft: Intake, form: Form) -> dict[str, str]:
    """The answers by the names of their questions; category, title and description have places of theirs."""
    values = {f"field.{key}": value for key, value in draft.fields.items()}
    asked = {name(go) for go in form.questions(draft)}
    return {
        key: value for key, value in (values | {"contact": draft.contact}).items() if key in asked and value
    }


def _tell_thread(talk: Talk, ticket: Ticket, draft: Intake, kept: Sequence[UUID]) -> None:
    """The thread begins with what the customer filed, whole and as written."""
    with thread.speaking(talk.unit, ticket):
        lines: list[Line] = [(Text(text=_("The customer wrote:"), strong=True),)]
        if draft.told.text:
            lines.append((Quote(text=draft.told.text),))
        lines += [(Quote(text=states.kind_of_file(file)),) for file in draft.told.files]
        if ticket.follows:
            old = reference.show(tickets.read(talk.unit.tx, ticket.follows).reference)
            lines.append((Text(text=_("This continues {reference}.", reference=old)),))
        if draft.agreed:
            lines.append((Text(text=agreeing.agreed(draft.agreed)),))
        summary = _("A new request, {reference}", reference=reference.show(ticket.reference))
    post.to_thread(talk.unit, ticket, Post(summary=summary, lines=tuple(lines)), "words", carries=kept)
