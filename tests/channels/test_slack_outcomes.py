"""Every refusal becomes an outcome, and what was sent is found again."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.channels import Closed, Failed, Outcome, Parcel, Retry, Sent
from bot.channels.slack import Limits, RefusedError, Slack
from bot.core.shown import Home, Removal, Spot, Text
from bot.core.words import Say
from bot.playground.slack import LocalSlack
from tests.channels.slack_kit import Office, a_card, a_post, office, quoting

POST = Parcel(key="p1", chat="C1", what=a_post())
CARD = Parcel(key="p2", chat="C1", what=a_card(), replaces="1700000000.000100")
HOME = Parcel(key="p3", chat="U1", what=Home(lines=((Text(text="Hello"),),)))


@pytest.mark.parametrize(
    ("parcel", "method", "scope"),
    [
        (POST, "chat.postMessage", "slack:workspace:chat.postMessage:C1"),
        (CARD, "chat.update", "slack:workspace:chat.update"),
        (HOME, "views.publish", "slack:workspace:views.publish"),
    ],
)
async def test_a_limit_holds_back_what_it_covers(parcel: Parcel, method: str, scope: str) -> None:
    async with office() as desk:
        desk.local.faults.fail(method, retry_after=7)

        assert await desk.slack.deliver(parcel) == Retry(7.0, scope)
        assert scope in {pace.scope for pace in desk.slack.paces(parcel)}


@pytest.mark.parametrize(
    ("error", "status", "outcome"),
    [
        ("internal_error", 500, Retry(1.0, unsure=True)),
        ("fatal_error", 200, Retry(1.0, unsure=True)),
        ("service_unavailable", 200, Retry(1.0)),
        ("ratelimited", 200, Retry(30.0, "slack:workspace:chat.postMessage:C1")),
        ("invalid_auth", 200, Retry(60.0, "slack:workspace")),
        ("token_revoked", 200, Retry(60.0, "slack:workspace")),
        ("missing_scope", 200, Retry(60.0, "slack:workspace")),
        ("channel_not_found", 200, Closed("gone")),
        ("is_archived", 200, Closed("archived")),
        ("not_in_channel", 200, Closed("not_in_channel")),
        ("invalid_blocks", 200, Failed("invalid_blocks")),
        ("msg_too_long", 200, Failed("msg_too_long")),
        ("something_new", 200, Failed("something_new")),
    ],
)
async def test_a_refusal_becomes_an_outcome(error: str, status: int, outcome: Outcome) -> None:
    async with office() as desk:
        desk.local.faults.fail("chat.postMessage", error=error, status=status)

        assert await desk.slack.deliver(POST) == outcome


async def test_a_card_or_thread_that_is_gone_is_told() -> None:
    async with office() as desk:
        assert await desk.slack.deliver(CARD) == Closed("card_gone")
        lost = Parcel(key="p4", chat="C1", what=a_post(), thread="1700000000.000100")
        assert await desk.slack.deliver(lost) == Closed("card_gone")


async def test_channels_that_are_shut_are_told() -> None:
    async with office() as desk:
        desk.local.channel("C2", name="public", public=True, bot=False)
        desk.local.archive("C1")

        outcomes = [
            await desk.slack.deliver(Parcel(key="x", chat=chat, what=a_post()))
            for chat in ("C1", "C2", "C404", "U404")
        ]

        assert outcomes == [Closed("archived"), Closed("not_in_channel"), Closed("gone"), Closed("gone")]


@pytest.mark.parametrize("fault", ["cut_before", "cut_after", "hang"])
async def test_silence_leaves_it_unsure(fault: str) -> None:
    async with office(patience=0.2) as desk:
        getattr(desk.local.faults, fault)("chat.postMessage")

        assert await desk.slack.deliver(POST) == Retry(1.0, unsure=True)


async def test_a_refused_connection_was_surely_not_sent() -> None:
    slack = Slack("xoxb-1", app_token="xapp-1", api_url="http://127.0.0.1:9", busy_text=str)

    assert await slack.deliver(POST) == Retry(1.0)
    await slack.close()


async def test_slack_unreachable_is_no_error() -> None:
    async with office() as desk:
        await desk.local.down()
        assert isinstance(await desk.slack.deliver(POST), Retry)
        assert isinstance(await desk.slack.found(POST), Retry)
        with pytest.raises(RefusedError, match="unreachable"):
            await desk.slack.members("C1")
        await desk.local.up()

        assert isinstance(await desk.slack.deliver(POST), Sent)


async def test_words_for_customers_are_not_for_slack() -> None:
    async with office() as desk:
        assert await desk.slack.deliver(Parcel(key="s", chat="C1", what=Say(text="x"))) == Failed(
            "not_for_agents"
        )


@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_was_sent_without_an_answer_is_found(*, in_thread: bool) -> None:
    async with office() as desk:
        thread = (await desk.card()).ts if in_thread else ""
        parcel = Parcel(key="p9", chat="C1", what=a_post(), thread=thread)
        assert await desk.slack.found(parcel) is None

        desk.local.faults.cut_after("chat.postMessage")
        await desk.slack.deliver(parcel)
        found = await desk.slack.found(parcel)

        assert isinstance(found, Sent)
        assert desk.local.message("C1", found.ids[0]).text == "Hello"


@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_was_sent_is_found_after_any_number_of_older_messages(
    *, in_thread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.sending.PAGES", 2)
    monkeypatch.setattr("bot.channels.slack.sending.PAGE", 2)
    made = datetime.now(UTC)
    now = [made.timestamp() - 86_400]
    async with office(local=LocalSlack(clock=lambda: now[0])) as desk:
        card = await desk.card()
        for number in range(9):
            await desk.agent.writes(card if in_thread else "C1", f"Older {number}")
        now[0] = made.timestamp()
        parcel = Parcel(key="p9", chat="C1", what=a_post(), thread=card.ts if in_thread else "", made=made)
        desk.local.faults.cut_after("chat.postMessage")
        await desk.slack.deliver(parcel)
        await desk.agent.writes(card if in_thread else "C1", "Newer")

        assert isinstance(await desk.slack.found(parcel), Sent)
        assert await desk.slack.found(replace(parcel, key="p10")) is None


async def test_a_post_of_several_messages_goes_on_where_it_stopped() -> None:
    async with office() as desk:
        parcel = Parcel(key="long", chat="C1", what=quoting("ب" * 20_000))
        desk.local.faults.cut_after("chat.postMessage", times=1)
        assert isinstance(await desk.slack.deliver(parcel), Retry)
        assert await desk.slack.found(parcel) is None

        assert isinstance(await desk.slack.deliver(parcel), Sent)
        texts = [message.text.replace("\n", "") for message in desk.local.messages("C1")]
        assert "".join(texts) == "ب" * 20_000


async def test_a_limit_between_two_parts_repeats_neither() -> None:
    async with office() as desk:
        parcel = Parcel(key="long", chat="C1", what=quoting("ب" * 20_000))
        await _fail_second_post(desk)
        assert isinstance(await desk.slack.deliver(parcel), Retry)

        sent = await desk.slack.deliver(parcel)

        assert isinstance(sent, Sent)
        assert sent.ids == tuple(message.ts for message in desk.local.messages("C1"))


async def _fail_second_post(desk: Office) -> None:
    desk.local.faults.fail("chat.postMessage", retry_after=1, after=1)


def test_paces_come_from_the_settings() -> None:
    lifted = Limits(post=(0.0, 100), update=(0.0, 100), workspace=(0.0, 100))
    slack = Slack("xoxb-1", app_token="xapp-1", busy_text=str, limits=lifted)

    assert {pace.every for pace in (*slack.paces(POST), *slack.paces(CARD))} == {0.0}


async def test_slack_is_asked_about_people_and_channels() -> None:
    async with office() as desk:
        for number in range(1500):
            desk.local.agent(f"U{number}0", "Somebody", channels=["C1"], locale="ru-RU")

        identity = await desk.slack.identity()

        assert identity.team == "T0LOCAL"
        assert "chat:write" in identity.scopes
        assert {"U1", "U14990", identity.user} <= set(await desk.slack.members("C1"))
        assert len(await desk.slack.members("C1")) == 1502
        assert await desk.slack.user_locale("U10") == "ru-RU"
        assert (await desk.slack.channel_info("C1"))["is_private"]
        with pytest.raises(RefusedError, match="channel_not_found"):
            await desk.slack.channel_info("C404")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ("cant_delete_message", Failed("cant_delete_message")),
        ("compliance_exports_prevent_deletion", Failed("compliance_exports_prevent_deletion")),
        ("message_not_found", None),
        ("is_archived", Closed("archived")),
    ],
)
async def test_one_post_that_stays_keeps_no_other_from_being_deleted(
    error: str, outcome: Outcome | None
) -> None:
    async with office() as desk:
        posts = [await desk.slack.deliver(replace(POST, key=f"p{number}")) for number in range(3)]
        spots = tuple(Spot(chat="C1", message=post.ids[0]) for post in posts if isinstance(post, Sent))
        desk.local.faults.fail("chat.delete", error=error)

        told = await desk.slack.deliver(Parcel(key="r", chat="C1", what=Removal(words=uuid4(), spots=spots)))
        assert told == outcome or (outcome is None and isinstance(told, Sent))
        assert [message.ts for message in desk.local.messages("C1")] == [spots[0].message]
