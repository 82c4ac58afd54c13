"""Where everything that was heard comes in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.heard import Incoming, Unknown
from bot.core.now import Now
from bot.core.words import Say
from handlers import post
from handlers.agent import desk
from handlers.clock import clockwork
from handlers.customer import routing
from handlers.unit import Office, Unit
from locales import _, use
from storage import Tx, people

EARLIEST, LATEST = timedelta(hours=24), timedelta(minutes=1)
"""How far before and after it was heard the platform's own moment of writing is believed."""

ABSENT = timedelta(days=30)
"""The same before, of what agents do: after an absence it is read back."""


def handle(tx: Tx, office: Office, incoming: Incoming, now: datetime) -> Sequence[Now]:
    """Everything that follows from one thing heard, in one unit; what is returned is said at once."""
    earliest = ABSENT if incoming.channel == office.desk_channel else EARLIEST
    unit = Unit(tx, office, written_at(incoming, now, earliest), now)
    if incoming.channel == office.desk_channel:
        desk.agent_did(unit, incoming)
    else:
        routing.customer_did(unit, incoming)
    clockwork.wind(unit)
    return unit.nows


def written_at(incoming: Incoming, heard_at: datetime, earliest: timedelta = EARLIEST) -> datetime:
    """When it happened: the platform's word, if it is believable."""
    believable = heard_at - earliest <= incoming.at <= heard_at + LATEST
    return incoming.at if believable else heard_at


def give_up(tx: Tx, office: Office, incoming: Incoming, now: datetime) -> Sequence[Now]:
    """After the last failed attempt: the customer is told once; an operator can have it handled again."""
    unit = Unit(tx, office, now, now)
    address = people.find_address(tx, incoming.channel, incoming.account, incoming.sender.chat)
    if address is None or incoming.channel == office.desk_channel or isinstance(incoming.what, Unknown):
        return unit.nows
    with use(people.customer(tx, address.customer_id).language):
        sorry = _("Something went wrong on our side. Your message is kept, and we will look into it.")
    post.to_customer(unit, address, Say(text=sorry), "word")
    return unit.nows
