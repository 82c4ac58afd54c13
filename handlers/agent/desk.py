"""One thing that an agent did finds its ticket, its verb, or the agent's own settings."""

from uuid import UUID

from bot.core.heard import (
    Acted,
    Commanded,
    HomeOpened,
    Incoming,
    Membership,
    PostDeleted,
    Posted,
    PostEdited,
    Submitted,
    Thread,
    Unknown,
)
from bot.core.shown import Button, Post
from bot.core.ticket import Ticket
from handlers import lines, post
from handlers.agent import dialogs, relay, verbs
from handlers.agent.act import Act
from handlers.unit import Unit
from locales import LANGUAGES, _, language_name, negotiate, use
from storage import people, tickets
from storage.people import Agent

FIRST_GUESS = "en"
"""Slack's own locales hardly ever say what an agent speaks, so they choose: `/desk language`."""


def agent_did(unit: Unit, incoming: Incoming) -> None:
    match incoming.what:
        case Acted() as acted:
            _acted(unit, incoming, acted)
        case Submitted() as sent:
            _submitted(unit, incoming, sent)
        case Posted() as posted if posted.thread:
            _in_thread(unit, incoming, posted, posted.thread)
        case PostEdited() as edited if edited.thread:
            _in_thread(unit, incoming, edited, edited.thread)
        case PostDeleted() as deleted if deleted.thread:
            _deleted(unit, deleted, deleted.thread)
        case Commanded() as commanded:
            _commanded(unit, incoming, commanded)
        case Membership() as membership:
            _membership(unit, membership)
        case Posted() | PostEdited() | PostDeleted() | HomeOpened() | Unknown():
            """Nothing of a ticket's: talk beside the threads stays what it is."""
        case _from_a_customer:
            raise ValueError(f"{incoming.channel} heard a {incoming.what.kind} from an agent")


def _agent(unit: Unit, incoming: Incoming, user: str) -> Agent:
    guess = negotiate(incoming.sender.language) or FIRST_GUESS
    agent = people.agent(unit.tx, user, guess, unit.at)
    unit.office.spoken[user] = agent.language
    return agent


def _acted(unit: Unit, incoming: Incoming, acted: Acted) -> None:
    agent = _agent(unit, incoming, acted.user)
    if acted.verb == "agent_language":
        _choose_language(unit, agent, acted.value, acted.reply_url)
        return
    ticket_id, _slash, words_id = acted.value.partition("/")
    ticket = tickets.lock(unit.tx, UUID(ticket_id))
    act = Act(unit, agent, ticket, acted.thread, acted.trigger, acted.reply_url)
    if acted.verb == "send_note":
        relay.send_note(act, UUID(words_id))
    else:
        verbs.do(act, acted.verb)


def _submitted(unit: Unit, incoming: Incoming, sent: Submitted) -> None:
    ticket = tickets.lock(unit.tx, UUID(sent.memo))
    act = Act(unit, _agent(unit, incoming, sent.user), ticket, sent.thread, sent.trigger)
    dialogs.submit(act, sent.dialog, sent.values)


def _in_thread(unit: Unit, incoming: Incoming, what: Posted | PostEdited, thread: Thread) -> None:
    ticket = _ticket_of(unit, thread)
    if ticket is None:
        return
    act = Act(unit, _agent(unit, incoming, what.user), ticket, thread)
    if isinstance(what, Posted):
        relay.posted(act, what)
    else:
        relay.edited(act, what)


def _deleted(unit: Unit, deleted: PostDeleted, thread: Thread) -> None:
    ticket = _ticket_of(unit, thread)
    if ticket is not None:
        relay.deleted(unit, ticket, f"{deleted.channel}:{deleted.ts}")


def _ticket_of(unit: Unit, thread: Thread) -> Ticket | None:
    found = tickets.find_by_thread(unit.tx, thread)
    return tickets.lock(unit.tx, found.id) if found else None


def _membership(unit: Unit, membership: Membership) -> None:
    """Kept for the desk's own channels only; who is elsewhere is none of our business."""
    if membership.channel not in unit.office.desk.channels():
        return
    change = people.join if membership.joined else people.leave
    change(unit.tx, membership.channel, membership.user)


# An agent's own language


def _commanded(unit: Unit, incoming: Incoming, commanded: Commanded) -> None:
    agent = _agent(unit, incoming, commanded.user)
    wanted = commanded.text.partition(" ")[2].strip()
    code = negotiate(wanted) if wanted else None
    if code:
        _choose_language(unit, agent, code, commanded.reply_url)
        return
    with use(agent.language):
        question = _("Which language shall the desk speak to you?")
    choices = tuple(
        Button(verb="agent_language", title=language_name(code), value=code) for code in LANGUAGES
    )
    told = Post(summary=question, lines=(lines.text(question),), buttons=choices)
    post.to_agent(unit, agent.user, told, commanded.reply_url)


def _choose_language(unit: Unit, agent: Agent, code: str, reply_url: str) -> None:
    if code not in LANGUAGES:
        return
    people.choose_agent_language(unit.tx, agent.user, code)
    unit.office.spoken[agent.user] = code
    with use(code):
        said = _("We will speak English from now on.")
    post.to_agent(unit, agent.user, Post(summary=said, lines=(lines.text(said),)), reply_url)
