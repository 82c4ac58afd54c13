"""Deliveries: what a customer then sees on the phone."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import Failed, Pace, Parcel, Retry, Sent
from bot.core.shown import Post
from bot.core.words import Option, Say
from bot.playground.telegram import LocalTelegram
from tests.channels.telegram_kit import Ears, listening, options, parcel, sending


async def test_words_arrive_and_the_channel_tells_when() -> None:
    moment = datetime(2026, 3, 1, 8, 30, 15, tzinfo=UTC)
    async with LocalTelegram(clock=lambda: moment) as local, listening(local, Ears()) as channel:
        customer = local.person()
        await customer.says("hi")
        sent = await channel.deliver(parcel(customer, "مرحبا"))

    assert sent == Sent((str(customer.last.id),), moment)
    assert customer.last.text == "مرحبا"


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> &lt; <script>",
        "*not bold* _not italic_ [no](http://link) `code` ~x~",
        "<!channel> <@U1> @everyone",
        "\u2068REF 4829-1372\u2069 مرحبا\u200f",
        "😀🇸🇦👩🏽‍💻",
        "%s {name} \\n + & = ?",
    ],
)
async def test_no_text_is_ever_markup(text: str) -> None:
    async with sending() as (_, channel, customer):
        outcome = await channel.deliver(parcel(customer, text))

        assert isinstance(outcome, Sent)
        assert customer.last.text == text


async def test_links_bring_no_preview() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, "see https://desk.example/status"))

        assert not customer.last.preview


async def test_what_cannot_be_carried_does_not_stop_the_rest() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="a\0b\ud800c", options=options("x\0\udfff"))))

        assert customer.last.text == "ab\ufffdc"
        assert customer.last.buttons[0][0].text == "x\ufffd"


@pytest.mark.parametrize("text", ["", "  \n ", "\0"])
async def test_nothing_to_say_is_a_failure(text: str) -> None:
    async with sending() as (local, channel, customer):
        assert await channel.deliver(parcel(customer, text)) == Failed("empty")
        assert not local.calls["sendMessage"]


async def test_a_customer_never_gets_what_is_meant_for_agents() -> None:
    async with sending() as (local, channel, customer):
        post = Parcel("row", str(customer.id), Post(summary="a note", lines=()))

        assert await channel.deliver(post) == Failed("not_for_customers")
        assert not local.calls["sendMessage"]


async def test_buttons_carry_turn_and_key() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="?", options=options("Yes", "No"), turn=12)))

        buttons = [[(one.text, one.data) for one in row] for row in customer.last.buttons]
        assert buttons == [[("Yes", "12:key-0"), ("No", "12:key-1")]]


async def test_rows_hold_scores_side_by_side_short_titles_in_pairs_and_ways_out_last() -> None:
    long, out = "A title that needs a row of its own", (Option(key="back", title="Back"),)
    skip = (Option(key="skip", title="Skip"),)
    async with sending() as (_, channel, customer):
        for offered in (
            out + options("1", "2", "3", "4", "5"),
            options("One", "Two", long, "Three") + out + skip,
        ):
            await channel.deliver(parcel(customer, Say(text="?", options=offered), key=offered[0].key))

        rows = [[[one.text for one in row] for row in message.buttons] for message in customer.chat[1:]]
        assert rows == [
            [["1", "2", "3", "4", "5"], ["Back"]],
            [["One", "Two"], [long], ["Three"], ["Back", "Skip"]],
        ]


async def test_details_of_options_stand_in_the_text() -> None:
    offered = (Option(key="p1", title="Urgent", detail="nothing works"), Option(key="p2", title="Normal"))
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="How serious?", options=offered)))

        assert customer.last.text == "How serious?\n\nUrgent — nothing works"


async def test_the_longest_button_fits_and_a_longer_one_is_refused_at_once() -> None:
    key = "k" * 48
    async with sending() as (local, channel, customer):
        fits = Say(text="?", options=(Option(key=key, title="x"),), turn=10**14)
        too_long = fits.model_copy(update={"turn": 10**15})

        assert isinstance(await channel.deliver(parcel(customer, fits, key="1")), Sent)
        assert await channel.deliver(parcel(customer, too_long, key="2")) == Failed("button_too_long")
        assert local.calls["sendMessage"] == 1


async def test_a_quoted_message_may_be_gone() -> None:
    async with sending() as (_, channel, customer):
        words = await customer.says("my words")
        await channel.deliver(parcel(customer, Say(text="about that", reply_to=str(words.id)), key="1"))
        await channel.deliver(parcel(customer, Say(text="about what?", reply_to="999999"), key="2"))
        await channel.deliver(parcel(customer, Say(text="of elsewhere", reply_to="wamid.x"), key="3"))

        assert [one.reply_to for one in customer.chat[-3:]] == [words.id, None, None]


async def test_a_long_text_comes_in_parts_with_the_buttons_on_the_last() -> None:
    text = "\n\n".join(f"Paragraph {number}: " + "слово " * 200 for number in range(8))
    async with sending() as (_, channel, customer):
        words = await customer.says("question")
        say = Say(text=text, options=options("Thanks"), reply_to=str(words.id))
        sent = await channel.deliver(parcel(customer, say))

        shown = customer.chat[2:]
        assert isinstance(sent, Sent)
        assert sent.ids == tuple(str(one.id) for one in shown)
        assert " ".join(one.text for one in shown).split() == text.split()
        assert [bool(one.buttons) for one in shown] == [False] * (len(shown) - 1) + [True]
        assert [one.reply_to for one in shown] == [words.id] + [None] * (len(shown) - 1)


async def test_parts_that_were_sent_are_not_sent_again() -> None:
    delivered_text = "\n\n".join("part" + str(number) * 3000 for number in range(3))
    async with sending() as (local, channel, customer):
        delivery = parcel(customer, delivered_text)
        local.rates.enforce(chat_burst=2)
        assert isinstance(await channel.deliver(delivery), Retry)
        assert isinstance(await channel.deliver(delivery), Retry)
        local.rates.lift()
        sent = await channel.deliver(delivery)

        shown = customer.chat[1:]
        assert isinstance(sent, Sent)
        assert [one.text[:5] for one in shown] == ["part0", "part1", "part2"]
        assert sent.ids == tuple(str(one.id) for one in shown)


async def test_the_same_words_under_another_key_are_another_message() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, "again", key="1"))
        await channel.deliver(parcel(customer, "again", key="2"))

        assert [one.text for one in customer.chat[1:]] == ["again", "again"]


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cc"]), max_size=12_000))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
async def test_whatever_is_said_telegram_takes_it(text: str) -> None:
    async with sending() as (_, channel, customer):
        outcome = await channel.deliver(parcel(customer, "A" + text))

        assert isinstance(outcome, Sent)


async def test_the_contact_button_is_there_for_one_question_only() -> None:
    ask = Say(text="Your number?", contact="Share my number", options=options("Skip it", "Back"))
    async with LocalTelegram() as local, listening(local, ears := Ears()) as channel:
        customer = local.person()
        await customer.says("/start")
        await channel.deliver(parcel(customer, ask, key="1"))
        rows = [[(one.text, one.contact) for one in row] for row in customer.keyboard or []]
        assert rows == [[("Share my number", True)], [("Skip it", False), ("Back", False)]]

        assert customer.last.markup
        assert customer.last.markup["one_time_keyboard"]  # folds away by itself should we forget it

        await customer.taps("Share my number")
        await ears.have(2)
        sent = await channel.deliver(
            parcel(customer, Say(text="Send it?", options=options("Send"), folds=True), key="2")
        )

        assert customer.keyboard is None
        assert [one.text for one in customer.chat[-2:]] == ["✓", "Send it?"]
        assert customer.last.button("Send")
        assert isinstance(sent, Sent)
        assert sent.ids == (str(customer.last.id),)


async def test_plain_words_take_the_contact_button_away_themselves() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="Your number?", contact="Share"), key="1"))
        await customer.says("+966500000000")
        await channel.deliver(parcel(customer, Say(text="Thank you", folds=True), key="2"))
        await channel.deliver(parcel(customer, "Anything else?", key="3"))

        assert customer.keyboard is None
        assert [one.text for one in customer.chat[-2:]] == ["Thank you", "Anything else?"]
        assert [bool(one.markup) for one in customer.chat[-2:]] == [True, False]  # the last can be edited


async def test_paces_name_the_account_and_the_chat_without_telling_who_it_is() -> None:
    async with sending() as (local, channel, customer):
        account, chat = channel.paces(parcel(customer, "x"))
        other = channel.paces(Parcel("2", "999", Say(text="x")))[1]

    scope = f"telegram:{local.token.partition(':')[0]}"
    assert account == Pace(scope, 1 / 30, 30)
    assert chat.scope.startswith(f"{scope}:chat:")
    assert str(customer.id) not in chat.scope
    assert other.scope != chat.scope
    assert (chat.every, chat.burst) == (1.0, 3)


async def test_paces_can_be_lifted() -> None:
    async with sending(account_pace=None, chat_pace=None) as (_, channel, customer):
        assert channel.paces(parcel(customer, "x")) == ()


async def test_telegram_cannot_tell_whether_something_was_sent() -> None:
    async with sending() as (_, channel, customer):
        assert await channel.found(parcel(customer, "x")) is None
