"""The history of a ticket: who did what when, with the words; whoever sees the ticket may read it (CMP-9)."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Line, Mention, Section, Text
from bot.core.ticket import Fact, Ticket
from handlers import lines, states
from handlers.agent.act import Act
from handlers.clock import deadlines
from handlers.views import events, rows, sheet
from locales import _, isolated, pgettext
from storage import files as filed
from storage import moved, policies, readings, tickets, words
from storage.readings import Reading

MOST, HEAVIEST = 10, 6000
"""Events on a page, and characters of what was written with them: less than a window of Slack holds."""

READERS = 5
"""How many of the last readings are shown on the last page; `sanad ticket export` has all of them."""

ABOUT_ANOTHER = {
    kinds.MERGED: "into",
    **dict.fromkeys((kinds.ABSORBED, kinds.LINKED, kinds.UNLINKED), "ticket"),
}
"""The facts that speak of another ticket, and where they name it."""

Event = tuple[Line, ...]


def opened(act: Act) -> None:
    """One page of it, the last where none is named; that it was read is on record."""
    with act.speaking():
        pages = _pages(act)
        number = min(rows.page_in(f"/{act.detail}")[1], len(pages) - 1) if act.detail else len(pages) - 1
        known = readings.of_ticket(act.unit.tx, act.ticket.id) if number == len(pages) - 1 else []
        act.open(_window(act, pages, number, tuple(_read_by(act, known))))
    readings.record(act.unit.tx, act.ticket.id, act.by, "history", act.unit.now)


def _window(act: Act, pages: list[list[Event]], number: int, readers: tuple[Line, ...]) -> Dialog:
    about = _("Ticket {reference}", reference=reference.show(act.ticket.reference))
    around = rows.pager(sheet.HISTORY, str(act.ticket.id), number, len(pages), 1)
    back: Section = ((), (sheet.button(act.ticket),))
    told = (line for event in pages[number] for line in event)
    return Dialog(
        key=sheet.HISTORY,
        title=pgettext("window", "History"),
        cancel=pgettext("button", "Close"),
        lines=(
            lines.text(about, strong=True),
            *told,
            *readers,
        ),
        sections=(*around, back),
        memo=str(act.ticket.id),
    )


def _pages(act: Act) -> list[list[Event]]:
    """All events, the oldest first, as many on a page as it holds."""
    pages: list[list[Event]] = [[]]
    weight = 0
    for event in _events(act):
        weight += (own := sum(len(getattr(part, "text", "")) for line in event for part in line))
        if pages[-1] and (len(pages[-1]) == MOST or weight > HEAVIEST):
            pages.append([])
            weight = own
        pages[-1].append(event)
    return pages


def _events(act: Act) -> Iterator[Event]:
    """Words stand beside the first event that speaks of them, as they were then, and beside each change."""
    told: set[str] = set()
    history = _with_all_words(act)
    files, tied = _files(act, history), _tied(act, history)
    for fact, version in zip(history, _versions(history), strict=True):
        words_id = str(fact.data.get("words") or "")
        again = fact.kind == kinds.TAKEN_BACK  # with others written between, nobody would know which of them
        quoted = tuple(_words(act, version)) if again or version not in told else ()
        came_along = files.pop(words_id, []) + files.pop(str(fact.data.get("file") or ""), [])
        told.add(version)
        yield (_what(act, fact, tied), *quoted, *came_along)


def _with_all_words(act: Act) -> list[Fact]:
    """The request's words beside that it was filed; what no fact tells of as messages, each in its place."""
    history = list(tickets.history(act.unit.tx, act.ticket.id))
    later = {*kinds.CHANGING, kinds.REDACTED}
    known = {str(fact.data.get("words")) for fact in history if fact.kind not in later}
    written = {str(one.id): one for one in words.of_ticket(act.unit.tx, act.ticket)}
    order = {words_id: place for place, words_id in enumerate(written)}
    for words_id, one in written.items():
        if words_id in known:
            continue
        filed, said = history[0], {"words": words_id}
        if (one.at, one.author) == (filed.at, filed.by) and "words" not in filed.data:
            history[0] = filed.model_copy(update={"data": filed.data | said})
        else:
            message = Fact(kind=kinds.CUSTOMER_WROTE, at=one.at, by=one.author, data=said)
            history.insert(_place(history, message, order), message)
    return history


def _place(history: Sequence[Fact], message: Fact, order: Mapping[str, int]) -> int:
    """Before what happened later, or is about words that were written later."""
    mine = order[message.data["words"]]
    follows = (
        place
        for place, fact in enumerate(history)
        if place and (fact.at > message.at or order.get(str(fact.data.get("words")), -1) > mine)
    )
    return next(follows, len(history))


def _versions(history: Sequence[Fact]) -> Iterator[str]:
    """Under which id the words of each fact stand as they were then: kept by the next edit, or as now."""
    later: dict[str, str] = {}
    found: list[str] = []
    for fact in reversed(history):
        words_id = str(fact.data.get("words") or "")
        found.append(later.get(words_id, words_id))
        if fact.kind in kinds.CHANGING and "before" in fact.data:
            later[words_id] = str(fact.data["before"])
    return reversed(found)


def _what(act: Act, fact: Fact, tied: Mapping[UUID, Ticket]) -> Line:
    known = policies.find(act.unit.tx, act.ticket.policy_hash), act.unit.office.policy
    more = (part for line in events.about(fact, known) for part in (Text(text=" · "), *line))
    done = Text(text=f" · {events.label(fact)}")
    who = events.who(fact)
    return (deadlines.moment(act.unit, fact.at), Text(text=" · "), *who, done, *_other(fact, tied), *more)


def _tied(act: Act, history: Sequence[Fact]) -> Mapping[UUID, Ticket]:
    """The other tickets that it speaks of."""
    about = {UUID(fact.data[key]) for fact in history if (key := ABOUT_ANOTHER.get(fact.kind))}
    return tickets.readable_among(act.unit.tx, about)


def _other(fact: Fact, tied: Mapping[UUID, Ticket]) -> Iterator[Text]:
    """Which other ticket it was about, so that its history can be looked up, too."""
    key = ABOUT_ANOTHER.get(fact.kind)
    if key and (ticket := tied.get(UUID(fact.data[key]))):
        yield Text(text=f" · {isolated(reference.show(ticket.reference))}")


def _words(act: Act, words_id: str) -> Iterator[Line]:
    """What was written then, exactly."""
    kept = moved.find(act.unit.tx, act.ticket, UUID(words_id)) if words_id else None
    if kept is None:
        return
    if kept.redacted:
        yield lines.text(states.redacted())
    elif kept.text:
        yield lines.quote(kept.text, kept.id)


def _files(act: Act, history: Sequence[Fact]) -> dict[str, list[Line]]:
    """Files by the words that they came with; one that a later edit brought, by its own id."""
    brought = {str(fact.data["file"]) for fact in history if "file" in fact.data}
    found: dict[str, list[Line]] = {}
    for file in filed.of_ticket(act.unit.tx, act.ticket.id):
        by = str(file.id) if str(file.id) in brought else str(file.words_id)
        found.setdefault(by, []).append(lines.quote(states.kind_of_file(file.about)))
    return found


def _read_by(act: Act, known: list[Reading]) -> Iterator[Line]:
    if known:
        yield lines.text(_("Read lately by:"), strong=True)
    for reading in known[-READERS:]:
        agent = reading.by.removeprefix("agent:")
        who = (Mention(user=agent),) if agent != reading.by else lines.text(_("Operator"))
        yield (deadlines.moment(act.unit, reading.at), Text(text=" · "), *who)
