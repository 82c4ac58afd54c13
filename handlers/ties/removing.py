"""Redacted words leave our store, our posts and our messages; what cannot be reached is named."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core.outcome import FILE_STAYS, Sent
from bot.core.shown import Line, Mention, Removal, Spot
from bot.core.ticket import Ticket
from handlers import files as filed
from handlers import lines, moving, post, reposting, thread, unsent
from handlers.agent import answers, retold, undoing
from handlers.agent.act import Act
from handlers.clock import above
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import Office, Unit
from handlers.unsent import OF_SEVERAL
from locales import _, ngettext
from storage import (
    Tx,
    files,
    held,
    known,
    outbox,
    people,
    policies,
    posted,
    redaction,
    search,
    tickets,
    words,
)
from storage.leases import Addressed, NotYetError, Promised, Result
from storage.outbox import ToCustomer, ToThread
from storage.redaction import REMOVAL, Shown
from storage.words import CUSTOMER, Words


def remove(act: Act, kept: Words, *, theirs: bool) -> tuple[Line, ...]:
    """Take the words away everywhere; tells what cannot be reached. `theirs`: in the customer's chat, too."""
    copies = list(_copies(act, kept))
    beyond = _remove(act, kept, theirs=theirs)
    for there, said in copies:
        _remove(there, said, theirs=False)
        announce(there)
    return beyond


def announce(act: Act) -> None:
    act.announce(lambda: (_("{agent} redacted a message of this ticket.", agent=SLOT),))


def _copies(act: Act, kept: Words) -> Iterator[tuple[Act, Words]]:
    """What a customer was told once about all their tickets of an incident is kept with each."""
    tx = act.unit.tx
    for ticket_id, words_id in words.copies(tx, act.ticket, kept) if kept.kind == OF_SEVERAL else ():
        there = act.on(tickets.lock(tx, ticket_id))
        yield there, words.find(tx, there.ticket, words_id)


def _remove(act: Act, kept: Words, *, theirs: bool) -> tuple[Line, ...]:
    unit = act.unit
    seen = redaction.shown(unit.tx, kept.id)
    waited, doubted = held.unsent(unit.tx, kept.id), answers.in_doubt(unit, kept.id)
    withdrawn = redaction.withdraw(unit.tx, kept.id, unit.now)
    if waited and waited in withdrawn:
        _stays_here(act, kept, waited, doubted=doubted)
    found = files.of_words(unit.tx, act.ticket.id, kept.id)
    redaction.empty(unit.tx, act.ticket, kept.id, unit.at)
    tickets.record(unit.tx, act.ticket.id, unit.fact(kinds.REDACTED, act.by, words=str(kept.id)))
    _promise(unit, act.ticket, kept.id, theirs=theirs)
    _tell_the_rest(unit, act.ticket, seen, withdrawn)
    for file in found:
        if file.state == "waiting":
            filed.go_on(unit, file)
    before_loss = (_before_loss(),) if doubted else ()
    return (*_out_of_reach(act, kept, seen, theirs=theirs, with_files=bool(found)), *before_loss)


def _stays_here(act: Act, kept: Words, row: UUID, *, doubted: bool) -> None:
    """The customer does not get it, whichever of their tickets it was about."""
    copies = list(answers.kept_as(act, row))
    for there, said in copies:
        unsent.stays_here(act.unit, there.ticket, said, act.by)
        if said.id == kept.id:
            undoing.undo_deed(there, said)
    retold.taken_back([copy for copy in copies if copy[1].id != kept.id], doubted=doubted)


def _tell_the_rest(
    unit: Unit, ticket: Ticket, seen: list[Shown], withdrawn: Mapping[UUID, UUID | None]
) -> None:
    """What other words went with a post that quoted these are told again: in threads, and to those above."""
    chats = _chats(unit.tx, unit.office, ticket.id)
    posts = {one.outbox_id: one.ticket_id for one in seen if one.outbox_id and one.chat in chats}
    posts.update(withdrawn)
    many = redaction.quoting_more(unit.tx, posts)
    for about in sorted({about for about in posts.values() if about}):
        there = tickets.read(unit.tx, about)
        if any(posts[row] == about for row in many):
            moving.tell_again(unit, there)
        reposting.again(unit, there, moving.whole_of(unit, there), posts)
    for about, user in redaction.privately(unit.tx, list(withdrawn), above.PURPOSE):
        above.hand_whole(unit, tickets.read(unit.tx, about), user)
    among = {said for row in withdrawn for said in redaction.carried_by(unit.tx, row)}
    for about, user in redaction.privately(unit.tx, list(withdrawn), posted.PURPOSE):
        above.hand_files(unit, tickets.read(unit.tx, about), user, among)
    right = policies.find(unit.tx, ticket.policy_hash).escalating
    if right and any(one.purpose == above.PURPOSE and one.chat in chats for one in seen):
        above.hand_to(unit, right.queue, ticket)
    handed = {one.outbox_id for one in seen if one.purpose == posted.HANDED and one.outbox_id}
    handed |= redaction.of_purpose(unit.tx, withdrawn, posted.HANDED)
    if right and handed:
        gone = {said for row in handed for said in redaction.carried_by(unit.tx, row)}
        above.hand_files_to(unit, right.queue, ticket, gone)


def _promise(unit: Unit, ticket: Ticket, words_id: UUID, *, theirs: bool) -> None:
    """Behind whatever of these words is being sent just now, in the lanes that they go by."""
    address = people.address(unit.tx, ticket.address_id)
    with post.speaking_to_customer(unit, ticket):
        instead = _("This message was withdrawn.")
    gone = Removal(words=words_id, instead=instead, theirs=theirs)
    lanes: tuple[tuple[outbox.Target, str], ...] = (
        (ToThread(ticket=ticket.id), unit.office.desk_channel),
        (ToCustomer(address=address.id), address.channel),
    )
    for target, channel in lanes:
        outbox.say(
            unit.tx,
            target,
            gone,
            channel=channel,
            purpose=REMOVAL,
            ticket_id=ticket.id,
            owner=ticket.customer_id,
            at=unit.at,
        )


def addressed(tx: Tx, office: Office, row: Promised, removal: Removal) -> Addressed | None:
    """Where the words stand, of what this row's channel can reach. Raises NotYetError while some are sent."""
    if redaction.under_way(tx, removal.words, row.channel):
        raise NotYetError(f"words {removal.words} are being sent")
    assert row.ticket_id
    chats = _chats(tx, office, row.ticket_id)
    spots = tuple(
        Spot(chat=chats[one.chat], message=one.message, theirs=one.theirs)
        for one in redaction.shown(tx, removal.words)
        if one.channel == row.channel and one.chat in chats and (removal.theirs or not one.theirs)
    )
    if not spots:
        return None
    return Addressed(spots[0].chat, removal.model_copy(update={"spots": spots}))


def _chats(tx: Tx, office: Office, ticket_id: UUID) -> dict[bytes, str]:
    """The chats that can be reached, by the hashes under which deliveries know them."""
    ticket = tickets.read(tx, ticket_id)
    address = people.address(tx, ticket.address_id)
    goes_on = joined.stays(tx, ticket)
    threads = {*tickets.channels_of(tx, ticket_id), *tickets.channels_of(tx, goes_on.id)}
    places = {*office.desk.channels(), *threads}
    ours = {tx.hash(office.desk_channel, channel): channel for channel in places}
    return ours | {tx.hash(address.channel, address.chat): address.chat}


def settled(unit: Unit, row: Promised, result: Result) -> None:
    """Where something would not go away, the thread in which the ticket goes on is told."""
    if isinstance(result, Sent) or row.ticket_id is None:
        return
    ticket = joined.locked(unit.tx, row.ticket_id)
    chat = _file_in_chat if result.why == FILE_STAYS else _in_chat
    thread.tell(unit, ticket, _in_thread if isinstance(row.target, ToThread) else chat, REMOVAL)


def _in_thread() -> str:
    return _("Not every post with the redacted words could be deleted here.")


def _file_in_chat() -> str:
    return _("The words are gone; a file that came with them cannot be taken out of the customer's chat.")


def _in_chat() -> str:
    return _("Not every message with the redacted words could be taken out of the customer's chat.")


# What cannot be reached


def _out_of_reach(
    act: Act, kept: Words, seen: list[Shown], *, theirs: bool, with_files: bool
) -> Iterator[Line]:
    yield lines.text(_("This cannot be reached from here:"), strong=True)
    if kept.author == CUSTOMER and not theirs:
        yield lines.text(_("The customer's own message in their chat."))
    elif kept.author != CUSTOMER and kept.origin:
        author = Mention(user=kept.author.removeprefix("agent:"))
        said = _("The message of {agent} in the thread: only they can delete it.", agent=SLOT)
        yield lines.around(said, author)
    chats = _chats(act.unit.tx, act.unit.office, act.ticket.id)
    if private := sum(one.chat not in chats for one in seen):
        yield lines.text(
            ngettext(
                "{n} message that handed the ticket to somebody in private.",
                "{n} messages that handed the ticket to somebody in private.",
                private,
            )
        )
    if with_files:
        yield lines.text(_("Copies of its files at the platforms."))
    if kept.author == CUSTOMER:
        yield lines.text(_("The summary that the customer saw before sending."))
    if kept.kind != "note":
        yield lines.text(_("The first words of it in earlier answers about how the request stands."))
    yield lines.text(_("Notifications that were seen, exports, and copies of the database."))


def _before_loss() -> Line:
    return lines.text(_("A message to the customer that was sent before a backup was put back."))


# Answers of the filing conversation


def remove_answer(act: Act, question: str) -> tuple[Line, ...]:
    """The title, or the answer to a question: gone from the ticket, and from its card."""
    form = {key: said for key, said in act.ticket.form.items() if key != question}
    title = "" if question == TITLE else act.ticket.title
    known.forget(act.unit.tx, act.ticket.address_id, act.ticket.form.get(question, ""))
    act.become(replace(act.ticket, title=title, form=form), kinds.REDACTED, answer=question)
    search.forget(act.unit.tx, act.ticket.id)
    search.of_ticket(act.unit.tx, act.ticket, people.customer(act.unit.tx, act.ticket.customer_id).name)
    told = (
        _("The customer's own messages in their chat, and the summary there."),
        _("Messages that handed the ticket to others."),
        _("Notifications that were seen, exports, and copies of the database."),
    )
    return (lines.text(_("This cannot be reached from here:"), strong=True), *map(lines.text, told))


TITLE = "title"
