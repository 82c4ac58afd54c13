"""What the thread of a ticket is told, in its queue's language."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core.heard import Attachment
from bot.core.shown import Line, Mention, Part, Post
from bot.core.ticket import Ticket
from handlers import lines, post, states
from handlers.unit import Unit
from locales import _, use
from storage import tickets
from storage.words import Words


@contextmanager
def speaking(unit: Unit, ticket: Ticket) -> Iterator[None]:
    """Speak the language of the ticket's queue."""
    with use(unit.office.queue(ticket.queue).language):
        yield


def tell(unit: Unit, ticket: Ticket, sentence: Callable[[], str], purpose: str = "news") -> None:
    """One sentence of our own, made inside the queue's language."""
    with speaking(unit, ticket):
        said = sentence()
    post.to_thread(unit, ticket, Post(summary=said, lines=(lines.text(said),)), purpose)


def summary(ticket: Ticket) -> str:
    """The notification of a post about a ticket: it holds nobody's words."""
    return _(
        "Ticket {reference}: {state}",
        reference=reference.show(ticket.reference),
        state=states.for_agent(ticket),
    )


def announce(
    unit: Unit,
    ticket: Ticket,
    agent: str,
    sentences: Callable[[], tuple[str, ...]],
    text: str = "",
    *,
    other: Part | None = None,
    said: UUID | None = None,
    purpose: str = "news",
) -> Post:
    """Who did what: the first sentence has a SLOT for the agent, and `text` are their words. Tells the post.

    Where it has OTHER, `other` stands; `said` is the id of the words.
    """
    with speaking(unit, ticket):
        (who, *rest), notification = sentences(), summary(ticket)
    told = (
        lines.around(who, Mention(user=agent), other),
        *map(lines.text, rest),
        *([lines.quote(text, said)] if text else []),
    )
    announced = Post(summary=notification, lines=told)
    post.to_thread(unit, ticket, announced, purpose)
    return announced


def begin_again(unit: Unit, ticket: Ticket) -> None:
    """The card is gone, and its thread perhaps too: the ticket gets new ones."""
    tickets.lose_thread(unit.tx, ticket.id)
    post.show_card(unit, ticket)
    tell(unit, ticket, _gone)


def _gone() -> str:
    return _(
        "The card of this ticket was gone, so it is here again."
        " What was written before stays in the earlier thread."
    )


def customer_wrote(
    unit: Unit,
    ticket: Ticket,
    text: str,
    files: tuple[Attachment, ...],
    said: Sequence[UUID] = (),
    *,
    not_before: datetime | None = None,
    crossed: bool = False,
) -> Post:
    """The customer's words, exactly as written; `said` are their ids, message by message. Tells the post.

    While their words before still wait to be sent, these go along in the same post.
    """
    what = wrote(unit, ticket, text, files, crossed=crossed)
    if not_before or not post.joined(unit, ticket, what, "words", said):
        post.to_thread(unit, ticket, what, "words", next(iter(said), None), said, not_before=not_before)
    return what


def wrote(
    unit: Unit, ticket: Ticket, text: str, files: tuple[Attachment, ...], *, crossed: bool = False
) -> Post:
    """The customer's words as they are posted; `crossed` by a question on its way to them."""
    with speaking(unit, ticket):
        heading = _before_the_question(text) if crossed else _now_wrote(text)
        notification = _("New words from the customer")
    told = (lines.text(heading, strong=True), *sent(unit, ticket, text, files))
    return Post(summary=notification, lines=told)


def _now_wrote(text: str) -> str:
    return _("The customer wrote:") if text else _("The customer sent:")


def _before_the_question(text: str) -> str:
    if text:
        return _("The customer wrote this before the question arrived:")
    return _("The customer sent this before the question arrived:")


def sent(unit: Unit, ticket: Ticket, text: str, files: tuple[Attachment, ...]) -> Iterator[Line]:
    """Words, and a line for each file."""
    if text:
        yield lines.quote(text)
    with speaking(unit, ticket):
        named = [states.kind_of_file(file) for file in files]
    yield from map(lines.quote, named)


def customer_edited(
    unit: Unit,
    ticket: Ticket,
    before: Words,
    after: str,
    *,
    was: Sequence[Attachment] = (),
    now: Sequence[Attachment] = (),
) -> Post:
    """Both versions, so that nobody answers what is no longer meant; `now`: the file in place of `was`."""
    with speaking(unit, ticket):
        told: tuple[Line, ...] = (
            lines.text(_("The customer changed a message. Before:"), strong=True),
            *_version(before.text, was if now else (), redacted=before.redacted),
            *_now(before.text, after, now),
            *_replaced(was, now),
        )
        notification = _("The customer changed a message")
    both = Post(summary=notification, lines=told)
    post.to_thread(unit, ticket, both, "edited", carries=(before.id,))
    return both


def _version(text: str, files: Sequence[Attachment], *, redacted: bool = False) -> Iterator[Line]:
    if redacted:
        yield lines.text(states.redacted())
    elif text or not files:
        yield lines.quote(text)
    yield from (lines.quote(states.kind_of_file(file)) for file in files)


def _now(before: str, after: str, files: Sequence[Attachment]) -> Iterator[Line]:
    if before and not after:
        yield lines.text(_("Now the words are removed."), strong=True)
    if after or files:
        yield lines.text(_("Now:"), strong=True)
        yield from _version(after, files)


def _replaced(was: Sequence[Attachment], now: Sequence[Attachment]) -> Iterator[Line]:
    if was and now:
        yield lines.text(_("The file was replaced. The earlier one stays on record."))
