"""The buttons that every question carries, and those that hold outside any conversation."""

from bot.core import assent, text
from bot.core.answering import names
from bot.core.flow import BACK, CANCEL, SKIP
from bot.core.ticket import CANCELLED, DECLINED, Ticket
from bot.core.words import Option
from locales import pgettext

PLACE_OF_AGAIN = 2


def back() -> Option:
    return Option(key=BACK, title=pgettext("button", "Back"))


def cancel() -> Option:
    return Option(key=CANCEL, title=pgettext("button", "Cancel"))


def skip(key: str = SKIP) -> Option:
    return Option(key=key, title=pgettext("button", "Skip"))


def menu() -> Option:
    return Option(key="menu", title=pgettext("button", "Menu"))


def ways() -> tuple[Option, ...]:
    """Round a question: back to the one before, or out."""
    return back(), cancel()


def yes(key: str = "yes") -> Option:
    return Option(key=key, title=pgettext("button", "Yes"))


def no(key: str = "no") -> Option:
    return Option(key=key, title=pgettext("button", "No"))


def solved(ticket: Ticket) -> tuple[Option, Option]:
    """Under a solution message: they name the ticket and the resolution, so that they hold at any time."""
    title = _close_it() if ticket.outcome == DECLINED else _solved()
    return Option(key=f"solved.{_resolution(ticket)}", title=title), again(ticket)


def is_solved(said: str) -> bool:
    """Whether the words are those of the first of these buttons, whatever the ticket."""
    return any(names(said, Option(key="solved", title=title)) for title in (_close_it(), _solved()))


def _close_it() -> str:
    return pgettext("button", "Close it")


def _solved() -> str:
    return pgettext("button", "Solved")


def again(ticket: Ticket) -> Option:
    """It is opened again: what was said to be solved is not, or what was given up is wanted."""
    return Option(key=f"unsolved.{_resolution(ticket)}", title=again_title(ticket))


def again_title(ticket: Ticket) -> str:
    if ticket.outcome in {DECLINED, CANCELLED}:
        return pgettext("button", "Open it again")
    return pgettext("button", "Not solved")


def says_again(said: str) -> bool:
    """Whether they type the second answer under a solution, by its place or by any name."""
    titles = {text.plain(pgettext("button", "Not solved")), text.plain(pgettext("button", "Open it again"))}
    return text.number(said) == PLACE_OF_AGAIN or text.plain(said) in titles or assent.is_unsolved(said)


def sharing(ticket: Ticket, number: int) -> tuple[Option, Option]:
    """Under the question whether a third party may be engaged, which has its number on the ticket."""
    about = f"{ticket.reference}.{number}"
    return yes(f"share.{about}"), no(f"share-not.{about}")


def _resolution(ticket: Ticket) -> str:
    return f"{ticket.reference}.{ticket.cycle}"
