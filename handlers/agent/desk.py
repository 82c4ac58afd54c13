"""One thing that an agent did finds its ticket and its verb, or the agent's own settings."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from bot.core.heard import (
    Acted,
    Chosen,
    Commanded,
    HomeOpened,
    Incoming,
    Membership,
    PostDeleted,
    Posted,
    PostEdited,
    RoomChanged,
    Submitted,
    Thread,
    Unknown,
)
from bot.core.now import DialogAnswer
from bot.core.shown import Post
from bot.core.ticket import Ticket
from handlers import channels, lines, offers, post, thread
from handlers.agent import commands, dialogs, filing, relay, resending, sending, undoing, verbs
from handlers.agent.act import Act
from handlers.unit import Unit
from handlers.views import acts, finding, home
from locales import _, negotiate, pgettext, use
from storage import backlog, deliveries, people, tickets
from storage.leases import NotYetError
from storage.people import Agent

FIRST_GUESS = "en"
"""Where Slack's locale is no language of ours; agents choose another by `/desk language`."""


def agent_did(unit: Unit, incoming: Incoming) -> None:
    match incoming.what:
        case Acted() as acted:
            _acted(unit, _agent(unit, incoming, acted.user), acted)
        case Submitted() as sent:
            _submitted(unit, _agent(unit, incoming, sent.user), incoming, sent)
        case Chosen() as chosen:
            _chosen(unit, _agent(unit, incoming, chosen.user), chosen)
        case (Posted() | PostEdited()) as written if written.thread:
            _in_thread(unit, incoming, written, written.thread)
        case PostDeleted() as deleted if deleted.thread:
            _deleted(unit, incoming, deleted, deleted.thread)
        case Commanded() as commanded:
            _commanded(unit, _agent(unit, incoming, commanded.user), commanded)
        case (Membership() | RoomChanged()) as change:
            _in_channel(unit, change)
        case HomeOpened(user=user):
            home.opened(unit, _agent(unit, incoming, user))
        case Posted() | PostEdited() | PostDeleted() | Unknown():
            """Nothing of a ticket's: talk beside the threads stays what it is."""
        case _from_a_customer:
            raise ValueError(f"{incoming.channel} heard a {incoming.what.kind} from an agent")


def _agent(unit: Unit, incoming: Incoming, user: str) -> Agent:
    """Who did it, in the language that they chose, else in that of their Slack as soon as it is known."""
    guess = negotiate(incoming.sender.language)
    agent = people.agent(unit.tx, user, guess or FIRST_GUESS, unit.at)
    if guess and guess != agent.language and not agent.language_chosen:
        people.choose_agent_language(unit.tx, user, guess, chosen=False)
        agent = replace(agent, language=guess)
    unit.office.spoken[user] = agent.language
    return agent


def _commanded(unit: Unit, agent: Agent, commanded: Commanded) -> None:
    if commanded.command in (filing.COMMAND, filing.HERE):
        filing.open_filing(unit, agent, commanded)
    else:
        commands.given(unit, agent, commanded)


def _acted(unit: Unit, agent: Agent, acted: Acted) -> None:
    """A button. What it carries was ours once, but anything may come back."""
    if acted.verb == commands.CHOOSE_LANGUAGE:
        commands.choose_language(unit, agent, acted.value, acted.reply_url)
        return
    if acted.verb in acts.OWN:
        acts.OWN[acted.verb](unit, agent, acted)
        return
    about, _slash, words = acted.value.partition("/")
    ticket_id, words_id = _known(unit, about), _id(words)
    if ticket_id is None:
        _tell_of_nothing(unit, agent, acted.reply_url)
        return
    if acted.verb == sending.UNDO:
        undoing.hold(unit, ticket_id, words_id)
    elif acted.verb == offers.SEND_AGAIN:
        resending.hold(unit, ticket_id, words_id)
    ticket = tickets.lock(unit.tx, ticket_id)
    act = Act(unit, agent, ticket, acted.thread, acted.trigger, acted.reply_url, words, acted.view)
    if acted.verb in acts.OF_A_TICKET:
        acts.show(act, acted.verb)
    elif acted.verb == relay.SEND_NOTE:
        relay.send_note(act, words_id)
    elif acted.verb == sending.UNDO:
        undoing.undo(act, words_id)
    elif acted.verb == offers.SEND_AGAIN:
        resending.send_again(act, words_id)
    else:
        verbs.do(act, acted.verb, chosen=acted.chosen)
        acts.keep_up(act)


def _submitted(unit: Unit, agent: Agent, incoming: Incoming, sent: Submitted) -> None:
    if sent.dialog in filing.STEPS:
        filing.submitted(unit, agent, incoming, sent)
        return
    if sent.dialog == finding.FIND:
        finding.submitted(unit, agent, sent)
        return
    about, _slash, memo = sent.memo.partition("/")
    ticket_id = _known(unit, about)
    if ticket_id is None:
        _answer_nothing(unit, agent)
        return
    ticket = tickets.read(unit.tx, ticket_id)
    act = Act(unit, agent, ticket, sent.thread, sent.trigger, files=sent.files)
    dialogs.hold(act, sent.dialog, sent.values)
    dialogs.submit(act, sent.dialog, memo, sent.values)


def _chosen(unit: Unit, agent: Agent, chosen: Chosen) -> None:
    ticket = _ticket(unit, chosen.memo.partition("/")[0])
    if ticket is not None:
        dialogs.choose(Act(unit, agent, ticket, chosen.thread), chosen)


def _ticket(unit: Unit, about: str) -> Ticket | None:
    ticket_id = _known(unit, about)
    return tickets.lock(unit.tx, ticket_id) if ticket_id else None


def _known(unit: Unit, about: str) -> UUID | None:
    ticket_id = _id(about)
    return ticket_id if ticket_id and tickets.exists(unit.tx, ticket_id) else None


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _tell_of_nothing(unit: Unit, agent: Agent, reply_url: str) -> None:
    with use(agent.language):
        post.to_agent(unit, agent.user, _nothing(), reply_url)


def _answer_nothing(unit: Unit, agent: Agent) -> None:
    with use(agent.language):
        close = pgettext("button", "Close")
        unit.nows.append(DialogAnswer(title=_("Not sent"), close=close, post=_nothing()))


def _nothing() -> Post:
    said = _("Nothing was done: this ticket cannot be found.")
    return Post(summary=said, lines=(lines.text(said),))


def _in_thread(unit: Unit, incoming: Incoming, what: Posted | PostEdited, place: Thread) -> None:
    ticket = _ticket_of(unit, place)
    if ticket is None:
        return
    act = Act(unit, _agent(unit, incoming, what.user), ticket, place)
    if isinstance(what, Posted):
        relay.posted(act, what)
    else:
        relay.edited(act, what)


def _deleted(unit: Unit, incoming: Incoming, deleted: PostDeleted, place: Thread) -> None:
    """A card that was deleted is posted again; an agent's words are taken back if they can be."""
    ticket = _ticket_of(unit, place)
    if ticket is None:
        return
    if deleted.ts == place.ts:
        if tickets.thread(unit.tx, ticket.id) == place:
            thread.begin_again(unit, ticket)
    elif not _is_ours(unit, deleted) and (kept := relay.written(unit, ticket, deleted)):
        author = _agent(unit, incoming, kept.author.removeprefix("agent:"))  # Slack may not say whose it was
        relay.deleted(Act(unit, author, ticket, place), kept)


def _is_ours(unit: Unit, deleted: PostDeleted) -> bool:
    return deliveries.find(unit.tx, unit.office.desk_channel, deleted.channel, deleted.ts) is not None


def _ticket_of(unit: Unit, place: Thread) -> Ticket | None:
    """The ticket that the thread belongs to. Raises NotYetError while that may be one whose card is new."""
    found = tickets.find_by_thread(unit.tx, place)
    if found is None:
        if backlog.card_under_way(unit.tx, _queues_in(unit, place.channel)):
            raise NotYetError(f"a thread in {place.channel}")
        # Another process may have written the place down between the two looks.
        found = tickets.find_by_thread(unit.tx, place)
    return tickets.lock(unit.tx, found.id) if found else None


def _queues_in(unit: Unit, channel: str) -> Collection[str]:
    """The queues whose cards may be there: in the fallback, those of all."""
    desk = unit.office.desk
    return desk.queues if channel == desk.fallback_channel else desk.queues_in(channel)


def _in_channel(unit: Unit, change: Membership | RoomChanged) -> None:
    if isinstance(change, RoomChanged):
        channels.stands(unit, change.channel, change.stands)
    else:
        _membership(unit, change)


def _membership(unit: Unit, membership: Membership) -> None:
    """Kept for the desk's own channels only; who is elsewhere is none of our business.

    Whoever joins what may have become public waits until Slack has said that it has not (`channels.peopled`).
    """
    if membership.channel not in unit.office.desk.channels():
        return
    if not membership.joined:
        people.leave(unit.tx, membership.channel, membership.user)
    elif membership.public is False or not unit.office.desk.keeps_private(membership.channel):
        people.join(unit.tx, membership.channel, membership.user)
    elif membership.public:
        channels.stands(unit, membership.channel, "public")
