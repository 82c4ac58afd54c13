"""`sanad ticket export`: everything that is kept of one ticket, as JSON."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import typer

from bot.commands.post import in_store
from bot.commands.tickets import found
from bot.core import reference
from bot.core.ticket import Fact, Ticket
from storage import Tx, deliveries, files, people, readings, tickets, words
from storage.words import Words

Json = dict[str, Any]

OPERATOR = "operator"


def export(number: str) -> None:
    """Print it. That it was taken away is on record, beside who read it on the desk."""
    whole = in_store(partial(_export, number=number, now=datetime.now(UTC)))
    typer.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))


def _export(tx: Tx, number: str, now: datetime) -> Json:
    ticket = found(tx, number)
    versions = words.versions_of(tx, ticket)
    readings.record(tx, ticket.id, OPERATOR, "export", now)
    return {
        "exported_at": now.isoformat(),
        "ticket": _ticket(tx, ticket),
        "facts": [_fact(fact) for fact in tickets.history(tx, ticket.id)],
        "words": [_words(one, versions.get(one.id, ())) for one in words.of_ticket(tx, ticket)],
        "files": [
            {
                "id": file.id,
                "words": file.words_id,
                "replaced_by": file.replaced_by,
                **file.about.model_dump(mode="json", exclude={"file_id", "unique"}),
            }
            for file in files.of_ticket(tx, ticket.id)
        ],
        "deliveries": deliveries.of_ticket(tx, ticket.id),
        "scores": words.scores_of(tx, ticket),
        "readings": [
            {"by": reading.by, "what": reading.what, "at": _moment(reading.at)}
            for reading in readings.of_ticket(tx, ticket.id)
        ],
    }


def _ticket(tx: Tx, ticket: Ticket) -> Json:
    """The ticket itself; how a customer is reached is none of an export's."""
    customer = people.customer(tx, ticket.customer_id)
    left_out = {"customer_id", "address_id", "reference", "id", "version"}
    kept = {name: getattr(ticket, name) for name in Ticket.__dataclass_fields__ if name not in left_out}
    told = {name: _moment(value) if isinstance(value, datetime) else value for name, value in kept.items()}
    return {"reference": reference.show(ticket.reference), "customer": customer.name, **told}


def _fact(fact: Fact) -> Json:
    """Moments in its data are spelled as everywhere here."""
    return {**fact.model_dump(mode="json"), "at": _moment(fact.at)}


def _words(one: Words, versions: Sequence[Words] = ()) -> Json:
    """What they are now, and in `before` what they were, the oldest first, as facts of edits name them."""
    about: Json = {"id": one.id, "by": one.author, "kind": one.kind, "text": one.text}
    told = {**about, "at": _moment(one.at), "redacted": one.redacted}
    return {**told, "before": [_words(version) for version in versions]} if versions else told


def _moment(at: datetime) -> str:
    return at.isoformat()
