"""The Home tab: what is in an agent's hands, in nobody's, waiting and overdue, and how their queues stand."""

from collections.abc import Iterator

from bot.core.heard import Acted
from bot.core.shown import Button, Home, Line, Section
from handlers import lines, post
from handlers.clock.digest import title
from handlers.unit import Unit
from handlers.views import rows, seeing
from handlers.views.finding import FIND
from locales import _, pgettext, use
from storage import homes, lists
from storage.lists import LISTS, Standing
from storage.people import Agent

SIZE = 8
"""Rows of each list on a page: four lists of them stay under the hundred blocks that Slack takes."""

TURN, REFRESH = "home_page", "home_again"


def opened(unit: Unit, agent: Agent) -> None:
    """Somebody looks: it is drawn, and drawn again for a while whenever something of theirs changes."""
    homes.look(unit.tx, agent.user, unit.now)
    post.show_home(unit, agent.user)


def turned(unit: Unit, agent: Agent, acted: Acted) -> None:
    """Another page of one of its lists."""
    which, number = rows.page_in(acted.value)
    if which in LISTS:
        homes.turn(unit.tx, agent.user, which, number, unit.now)
    post.show_home(unit, agent.user)


def draw(unit: Unit, agent: Agent) -> Home:
    """As it is now, in the agent's own language."""
    with use(agent.language):
        queues = seeing.queues(unit, agent.user)
        told = tuple(_heading(unit, queues))
        return Home(lines=told, sections=(*_top(), *_lists(unit, agent.user, queues)))


def _top() -> tuple[Section, ...]:
    find = Button(verb=FIND, title=pgettext("button", "Search"))
    return (((), (find, Button(verb=REFRESH, title=pgettext("button", "Refresh")))),)


def _heading(unit: Unit, queues: tuple[str, ...]) -> Iterator[Line]:
    if not queues:
        yield lines.text(
            _("You are in none of the desk's channels. Whoever is in one sees its tickets here.")
        )
        return
    known = lists.standing(unit.tx, queues)
    yield from (_standing(unit, known.get(queue) or Standing(queue, 0, 0, 0)) for queue in queues)


def _standing(unit: Unit, standing: Standing) -> Line:
    return lines.text(
        _(
            "{queue} · under work: {n} · claimed by nobody: {unclaimed} · overdue: {late}",
            queue=title(unit.office, standing.queue),
            n=standing.open,
            unclaimed=standing.unclaimed,
            late=standing.late,
        )
    )


def _lists(unit: Unit, user: str, queues: tuple[str, ...]) -> Iterator[Section]:
    numbers = homes.pages(unit.tx, user)
    for which, found in LISTS.items():
        number = numbers.get(which, 0)
        page = lists.page(unit.tx, found(user, queues), number, SIZE)
        yield lines.text(heading(which, page.count), strong=True), ()
        yield from rows.sections(unit, user, page)
        yield from rows.pager(TURN, which, number, page.count, SIZE)


def heading(which: str, count: int) -> str:
    return {
        "mine": lambda: _("In your hands: {n}", n=count),
        "unclaimed": lambda: _("Claimed by nobody: {n}", n=count),
        "waiting": lambda: _("Waiting for the customer: {n}", n=count),
        "overdue": lambda: _("Overdue: {n}", n=count),
    }[which]()
