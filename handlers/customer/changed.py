"""The customer changed a message of a ticket: the thread shows both versions, and a new file arrives."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.heard import Attachment, Edited
from bot.core.text import clean
from bot.core.thanks import is_thanks
from bot.core.ticket import Ticket
from bot.core.told import newer
from handlers import thread
from handlers.clock import above
from handlers.customer import afterthoughts, amended, keeping, sharing_changed
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from handlers.ties import joined
from locales import _
from storage import files, tickets, words
from storage.files import Kept
from storage.words import Words


def edited(talk: Talk, what: Edited) -> bool:
    """What stood before stays on record, and no second ticket comes of it. False for words of no ticket."""
    about = keeping.about(talk, what.message)
    if about is None or about.ticket_id is None or about.words_id is None or about.purpose != "said":
        return False
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, about.ticket_id)
    before, after = words.find(unit.tx, ticket, about.words_id), clean(what.text)
    stood = [file for file in files.of_words(unit.tx, ticket.id, before.id) if file.replaced_by is None]
    brought = newer(what.files, [file.about for file in stood])
    changed: dict[str, str] = {}
    if after != before.text:
        changed["before"] = str(words.revise(unit.tx, ticket, before, after))
    if brought:
        changed["file"] = str(_replaced(talk, ticket, before, stood, brought))
    if changed:
        tickets.record(
            unit.tx, ticket.id, unit.fact(kinds.CUSTOMER_EDITED, CUSTOMER, words=str(before.id), **changed)
        )
        goes_on = joined.locked(unit.tx, ticket.id)
        was = [file.about for file in stood if file.state != "forgotten"]
        both = thread.customer_edited(unit, goes_on, before, after, was=was, now=brought)
        above.pass_on(unit, goes_on, both, (before.id,))
        if brought or _says_else(before.text, after):
            _follow(talk, ticket, goes_on, before, after)
    return True


def _follow(talk: Talk, ticket: Ticket, goes_on: Ticket, before: Words, after: str) -> None:
    """What they think of our help says nothing of the request, before as after."""
    if before.kind == "comment":
        talk.say(amended.noted())
    elif not sharing_changed.answered_otherwise(talk, ticket, goes_on, before.id, after):
        afterthoughts.follow(talk, goes_on, before.id, thanks=is_thanks(after))


def _says_else(before: str, after: str) -> bool:
    """Whether there are other words, and not only other blanks."""
    return bool(after) and before.split() != after.split()


def not_taken_over(talk: Talk, what: Edited) -> None:
    """A command, a pressed key in words, an answer that was given: an edit takes none of them back."""
    if clean(what.text):
        talk.say(
            _(
                "You changed an earlier message, and we cannot take that over."
                " Please send what you would like to say as a new message."
            ),
            quotes=what.message,
        )


def _replaced(
    talk: Talk, ticket: Ticket, said: Words, former: Sequence[Kept], brought: tuple[Attachment, ...]
) -> UUID:
    """The new file comes like any other; tells its id."""
    tx = talk.unit.tx
    [*_others, file] = files.attach(tx, ticket, said.id, talk.address.channel, brought, talk.unit.at)
    files.replace(tx, [one.id for one in former], file)
    keeping.refuse(talk, brought)
    return file
