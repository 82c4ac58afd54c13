"""What customers write pings and formats nothing; what is forged is refused politely and parks nothing."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from storage import inbox
from tests.desk_kit import a_case, bare, everything
from tests.kit import World

Json = dict[str, Any]

NASTY = (
    "<!channel> <@U0AGENT> <!subteam^S1> *bold* _it_ ~no~ `code` &lt;b&gt; :tada: <https://evil.example|bank>"
)


def objects(value: Any) -> Iterator[Json]:
    """Every object inside a JSON value."""
    if isinstance(value, str) and value[:1] in "[{":
        value = json.loads(value)
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if not isinstance(inner, str):
            yield from objects(inner)


async def test_what_a_customer_writes_is_shown_as_written_and_does_nothing(desk: World) -> None:
    case, agent = await a_case(desk, f"{NASTY} does not work at all", name=NASTY[:60]), await desk.agent()
    await case.customer.says(NASTY)
    await case.clicks(agent, "claim")
    await case.customer.edits(case.customer.chat[-2], f"{NASTY} again")
    await case.answers(agent, "resolve")
    await desk.tells(case.customer, f"No! {NASTY}")
    await desk.presses_key(case.customer, "no")
    await desk.presses_key(case.customer, "solved")
    await desk.presses_key(case.customer, "1")
    await desk.tells(case.customer, NASTY)
    await case.says(agent, "Ours")
    await case.learns(agent, "kept as a note")

    assert (await case.thread()).count(NASTY) >= 3
    assert NASTY[:60].strip() in (await case.card()).text
    assert "Rating: 1 of 5" in bare((await case.card()).text)
    for sent in (*everything(desk), *(told.raw for told in agent.whispers)):
        assert "evil.example" not in sent.get("text", "")
        assert "<" not in sent.get("text", "")
        assert "*bold*" not in sent.get("text", "")
        for part in objects(sent.get("blocks", [])):
            assert part.get("type") not in {"mrkdwn", "broadcast", "link", "emoji", "usergroup"}
            if part.get("type") == "user":
                assert part["user_id"] == "U0AGENT"


async def test_an_agents_own_words_come_back_as_they_were_written(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")
    await case.opens(agent, "reply")
    await case.sends(agent, NASTY)
    await case.says(other, "*look* <here>")

    told = await case.learns(other, "kept as a note")
    assert "look <here>" in told.text  # as Slack shows it: its own marks are formatting
    assert case.reached(NASTY) == 1
    assert NASTY in await case.thread()


def forged(card: Seen, value: str, verb: str = "claim") -> Seen:
    """The card with a button that we never made."""
    title = {"type": "plain_text", "text": "Forged"}
    button = {"type": "button", "action_id": verb, "text": title, "value": value}
    return Seen({**card.raw, "blocks": [{"type": "actions", "elements": [button]}]}, card.channel)


async def nothing_is_parked(world: World) -> bool:
    await world.settles()
    waiting = await world.app.store.read(lambda tx: inbox.lanes_waiting(tx, world.clock(), 10))
    return not waiting and not await world.app.store.read(inbox.parked)


async def test_a_forged_button_is_refused_politely(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    values = ("", "1; drop table", str(uuid4()), "a/b/c", "\u200f", "x" * 1900)

    for value in values:
        await case.clicks(agent, "claim", forged(await case.card(), value))

    await desk.slack.until(lambda: len(agent.whispers) == len(values))
    await case.learns(agent, "Nothing was done: this ticket cannot be found")
    assert "Claimed" not in await case.thread()
    assert await nothing_is_parked(desk)


async def test_a_verb_that_does_not_exist_is_refused_politely(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    own = (await case.card()).action("claim")["value"]

    for verb in ("erase", "assign", "submit", "agent_language"):
        await case.clicks(agent, verb, forged(await case.card(), own, verb))

    await case.learns(agent, "This is no longer possible")
    await case.learns(agent, "does not speak that language")
    assert await nothing_is_parked(desk)


async def test_words_that_are_not_the_tickets_are_not_sent(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    own = (await case.card()).action("note")["value"]

    for words in ("", "nonsense", str(uuid4())):
        await case.clicks(agent, "send_note", forged(await case.card(), f"{own}/{words}", "send_note"))

    await desk.slack.until(lambda: len(agent.whispers) == 3)
    await case.learns(agent, "This note can no longer be sent")
    assert await nothing_is_parked(desk)


async def test_the_words_of_another_ticket_are_not_sent(desk: World) -> None:
    first, second, agent = await a_case(desk), await a_case(desk), await desk.agent()
    await first.clicks(agent, "claim")
    other = await desk.agent("U0OTHER")
    await first.says(other, "Only for the first")
    told = await first.learns(other, "kept as a note")
    _ticket, _slash, words = told.action("Send to customer")["value"].partition("/")
    await second.clicks(agent, "claim")
    own = (await second.card()).action("note")["value"]

    await second.clicks(other, "send_note", forged(await second.card(), f"{own}/{words}", "send_note"))

    await second.learns(other, "This note can no longer be sent")
    assert not second.reached("Only for the first")


def forge(agent: Agent, **changes: str) -> None:
    """Change what the agent's open dialog carries."""
    assert agent.dialog
    agent.dialog.raw.update(changes)


async def test_a_dialog_about_no_ticket_is_refused_politely(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    for memo in ("", "nonsense", str(uuid4())):
        await case.opens(agent, "reply")
        forge(agent, private_metadata=json.dumps({"memo": memo}))
        await case.sends(agent, "We are on it")
        assert agent.dialog
        assert "this ticket cannot be found" in agent.dialog.text
        await agent.dismisses()
    assert await nothing_is_parked(desk)


async def test_a_dialog_that_does_not_exist_is_refused_politely(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    for name in ("", "erase", "claim", "release"):
        await case.opens(agent, "note")
        forge(agent, callback_id=name)
        await case.sends(agent, "We are on it")
        assert agent.dialog
        assert "Nothing was sent" in agent.dialog.text
        await agent.dismisses()
    assert await nothing_is_parked(desk)


async def test_a_dialog_about_a_ticket_of_another_queue_is_refused(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    stranger = await desk.agent("U0STRANG", joins=("C0BILLING",))
    desk.slack.publish("C0SUPPORT")
    own = (await case.card()).action("note")["value"]

    await case.clicks(stranger, "note", forged(await case.card(), own, "note"))

    await case.learns(stranger, "Only members")
    assert stranger.dialog is None
