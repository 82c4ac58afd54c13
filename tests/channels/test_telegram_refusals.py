"""Every refusal of Telegram's becomes the outcome that the outbox needs."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels import Closed, Failed, Outcome, Retry, Sent
from bot.channels.telegram import Telegram
from bot.channels.telegram.floods import Floods
from bot.channels.telegram.wire import Wire
from bot.core.words import Say
from bot.playground.telegram import LocalTelegram
from tests.channels.telegram_kit import Ears, listening, parcel, sending


async def refused(**fault: Any) -> Outcome:
    async with sending() as (local, channel, customer):
        local.faults.fail("sendMessage", **fault)
        return await channel.deliver(parcel(customer, "private words"))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 500}, Retry(2.0, unsure=True)),
        ({"status": 502}, Retry(2.0, unsure=True)),
        ({"status": 504}, Retry(2.0, unsure=True)),
        ({"status": 403}, Closed("blocked")),
        ({"status": 403, "description": "Forbidden: user is deactivated"}, Closed("gone")),
        ({"status": 400, "description": "Bad Request: chat not found"}, Closed("gone")),
        ({"status": 400, "description": "Bad Request: PEER_ID_INVALID"}, Closed("gone")),
        ({"status": 400, "description": "Bad Request: message is too long"}, Failed("too_long")),
        ({"status": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}, Failed("button_data_invalid")),
    ],
)
async def test_refusals(fault: dict[str, Any], expected: Outcome) -> None:
    assert await refused(**fault) == expected


async def test_a_customer_who_blocked_the_bot_is_closed_until_they_come_back() -> None:
    async with sending() as (_, channel, customer):
        await customer.blocks()
        assert await channel.deliver(parcel(customer, "hello?")) == Closed("blocked")
        await customer.unblocks()
        assert isinstance(await channel.deliver(parcel(customer, "hello!")), Sent)


async def test_somebody_who_never_wrote_is_gone() -> None:
    async with sending() as (local, channel, _):
        assert await channel.deliver(parcel(local.person(), "hello?")) == Closed("gone")


async def test_a_refused_token_holds_the_account_and_is_reported() -> None:
    async with LocalTelegram() as local:
        channel = Telegram(f"{local.token}-wrong", api_url=local.url)
        with capture_logs() as logs:
            outcome = await channel.deliver(parcel(local.person(), "private words"))
        await channel.close()

    assert outcome == Retry(60.0, f"telegram:{channel.account}")
    assert [(log["event"], log["log_level"]) for log in logs] == [("telegram.token_refused", "error")]


async def test_an_unreachable_telegram_holds_the_account_and_nothing_was_sent() -> None:
    async with sending() as (local, channel, customer):
        await local.faults.down()
        outcome = await channel.deliver(parcel(customer, "hello"))
        await local.faults.up()

    assert outcome == Retry(2.0, f"telegram:{channel.account}")


async def test_a_cut_connection_leaves_it_open_whether_it_was_sent() -> None:
    async with sending() as (local, channel, customer):
        before = len(customer.chat)
        local.faults.cut_before("sendMessage")
        assert await channel.deliver(parcel(customer, "one")) == Retry(2.0, unsure=True)
        assert len(customer.chat) == before
        local.faults.cut_after("sendMessage")
        assert await channel.deliver(parcel(customer, "two")) == Retry(2.0, unsure=True)
        assert customer.last.text == "two"


async def test_a_silent_telegram_is_given_up_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.wire._READ", 0.1)
    async with sending() as (local, channel, customer):
        hang = local.faults.hang("sendMessage", 5)
        assert await channel.deliver(parcel(customer, "hello?")) == Retry(2.0, unsure=True)
        assert hang.struck == 1
        assert customer.last.text == "/start"


async def test_one_chats_429_holds_that_chat_only() -> None:
    async with sending() as (local, channel, customer):
        other = local.person()
        await other.says("/start")
        local.faults.fail("sendMessage", status=429, retry_after=7, chat=customer.id, times=None)
        held = await channel.deliver(parcel(customer, "slow down"))

        assert held == Retry(7.0, channel.paces(parcel(customer, ""))[1].scope)
        assert isinstance(await channel.deliver(parcel(other, "quick")), Sent)


async def test_a_429_for_chat_after_chat_holds_the_account() -> None:
    async with sending() as (local, channel, customer):
        other = local.person()
        await other.says("/start")
        local.faults.fail("sendMessage", status=429, retry_after=9, times=None)
        first = await channel.deliver(parcel(customer, "one"))
        second = await channel.deliver(parcel(other, "two"))

    account = f"telegram:{channel.account}"
    assert isinstance(first, Retry)
    assert first.scope.startswith(f"{account}:chat:")
    assert second == Retry(9.0, account)


async def test_a_message_accepted_in_between_proves_the_account_open() -> None:
    async with sending() as (local, channel, customer):
        others = [local.person() for _ in range(2)]
        for other in others:
            await other.says("/start")
        for held in (customer, others[0]):
            local.faults.fail("sendMessage", status=429, retry_after=9, chat=held.id)
        outcomes = [
            await channel.deliver(parcel(one, "x", key=str(one.id)))
            for one in (customer, others[1], others[0])
        ]

        assert outcomes[0] == Retry(9.0, channel.paces(parcel(customer, ""))[1].scope)
        assert isinstance(outcomes[1], Sent)
        assert outcomes[2] == Retry(9.0, channel.paces(parcel(others[0], ""))[1].scope)


def test_an_accepted_message_or_the_end_of_the_hold_clears_the_suspicion() -> None:
    now = 0.0
    floods = Floods(lambda: now)
    assert not floods.holds_all("a", 5)
    floods.accepted()
    assert not floods.holds_all("b", 5)
    now = 6.0
    assert not floods.holds_all("c", 5)
    assert not floods.holds_all("c", 5)
    assert floods.holds_all("d", 5)


async def test_enforced_limits_answer_as_telegram_does() -> None:
    async with sending() as (local, channel, customer):
        local.rates.enforce(chat_every=1.0, chat_burst=2)
        outcomes = [await channel.deliver(parcel(customer, "x", key=str(number))) for number in range(3)]

    assert [type(one) for one in outcomes] == [Sent, Sent, Retry]


async def test_a_proxys_answers_are_no_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [b"<html>Bad gateway</html>", b"[]", b"{}", b"[" * 100_000, b""]
    async with sending() as (_, channel, customer):
        for answer in answers:
            reading(monkeypatch, answer)
            assert await channel.deliver(parcel(customer, "hello")) == Retry(2.0, unsure=True)


async def test_what_telegram_accepted_is_sent_whatever_else_its_answer_says() -> None:
    async with sending() as (local, channel, customer):
        words = await customer.says("private words")
        words.raw["from"] = {"id": "nobody"}  # it comes back inside the answer, as the quoted message
        with capture_logs() as logs:
            outcome = await channel.deliver(parcel(customer, Say(text="an answer", reply_to=str(words.id))))

        assert outcome == Sent((str(customer.last.id),), customer.last.at.replace(microsecond=0))
        assert local.calls["sendMessage"] == 1
    assert logs == []


ACCEPTED = [
    b'{"ok":true}',
    b' { "ok" : true, "result": {"message_id": "x", "date": "y"}}',
    b'{"ok":true,"result":{"message_id":true,"date":1e400}}',
    b'{"ok":true,"result":[' + b"[" * 100_000,
    b'{"ok":true,"result":{"message_id":7,"da',
    b'{"ok":true,"result":{"message_id":7,"text":"\xff"}}',
]


@pytest.mark.parametrize("answer", ACCEPTED, ids=range(len(ACCEPTED)))
async def test_what_was_accepted_is_sent_even_without_an_id(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    async with sending(clock=lambda: moment) as (_, channel, customer):
        reading(monkeypatch, answer)

        assert await channel.deliver(parcel(customer, "hello")) == Sent((), moment)


async def test_a_date_that_cannot_be_read_leaves_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    async with sending(clock=lambda: moment) as (_, channel, customer):
        reading(monkeypatch, b'{"ok":true,"result":{"message_id":7,"date":99999999999999999}}')

        assert await channel.deliver(parcel(customer, "hello")) == Sent(("7",), moment)


async def test_an_answer_that_was_cut_off_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(_response: object) -> bytes:
        raise aiohttp.ClientPayloadError("cut")

    async with sending() as (_, channel, customer):
        monkeypatch.setattr(aiohttp.ClientResponse, "read", read)
        outcome = await channel.deliver(parcel(customer, "hello"))

        assert isinstance(outcome, Sent)
        assert outcome.ids == ()


async def test_a_long_text_goes_on_after_an_answer_that_cannot_be_read() -> None:
    async with sending() as (_, channel, customer):
        words = await customer.says("my words")
        words.raw["chat"] = "nowhere"
        say = Say(text=" ".join(["one"] * 1500), reply_to=str(words.id))
        outcome = await channel.deliver(parcel(customer, say))

        shown = [one for one in customer.chat if one.from_bot]
        assert " ".join(one.text for one in shown) == say.text
        assert isinstance(outcome, Sent)
        assert outcome.ids == tuple(str(one.id) for one in shown)


def reading(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    """Let every answer read like this."""

    async def read(_response: object) -> bytes:
        return answer

    monkeypatch.setattr(aiohttp.ClientResponse, "read", read)


async def test_neither_token_nor_words_reach_any_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with capture_logs() as logs:
        for status in (400, 401, 403, 429, 500):
            await refused(status=status)
        async with LocalTelegram() as local, listening(local, Ears()) as channel:
            await local.faults.down()
            await channel.deliver(parcel(local.person(), Say(text="private words")))

    said = str(logs) + caplog.text
    assert "local-telegram-token" not in said
    assert "private words" not in said


async def test_the_session_is_made_when_needed_and_closed_once() -> None:
    wire = Wire()
    await wire.initialize()
    await wire.shutdown()
    await wire.shutdown()
