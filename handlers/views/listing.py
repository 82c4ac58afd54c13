"""The window that `/tickets` opens: what is in one's hands first, then what nobody has claimed."""

from collections.abc import Iterator

from bot.core.heard import Acted, Commanded
from bot.core.now import OpenDialog
from bot.core.shown import Dialog, Section
from handlers import lines
from handlers.unit import Unit
from handlers.views import rows, seeing
from handlers.views.home import heading
from locales import _, pgettext, use
from storage import lists
from storage.lists import LISTS
from storage.people import Agent

SIZE = 10
SHOWN = ("mine", "unclaimed")

TURN = "list_page"


def asked(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    """The first pages of both lists."""
    _open(unit, agent, {}, trigger=commanded.trigger)


def turned(unit: Unit, agent: Agent, acted: Acted) -> None:
    """Another page of one of them; the other stays where it is."""
    which, number = rows.page_in(acted.value)
    _open(unit, agent, {**_numbers(acted.memo), which: number}, trigger=acted.trigger, view=acted.view)


def _numbers(memo: str) -> dict[str, int]:
    return dict(rows.page_in(one) for one in memo.split())


def _open(unit: Unit, agent: Agent, numbers: dict[str, int], *, trigger: str, view: str = "") -> None:
    with use(agent.language):
        window = Dialog(
            key="tickets",
            title=pgettext("window", "Tickets"),
            cancel=pgettext("button", "Close"),
            sections=tuple(_sections(unit, agent.user, numbers)),
            memo=" ".join(f"{which}/{numbers.get(which, 0)}" for which in SHOWN),
        )
    unit.nows.append(OpenDialog(trigger=trigger, dialog=window, view=view))


def _sections(unit: Unit, user: str, numbers: dict[str, int]) -> Iterator[Section]:
    queues = seeing.queues(unit, user)
    for which in SHOWN:
        number = numbers.get(which, 0)
        page = lists.page(unit.tx, LISTS[which](user, queues), number, SIZE)
        yield lines.text(heading(which, page.count), strong=True), ()
        yield from rows.sections(unit, user, page)
        yield from rows.pager(TURN, which, number, page.count, SIZE)
    if not queues:
        yield (
            lines.text(_("You are in none of the desk's channels. Whoever is in one sees its tickets here.")),
            (),
        )
