"""`/ticket` and `/tickets`, and the shortcut on the messages of a ticket."""

from collections.abc import Callable

from bot.core import reference
from bot.core.heard import Commanded
from bot.core.reference import Mistyped
from bot.core.shown import Post
from bot.core.ticket import Ticket
from handlers import lines, post
from handlers.agent.act import Act
from handlers.unit import Unit
from handlers.views import finding, listing, sheet
from handlers.views.seeing import may_see
from locales import Plain, _, use
from storage import tickets
from storage.people import Agent

TICKET, TICKETS = "/ticket", "/tickets"
EXAMPLE = Plain("/ticket 4829-1372")
FINDING = Plain("/tickets find")


def asked(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    """What the command, or the shortcut of the same name, asks for."""
    subcommand, _blank, sought = commanded.text.partition(" ")
    if commanded.command == TICKETS and subcommand.lower() == "find" and sought.strip():
        finding.asked(unit, agent, commanded, sought)
    elif commanded.command == TICKETS and subcommand:
        _say(unit, agent, commanded, *usage())
    elif commanded.command == TICKETS:
        listing.asked(unit, agent, commanded)
    elif commanded.thread:
        _by_shortcut(unit, agent, commanded)
    else:
        _by_number(unit, agent, commanded)


def _by_shortcut(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    ticket = commanded.thread and tickets.find_by_thread(unit.tx, commanded.thread)
    if ticket and may_see(unit, ticket, agent.user):
        sheet.opened(_act(unit, agent, ticket, commanded))
    else:
        _say(unit, agent, commanded, lambda: _("This message belongs to no ticket that you can see."))


def _by_number(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    read = reference.read(commanded.text)
    if isinstance(read, Mistyped):
        _say(
            unit,
            agent,
            commanded,
            lambda: _("This number is mistyped: a digit is wrong, missing or too many."),
        )
    elif read is None:
        _say(
            unit,
            agent,
            commanded,
            lambda: _("Give the number of the ticket, such as {example}.", example=EXAMPLE),
        )
    else:
        _show(unit, agent, commanded, read)


def _show(unit: Unit, agent: Agent, commanded: Commanded, digits: str) -> None:
    """A ticket that somebody may not see is answered exactly as one that does not exist."""
    ticket = tickets.find(unit.tx, digits)
    if ticket and may_see(unit, ticket, agent.user):
        sheet.told(_act(unit, agent, ticket, commanded))
    else:
        shown = reference.show(digits)
        _say(
            unit,
            agent,
            commanded,
            lambda: _("There is no ticket {reference} that you can see.", reference=shown),
        )


def _act(unit: Unit, agent: Agent, ticket: Ticket, commanded: Commanded) -> Act:
    return Act(unit, agent, ticket, commanded.thread, commanded.trigger, commanded.reply_url)


def usage() -> tuple[Callable[[], str], ...]:
    """What `/tickets` takes."""
    return (
        lambda: _("{command}: what is in your hands, and what nobody has claimed.", command=Plain(TICKETS)),
        lambda: _("{command}: search by number, customer or words.", command=FINDING),
    )


def _say(unit: Unit, agent: Agent, commanded: Commanded, *sentences: Callable[[], str]) -> None:
    with use(agent.language):
        said = [sentence() for sentence in sentences]
    told = Post(summary=said[0], lines=tuple(map(lines.text, said)))
    post.to_agent(unit, agent.user, told, commanded.reply_url)
