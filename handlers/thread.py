"""What the thread of a ticket is told, in its queue's language."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from bot.core.heard import Attachment
from bot.core.shown import Line, Post, Quote, Text
from bot.core.ticket import Ticket
from handlers import post, states
from handlers.unit import Unit
from locales import _, use


@contextmanager
def speaking(unit: Unit, ticket: Ticket) -> Iterator[None]:
    """Speak the language of the ticket's queue."""
    with use(unit.office.desk.queues[ticket.queue].language):
        yield


def tell(unit: Unit, ticket: Ticket, sentence: Callable[[], str], purpose: str = "news") -> None:
    """One sentence of our own, made inside the queue's language."""
    with speaking(unit, ticket):
        said = sentence()
    post.to_thread(unit, ticket, Post(summary=said, lines=((Text(text=said),),)), purpose)


def customer_wrote(
    unit: Unit, ticket: Ticket, text: str, files: tuple[Attachment, ...], words_id: UUID | None = None
) -> None:
    """The customer's words, exactly as written."""
    with speaking(unit, ticket):
        heading = _("The customer wrote:") if text else _("The customer sent:")
        lines: list[Line] = [(Text(text=heading, strong=True),)]
        if text:
            lines.append((Quote(text=text),))
        lines += [(Quote(text=states.kind_of_file(file)),) for file in files]
        summary = _("New words from the customer")
    post.to_thread(unit, ticket, Post(summary=summary, lines=tuple(lines)), "words", words_id)


def customer_edited(unit: Unit, ticket: Ticket, before: str, after: str) -> None:
    """Both versions, so that nobody answers words that are no longer meant."""
    with speaking(unit, ticket):
        lines: tuple[Line, ...] = (
            (Text(text=_("The customer changed a message. Before:"), strong=True),),
            (Quote(text=before),),
            (Text(text=_("Now:"), strong=True),),
            (Quote(text=after),),
        )
        summary = _("The customer changed a message")
    post.to_thread(unit, ticket, Post(summary=summary, lines=lines), "words")
