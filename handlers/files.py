"""What follows from a file: it goes into its ticket's thread, or somebody hears that it will not come."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from bot.core.enclosures import LARGEST, MEBIBYTE, Bundle, Enclosure, enclose
from bot.core.heard import Attachment
from bot.core.outcome import DAMAGED
from bot.core.shown import Post
from bot.core.ticket import Ticket
from bot.core.words import Say
from handlers import lines, outside, post, states, thread
from handlers.bundles import enclosed, is_taken_off
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import Office, Unit
from locales import _
from storage import Tx, aside, awaited, files, held, outbox, people, posted, tickets, words
from storage.aside import AsideError
from storage.files import Kept
from storage.leases import Promised
from storage.words import Words

FOR_DESK = (files.DESK, files.BOTH)
FOR_CUSTOMER = (files.CUSTOMER, files.BOTH)


def arrived(tx: Tx, office: Office, file: Kept, now: datetime) -> None:
    """Its bytes are here: once all that belong together are, they are shown together."""
    unit = Unit(tx, office, now, now)
    if file.why in (awaited.LATE, awaited.NO_ROOM):
        _tell_sender(
            unit, file, lambda: (_("{agent}, this file is here now, and goes to the customer.", agent=SLOT),)
        )
    go_on(unit, file)


def late(tx: Tx, office: Office, file: Kept, now: datetime) -> None:
    """An agent's words have waited for it for so long that they should know."""
    kept = words.find(tx, tickets.read(tx, file.ticket_id), file.words_id)
    told = _no_room if file.why == awaited.NO_ROOM else partial(_late, of_message=bool(kept.origin))
    _tell_sender(Unit(tx, office, now, now), file, told)


def _tell_sender(unit: Unit, file: Kept, told: Callable[[], tuple[str, ...]]) -> None:
    """While their words wait for it; those that were taken back do not."""
    if held.unsent(unit.tx, file.words_id):
        tell_author(unit, tickets.lock(unit.tx, file.ticket_id), file.words_id, told, file.about)


def lost(tx: Tx, office: Office, file: Kept, now: datetime) -> None:
    """Its bytes will never come: both sides hear of it, and what waited for it goes on without."""
    unit = Unit(tx, office, now, now)
    ticket = tickets.lock(tx, file.ticket_id)
    if file.bound == files.DESK:
        _tell_desk(unit, ticket, file)
        _tell_customer(unit, ticket, file)
    else:
        tell_author(unit, ticket, file.words_id, lambda: (_why_not_sent(file),), file.about)
    go_on(unit, file)


def go_on(unit: Unit, file: Kept) -> None:
    """Nobody waits for it any more, whether it is here or never will be."""
    held.hasten_words(unit.tx, file.words_id)
    batch = files.of_batch(unit.tx, file.ticket_id, file.batch)
    if file.bound in FOR_DESK and not any(one.state == "waiting" for one in batch):
        show(unit, file, batch)


def show(unit: Unit, file: Kept, batch: Sequence[Kept]) -> None:
    """Post what is kept of a batch in its ticket's thread, in one post."""
    fresh = [one for one in batch if one.shown_by is None and enclosed([one]) and not is_taken_off(one)]
    if not fresh:
        return
    new = enclosed(fresh)
    ticket = joined.stays(unit.tx, tickets.read(unit.tx, file.ticket_id))
    waiting, until = held.waiting(unit.tx, file.batch, posted.PURPOSE), _held(unit, file)
    before = waiting.content.bundle.files if waiting and waiting.content.bundle else ()
    if waiting and outbox.change(unit.tx, waiting.id, Bundle(files=(*before, *new))):
        row = waiting.id
    else:
        row = post.to_thread(unit, ticket, Bundle(files=new), posted.PURPOSE, file.batch, not_before=until)
    outbox.carry(unit.tx, row, Bundle(files=new), {one.words_id for one in fresh})
    files.shown(unit.tx, [one.id for one in new], row)
    outside.pass_on(unit, ticket, [one for one in fresh if one.bound == files.DESK], until)


def _held(unit: Unit, file: Kept) -> datetime | None:
    """An album whose words still wait for its other parts is not posted before them."""
    words_row = held.waiting(unit.tx, file.batch, "words")
    return words_row.not_before if words_row else None


def still_there(tx: Tx, bundle: Bundle, row: UUID) -> Bundle | None:
    """What this row is to post in a thread: what another one posts, or was erased meanwhile, is not."""
    own = {one.id for one in files.find(tx, [file.id for file in bundle.files]) if one.shown_by == row}
    return handed(tx, Bundle(files=tuple(file for file in bundle.files if file.id in own)))


def handed(tx: Tx, bundle: Bundle) -> Bundle | None:
    """What can be handed to somebody of it: what was erased or taken off meanwhile, or never came, cannot.

    Raises AsideError: some of it is on its way, and nothing else waits for it.
    """
    found = files.find(tx, [file.id for file in bundle.files])
    if any(file.state == "waiting" for file in found):
        raise AsideError("files that are to be handed on are not here yet")
    here = enclosed([file for file in found if not is_taken_off(file)])
    return bundle.model_copy(update={"files": here}) if here else None


def not_posted(unit: Unit, ticket: Ticket, bundle: Bundle, why: str) -> None:
    """Slack did not take them: they are kept, and the thread says so."""
    with thread.speaking(unit, ticket):
        said = _why_not_posted(why)
    told = (lines.text(said), *(lines.quote(file.name) for file in bundle.files))
    post.to_thread(unit, ticket, Post(summary=said, lines=told), "news")


def _why_not_posted(why: str) -> str:
    if why == "no_right":
        return _("Files of this ticket cannot be posted here: the app has no right to upload files.")
    if why == DAMAGED:
        return _(
            "Files of this ticket could not be posted here: they can no longer be read on our server."
            " Please tell whoever looks after it."
        )
    return _("Files of this ticket could not be posted here: Slack does not take them.")


def of_words(tx: Tx, ticket: Ticket, words_id: UUID) -> tuple[Enclosure, ...]:
    """The files that are to go, or have gone, to the customer with these words."""
    found = files.of_words(tx, ticket.id, words_id)
    return tuple(enclose(one.id, one.about) for one in found if one.bound in FOR_CUSTOMER and not _over(one))


def sent_with(tx: Tx, ticket: Ticket, words_id: UUID) -> tuple[Kept, ...]:
    """The files that a customer got with these words and was not taken again."""
    found = files.of_words(tx, ticket.id, words_id)
    return tuple(one for one in found if one.bound in (*FOR_CUSTOMER, files.LEAVING) and not _over(one))


def named(unit: Unit, there: Ticket, ticket: Ticket, kept: Words) -> str:
    """An agent's words and their files by name, as the thread of the ticket `there` reads them."""
    with thread.speaking(unit, there):
        brought = [states.kind_of_file(one.about) for one in sent_with(unit.tx, ticket, kept.id)]
    return "\n".join(filter(None, (kept.text, *brought)))


def _over(file: Kept) -> bool:
    return file.state not in {"waiting", "kept"}


def ready(tx: Tx, say: Say, row: Promised) -> Say | None:
    """The words with the files that are here; None where nothing is left.

    Raises AsideError: an agent's words wait for their files, and for earlier ones that do, and nobody else.
    """
    if row.words_id is None or row.ticket_id is None:
        return say
    found = files.find(tx, [file.id for file in say.files]) if say.files else []
    if _is_behind(tx, row, row.ticket_id) or any(file.state == "waiting" for file in found):
        raise AsideError(f"the words {row.words_id} wait for a file")
    if not say.files:
        return say
    here = enclosed(found)
    said = words.find(tx, tickets.read(tx, row.ticket_id), row.words_id)
    return say.model_copy(update={"files": here}) if here or said.text else None


def _is_behind(tx: Tx, row: Promised, ticket_id: UUID) -> bool:
    """Whether earlier words wait of what goes on as the same ticket."""
    before = aside.before(tx, row)
    if not before or ticket_id in before:
        return bool(before)
    return _staying(tx, ticket_id) in {_staying(tx, each) for each in before}


def _staying(tx: Tx, ticket_id: UUID) -> UUID:
    return joined.stays(tx, tickets.read(tx, ticket_id)).id


# What is said of a file that does not come


def too_large(attachment: Attachment) -> str:
    """For the customer, at once: why it cannot be taken, and what can be done."""
    return _(
        "This is larger than {limit} MB, the most that we can receive here: {name}."
        " Please send it in smaller parts, or send a link to it.",
        name=states.named_file(attachment),
        limit=attachment.most // MEBIBYTE,
    )


def _tell_desk(unit: Unit, of: Ticket, file: Kept) -> None:
    ticket = joined.stays(unit.tx, of)
    with thread.speaking(unit, ticket):
        said = _why_not_received(file)
        told = (lines.text(said), lines.quote(states.named_file(file.about)))
    post.to_thread(unit, ticket, Post(summary=said, lines=told), "news")


def _why_not_received(file: Kept) -> str:
    if file.state == "too_large":
        return _("A file of the customer could not be received: it is too large.")
    if file.why in (files.UNREACHABLE, awaited.NO_ROOM):
        return _("A file of the customer could not be received: every attempt to fetch it failed.")
    return _("A file of the customer could not be received: it is no longer there.")


def _tell_customer(unit: Unit, ticket: Ticket, file: Kept) -> None:
    address = people.address(unit.tx, ticket.address_id)
    with post.speaking_to_customer(unit, ticket):
        text = (
            too_large(file.about)
            if file.state == "too_large"
            else _(
                "We could not receive this from you: {name}. Please send it once more.",
                name=states.named_file(file.about),
            )
        )
    post.to_customer(unit, address, Say(text=text), "word", ticket=ticket)


def tell_author(
    unit: Unit, ticket: Ticket, words_id: UUID, told: Callable[[], tuple[str, ...]], about: Attachment
) -> None:
    """The agent who sent a file hears what becomes of it, where the ticket goes on."""
    kept, there = words.find(unit.tx, ticket, words_id), joined.stays(unit.tx, ticket)
    with thread.speaking(unit, there):
        name = states.named_file(about)
    thread.announce(unit, there, kept.author.removeprefix("agent:"), told, name)


def _late(*, of_message: bool) -> tuple[str, ...]:
    waits = _(
        "{agent}, this file cannot be fetched from Slack so far; it is tried for ten minutes.", agent=SLOT
    )
    behind = _("What you write to the customer meanwhile waits for it.")
    if of_message:
        return (
            waits,
            behind,
            _("To go on without it, delete the message and write it again without the file."),
        )
    return waits, behind


def _no_room() -> tuple[str, ...]:
    return (
        _(
            "{agent}, this file has not gone to the customer so far: the disk of our server is nearly full.",
            agent=SLOT,
        ),
        _("Please tell whoever looks after it. After ten minutes your message goes without the file."),
    )


def _why_not_sent(file: Kept) -> str:
    if file.why == awaited.NO_ROOM:
        return _(
            "{agent}, this file does not reach the customer: the disk of our server is nearly full."
            " Please post it here once more when there is room.",
            agent=SLOT,
        )
    if file.state == "too_large":
        return _(
            "{agent}, this file does not reach the customer: it is larger than {limit} MB.",
            agent=SLOT,
            limit=LARGEST // MEBIBYTE,
        )
    if file.why == "empty":
        return _("{agent}, this file does not reach the customer: it is empty.", agent=SLOT)
    if file.why == "elsewhere":
        return _("{agent}, this file does not reach the customer: it is kept outside Slack.", agent=SLOT)
    return _(
        "{agent}, this file does not reach the customer: it could not be fetched from Slack.", agent=SLOT
    )
