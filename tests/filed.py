"""A ticket that was filed before a story begins: by the unit that files every one, without the questions."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.core import reference
from bot.core.heard import Incoming, Said, Sender
from bot.core.told import Part, Told
from bot.playground.telegram import Message, Person
from handlers.clock import clockwork
from handlers.customer import filing
from handlers.customer.commands import FileTicket
from handlers.customer.talk import Talk
from handlers.form import Intake
from handlers.unit import Office, Unit
from locales import use
from storage import Tx, known, people, tickets

if TYPE_CHECKING:
    from tests.kit import World


async def file(world: "World", person: Person, text: str) -> str:
    """What somebody ends up with who goes through the general policy by the shortest way; its reference.

    It costs less than half of the seven messages and their answers, and is the same: `stories/test_filed`.
    """
    message = person.wrote(text)
    heard = _heard(message, person, world.app.channels["telegram"].account)
    return await world.app.store.do(partial(_file, office=world.app.office, heard=heard, now=world.clock()))


def _heard(message: Message, person: Person, account: str) -> Incoming:
    return Incoming(
        channel="telegram",
        account=account,
        key=f"message:{person.id}:{message.id}",
        lane=str(person.id),
        order=message.id,
        at=datetime.fromtimestamp(message.raw["date"], UTC),
        sender=Sender(chat=str(person.id), name=person.name or "-", language=person.language),
        what=Said(message=str(message.id), text=message.text),
    )


def _file(tx: Tx, office: Office, heard: Incoming, now: datetime) -> str:
    unit = Unit(tx, office, heard.at, now)
    address = people.find_address(tx, heard.channel, heard.account, heard.sender.chat) or _meet(tx, heard)
    talk = Talk(unit, address, people.customer(tx, address.customer_id), heard)
    with use(talk.customer.language):
        filing.file_ticket(talk, FileTicket(_draft(heard)))
    (ticket,) = tx.happened_to
    clockwork.wind(unit)
    return reference.show(tickets.read(tx, ticket).reference)


def _meet(tx: Tx, heard: Incoming) -> people.Address:
    sender = heard.sender
    met = people.meet(tx, heard.channel, heard.account, sender.chat, sender.name, sender.language, heard.at)
    known.remember(tx, met.id, sender.name)
    return met


def _draft(heard: Incoming) -> Intake:
    assert isinstance(heard.what, Said)
    return Intake(
        category="technical",
        fields={"where": "website"},
        told=Told(parts=(Part(message=heard.what.message, text=heard.what.text),)),
        priority="normal",
        answered=("category", "field.where", "description", "priority", "contact"),
    )
