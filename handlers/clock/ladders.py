"""A promise is late: somebody above hears of it, or gets the ticket, as the policy's ladder says (CMP-3)."""

from collections.abc import Iterator

import structlog

from bot.core import facts as kinds
from bot.core import reference
from bot.core.desk import Level
from bot.core.policy.targets import Step
from bot.core.shown import Line, Mention, Part, Post, Text
from bot.core.ticket import Ticket, Verb, move, release
from bot.core.wakes import Wake
from handlers import lines, outside, post, thread
from handlers.clock import above
from handlers.lines import SLOT
from handlers.unit import DESK, Unit
from locales import _, current
from storage import people, policies, tickets

log = structlog.get_logger()


def climb(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """Time has reached a step."""
    assert wake.rung
    take(unit, ticket, wake.rung, what=wake.what, cycle=wake.cycle)


def take(unit: Unit, ticket: Ticket, step: Step, *, what: str = "", cycle: int = 0, by: str = DESK) -> Ticket:
    """Take a step of a ladder: tell its level, or give the ticket to it. The ticket as it is then.

    `what` is the target that the ladder is for: by default, that of the ladder which has the step.
    """
    target = what or _ladder_of(unit, ticket, step)
    level = unit.office.desk.levels.get(step.level)
    happened = unit.fact(
        kinds.ESCALATED, by, target=target, cycle=cycle, step=f"step {step.level}", level=step.level
    )
    tickets.record(unit.tx, ticket.id, happened)
    if level is None:
        _tell_nobody(unit, ticket, step)
    elif step.does == "assign":
        ticket = _assign(unit, ticket, step, level)
    else:
        _tell(unit, ticket, step, (), tuple(_mentions(level)), level)
    post.show_card(unit, ticket)
    return ticket


def _ladder_of(unit: Unit, ticket: Ticket, step: Step) -> str:
    ladders = policies.find(unit.tx, ticket.policy_hash).ladders
    return next((ladder.what for ladder in ladders if step in ladder.steps), "resolution")


def _assign(unit: Unit, ticket: Ticket, step: Step, level: Level) -> Ticket:
    """To the first user who is named; a group cannot hold a ticket, so it is freed for it."""
    if not level.users:
        freed = tickets.save(unit.tx, release(ticket, unit.at), unit.fact(kinds.RELEASED))
        _tell(unit, freed, step, (_nobody_holds(unit, freed),), tuple(_mentions(level)), level)
        above.tell_reassigned(unit, freed, ticket.claimer)
        return freed
    user = level.users[0]
    if ticket.claimer == user:
        _tell(unit, ticket, step, (), (Mention(user=user),), level)
        return ticket
    moved = move(ticket, Verb.ASSIGN, unit.at, claimer=user, claimed_at=unit.at)
    saved = tickets.save(unit.tx, moved, unit.fact(kinds.ASSIGNED, to=user))
    with thread.speaking(unit, saved):
        given = lines.around(_("The ticket is now in the hands of {agent}.", agent=SLOT), Mention(user=user))
    _tell(unit, saved, step, (given,), (), level)
    above.tell_reassigned(unit, saved, ticket.claimer)
    return saved


def _nobody_holds(unit: Unit, ticket: Ticket) -> Line:
    with thread.speaking(unit, ticket):
        return lines.text(_("The ticket is free to be claimed."))


def _tell(
    unit: Unit, ticket: Ticket, step: Step, more: tuple[Line, ...], mentions: tuple[Part, ...], level: Level
) -> None:
    """In the thread, and in private to those who cannot see it: they are handed the whole ticket."""
    with thread.speaking(unit, ticket):
        title = _title(unit, ticket, step)
        notification = _("Ticket {reference} was escalated to {level}", reference=_shown(ticket), level=title)
        said = (lines.text(_("Escalated to {level}.", level=title), strong=True), *more)
    _inform(unit, ticket, level, notification, said, mentions)


def tell_stopped(unit: Unit, ticket: Ticket, level: Level) -> None:
    """Those on a level hear that a conversation was stopped (EDC-11)."""
    with thread.speaking(unit, ticket):
        notification = _("The conversation of ticket {reference} was stopped", reference=_shown(ticket))
    _inform(unit, ticket, level, notification, (), tuple(_mentions(level)))


def _shown(ticket: Ticket) -> str:
    return reference.show(ticket.reference)


def _inform(
    unit: Unit,
    ticket: Ticket,
    level: Level,
    notification: str,
    said: tuple[Line, ...],
    mentions: tuple[Part, ...],
) -> None:
    """In the thread, and in private to those who cannot see it: they are handed the whole ticket."""
    with thread.speaking(unit, ticket):
        handed = above.handed(unit, ticket, notification, above.overdue(unit, ticket))
    called = ((*_apart(mentions),),) if mentions else ()
    post.to_thread(unit, ticket, Post(summary=notification, lines=(*said, *called)), above.PURPOSE)
    for user in _outside(unit, ticket, level):
        post.to_person(unit, user, handed, above.PURPOSE, ticket=ticket)
        above.hand_files(unit, ticket, user)


def _tell_nobody(unit: Unit, ticket: Ticket, step: Step) -> None:
    """A level of an earlier policy that the desk file no longer has."""
    log.warning("ladder.level_missing", level=step.level, ticket=str(ticket.id))
    thread.tell(
        unit,
        ticket,
        lambda: _(
            "This ticket should go to {level}, but the desk file names nobody there.",
            level=_title(unit, ticket, step),
        ),
        above.PURPOSE,
    )


def _title(unit: Unit, ticket: Ticket, step: Step) -> str:
    level = policies.find(unit.tx, ticket.policy_hash).level(step.level)
    return level.title.in_(current()) if level else step.level


def _outside(unit: Unit, ticket: Ticket, level: Level) -> Iterator[str]:
    """Those on a level who are not in the queue's channel, so that a mention there does not reach them."""
    grouped = (user for group in level.groups for user in people.members_of(unit.tx, group))
    on_it = dict.fromkeys((*level.users, *grouped))
    return (user for user in on_it if outside.is_outside(unit, ticket, user))


def are_handed(unit: Unit, ticket: Ticket, user: str) -> bool:
    """Whether it has come to somebody at this very moment: they are handed all that is late about it."""
    here = [fact for fact in tickets.history(unit.tx, ticket.id) if fact.at == unit.at]
    reached = {fact.data.get("level", "") for fact in here if fact.kind == kinds.ESCALATED}
    levels = [level for key, level in unit.office.desk.levels.items() if key in reached]
    return any(user in _outside(unit, ticket, level) for level in levels)


def _mentions(level: Level) -> Iterator[Mention]:
    yield from (Mention(user=user) for user in level.users)
    yield from (Mention(group=group) for group in level.groups)


def _apart(mentions: tuple[Part, ...]) -> Iterator[Part]:
    for number, mention in enumerate(mentions):
        if number:
            yield Text(text=" ")
        yield mention
