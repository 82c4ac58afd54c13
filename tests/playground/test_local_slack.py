"""The local Slack refuses what the real one refuses, and shows what people see."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import Agent, LocalSlack

Json = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack() as local:
        local.channel("C1", name="support")
        local.channel("C2", name="public", public=True, bot=False)
        local.channel("C3", name="secret", bot=False)
        yield local


@pytest.fixture
async def agent(slack: LocalSlack) -> Agent:
    return slack.agent("U1", "Agent One", channels=["C1"])


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, f"{slack.url}/api/", session=session, retry_handlers=[])


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(title: str = "Go", action: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(title), "action_id": action, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(*inline: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(inline)}]}


def select(value: str = "one", count: int = 1) -> Json:
    options = [{"text": plain("One"), "value": value}] * count
    return {"type": "static_select", "action_id": "menu", "options": options}


REFUSED = {
    "unknown block": {"type": "marquee"},
    "unknown element": actions({"type": "slider", "action_id": "a"}),
    "unknown inline": rich({"type": "html", "html": "<b>"}),
    "unknown property": {**rich({"type": "text", "text": "x"}), "colour": "red"},
    "empty text": rich({"type": "text", "text": ""}),
    "half a character": rich({"type": "text", "text": "\ud800"}),
    "long header": {"type": "header", "text": plain("x" * 151)},
    "mrkdwn header": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "long button": actions(button("x" * 76)),
    "long value": actions(button(value="x" * 2001)),
    "wrong style": actions(button(style="loud")),
    "no elements": actions(),
    "too many buttons": actions(*(button(action=f"a{number}") for number in range(26))),
    "same action twice": actions(button(), button()),
    "long section": {"type": "section", "text": plain("😀" * 1501)},
    "input in a message": {
        "type": "input",
        "label": plain("x"),
        "element": {"type": "plain_text_input", "action_id": "a"},
    },
    "long option": actions(select("x" * 151)),
    "menu without options": actions(select(count=0)),
    "menu with too many options": actions(select(count=101)),
    "confirm without deny": actions(
        button(confirm={"title": plain("x"), "text": plain("x"), "confirm": plain("x")})
    ),
}


@pytest.mark.parametrize("block", REFUSED.values(), ids=REFUSED)
async def test_blocks_that_slack_refuses_are_refused(client: AsyncWebClient, block: Json) -> None:
    call = client.chat_postMessage(channel="C1", text="x", blocks=[block])

    assert await refusal(call) == "invalid_blocks"


async def test_messages_have_their_limits(client: AsyncWebClient, slack: LocalSlack) -> None:
    text = {"type": "text", "text": "x" * 3000}

    assert await refusal(client.api_call("chat.postMessage", json={"channel": "C1"})) == "no_text"
    assert await refusal(client.chat_postMessage(channel="C1", text="x" * 40_001)) == "msg_too_long"
    many = client.chat_postMessage(channel="C1", text="x", blocks=[rich(text)] * 51)
    assert await refusal(many) == "invalid_blocks"
    heavy = client.chat_postMessage(channel="C1", text="x", blocks=[rich(text)] * 5)
    assert await refusal(heavy) == "msg_blocks_too_long"
    assert slack.messages("C1") == []


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C2", "not_in_channel"),
        ("C3", "channel_not_found"),
        ("C9", "channel_not_found"),
        ("U9", "channel_not_found"),
    ],
)
async def test_the_bot_writes_only_where_it_is(client: AsyncWebClient, channel: str, error: str) -> None:
    assert await refusal(client.chat_postMessage(channel=channel, text="x")) == error


async def test_tokens_are_told_apart(slack: LocalSlack) -> None:
    async with aiohttp.ClientSession() as session:
        for token, error in (
            ("", "not_authed"),
            ("xoxb-x", "invalid_auth"),
            (slack.app_token, "not_allowed_token_type"),
        ):
            stranger = AsyncWebClient(token, f"{slack.url}/api/", session=session)
            assert await refusal(stranger.auth_test()) == error


async def test_scopes_are_needed(client: AsyncWebClient) -> None:
    assert await refusal(client.reactions_add(channel="C1", name="eyes", timestamp="1.2")) == "missing_scope"
    assert await refusal(client.conversations_open(users="U1")) == "missing_scope"


async def test_only_own_messages_are_changed(client: AsyncWebClient, slack: LocalSlack, agent: Agent) -> None:
    theirs = await agent.writes("C1", "Mine")
    own = await client.chat_postMessage(channel="C1", text="one")
    await client.chat_update(channel="C1", ts=str(own["ts"]), text="two")

    assert [message.text for message in slack.messages("C1")] == ["Mine", "two"]
    assert await refusal(client.chat_update(channel="C1", ts=theirs.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel="C1", ts=theirs.ts)) == "cant_delete_message"
    assert await refusal(client.chat_update(channel="C1", ts="1.2", text="x")) == "message_not_found"
    too_long = client.chat_update(channel="C1", ts=str(own["ts"]), text="x" * 4001)
    assert await refusal(too_long) == "msg_too_long"


async def test_an_ephemeral_message_needs_a_member(
    client: AsyncWebClient, slack: LocalSlack, agent: Agent
) -> None:
    slack.agent("U2", "Agent Two")
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst")

    assert [word.text for word in agent.whispers] == ["psst"]
    assert (
        await refusal(client.chat_postEphemeral(channel="C1", user="U2", text="x")) == "user_not_in_channel"
    )


async def test_a_thread_is_paged_with_its_metadata(client: AsyncWebClient, slack: LocalSlack) -> None:
    head = str((await client.chat_postMessage(channel="C1", text="head"))["ts"])
    for number in range(5):
        metadata = {"event_type": "n", "event_payload": {"number": number}}
        await client.chat_postMessage(channel="C1", text=f"{number}", thread_ts=head, metadata=metadata)

    page = await client.conversations_replies(channel="C1", ts=head, limit=4, include_all_metadata=True)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel="C1", ts=head, limit=4, cursor=cursor)

    assert [message["text"] for message in page["messages"]] == ["head", "0", "1", "2"]
    assert page["messages"][1]["metadata"]["event_payload"] == {"number": 0}
    assert [message["text"] for message in rest["messages"]] == ["3", "4"]
    assert "metadata" not in rest["messages"][0]
    assert [message.text for message in slack.messages("C1")] == ["head"]


VIEWS = {
    "long title": {"type": "modal", "title": plain("x" * 25), "blocks": []},
    "input without submit": {
        "type": "modal",
        "title": plain("x"),
        "blocks": [
            {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "action_id": "a"}}
        ],
    },
    "long memo": {"type": "modal", "title": plain("x"), "blocks": [], "private_metadata": "x" * 3001},
    "too many blocks": {
        "type": "modal",
        "title": plain("x"),
        "blocks": [rich({"type": "text", "text": "x"})] * 101,
    },
    "a moment in milliseconds": {
        "type": "modal",
        "title": plain("x"),
        "submit": plain("x"),
        "blocks": [
            {
                "type": "input",
                "label": plain("x"),
                "element": {
                    "type": "datetimepicker",
                    "action_id": "a",
                    "initial_date_time": 1_795_000_000_000,
                },
            }
        ],
    },
    "home as dialog": {"type": "home", "blocks": []},
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
async def test_views_that_slack_refuses_are_refused(client: AsyncWebClient, view: Json) -> None:
    assert await refusal(client.views_open(trigger_id="1.2", view=view)) == "invalid_arguments"


async def test_a_trigger_is_needed(client: AsyncWebClient) -> None:
    view = {"type": "modal", "title": plain("x"), "blocks": []}

    assert await refusal(client.views_open(trigger_id="1.2", view=view)) == "invalid_trigger_id"


async def test_timestamps_rise_even_when_the_clock_stands() -> None:
    async with LocalSlack(clock=lambda: 1_700_000_000.0) as slack:
        slack.channel("C1", name="support")
        agent = slack.agent("U1", "Agent One", channels=["C1"])
        stamps = [(await agent.writes("C1", "x")).ts for _ in range(3)]

        assert stamps == sorted(set(stamps))
        assert stamps[0] == "1700000000.000000"


async def test_the_snapshot_holds_what_a_page_shows(
    client: AsyncWebClient, slack: LocalSlack, agent: Agent
) -> None:
    head = await agent.writes("C1", "Good morning")
    await client.chat_postMessage(channel="C1", text="Hello", thread_ts=head.ts)
    await client.views_publish(
        user_id="U1", view={"type": "home", "blocks": [rich({"type": "text", "text": "Home"})]}
    )
    await client.chat_postMessage(channel="U1", text="psst")

    shown = json.loads(json.dumps(slack.snapshot()))

    assert shown["revision"] == slack.revision
    channel = next(one for one in shown["channels"] if one["id"] == "C1")
    assert [one["text"] for one in channel["messages"]] == ["Good morning"]
    assert [(one["text"], one["bot"]) for one in channel["messages"][0]["replies"]] == [("Hello", True)]
    assert shown["agents"][0]["home"][0]["type"] == "rich_text"
    assert [one["text"] for one in shown["agents"][0]["direct"]] == ["psst"]
    assert shown["agents"][0]["channels"] == ["C1"]


async def test_a_page_can_wait_for_changes(slack: LocalSlack, agent: Agent) -> None:
    before = slack.revision
    waiting = asyncio.create_task(slack.changed(before))
    await asyncio.sleep(0)
    await agent.writes("C1", "x")

    assert await waiting > before
    assert await slack.changed(slack.revision, timeout=0.01) == slack.revision


async def test_what_is_not_seen_is_told_with_what_is(slack: LocalSlack, agent: Agent) -> None:
    await agent.writes("C1", "Good morning")

    with pytest.raises(TimeoutError, match="Good morning"):
        await slack.sees("C1", "Good evening", within=0.05)


async def test_people_cannot_do_what_slack_does_not_offer(slack: LocalSlack, agent: Agent) -> None:
    message = await agent.writes("C1", "x")
    stranger = slack.agent("U2", "Agent Two")

    with pytest.raises(LookupError):
        await agent.clicks("Claim", on=message)
    with pytest.raises(LookupError):
        await stranger.writes("C1", "x")
    with pytest.raises(LookupError):
        await stranger.edits(message, "y")


@pytest.mark.usefixtures("agent")
async def test_faults_hit_what_they_name(client: AsyncWebClient, slack: LocalSlack) -> None:
    slack.faults.fail("chat.postMessage", retry_after=3, channel="C1", times=2)
    await client.chat_postMessage(channel="U1", text="x")

    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1", text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "3"
    assert (await client.chat_postMessage(channel="C1", text="x"))["ok"]


async def test_a_cut_before_does_nothing_and_a_cut_after_did_it(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    slack.faults.cut_before("chat.postMessage")
    slack.faults.cut_after("chat.postMessage")
    seen = []
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel="C1", text="x")
        seen.append(len(slack.messages("C1")))

    assert seen == [0, 1]


async def test_a_socket_address_works_once(slack: LocalSlack) -> None:
    async with aiohttp.ClientSession() as session:
        opener = AsyncWebClient(slack.app_token, f"{slack.url}/api/", session=session)
        url = (await opener.apps_connections_open(app_token=slack.app_token))["url"]
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)


async def test_who_speaks_too_often_is_told_when_to_come_back(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    now = 0.0
    rates = slack.limit(lambda: now)
    slack.channel("C4", name="other")
    for _ in range(5):
        await client.chat_postMessage(channel="C1", text="hello")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="too much")
    assert caught.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C4", text="another channel has turns of its own")

    now = 1.0
    await client.chat_postMessage(channel="C1", text="hello again")
    assert await refusal(client.chat_postMessage(channel="C1", text="too much")) == "ratelimited"
    assert rates.refused == 2
