"""A platform is away, slow, overloaded or broken: words are kept, and arrive in order when it is back."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.slack import Agent, LocalSlack
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import LocalTelegram, Person
from bot.playground.telegram.messages import Message
from tests.desk_kit import acts
from tests.kit import BILLING, SUPPORT, World, living_in, street
from tests.patience import QUICK
from tests.troubles import day, record

REPLIES = ("We are looking into it", "It was a broken cable", "It works again")
WORDS = ("It also happens on my phone", "And at my neighbour's", "Since seven o'clock")


async def claimed(world: World) -> tuple[Person, Agent, Seen]:
    """An open ticket."""
    customer, agent = world.customer("en", name="customer"), await world.agent()
    card = await world.card(await world.files(customer, day.TROUBLE))
    await agent.clicks("claim", card)
    await world.settles()
    return customer, agent, card


def anything(_message: Message) -> bool:
    return True


def about_ticket(customer: Person) -> list[str]:
    """The replies that the customer got, in order."""
    texts = [text for text in record.told(customer) if text.startswith("About your request")]
    return [text.partition("\n\n")[2] for text in texts]


def customers_words(card: Seen) -> list[str]:
    """What the customer wrote, in order; what waited together is in one post."""
    posts = [reply.text for reply in card.thread if reply.text.startswith("The customer wrote")]
    return [line for post in posts for line in post.partition("\n")[2].split("\n")]


async def test_telegram_is_away_for_a_while(either: World) -> None:
    customer, agent, card = await claimed(either)
    await either.telegram.faults.down()
    for reply, words in zip(REPLIES, WORDS, strict=True):
        await agent.writes(card, reply)
        await customer.says(words)
    await asyncio.sleep(0.3)  # some attempts
    assert about_ticket(customer) == []

    await either.telegram.faults.up()

    await record.at_rest(either, either.app.store)
    assert about_ticket(customer) == [*REPLIES]
    assert customers_words(card) == [day.TROUBLE, *WORDS]
    assert "3 messages delivered" in card.text


async def test_slack_is_away_for_a_while(either: World) -> None:
    customer = either.customer("en", name="customer")
    await either.slack.down()

    await day.Day(either, customer, either.slack.agent("U0AGENT", "agent"), day.no_breath).asks()
    for words in WORDS:
        await customer.says(words)
        await customer.sees("Added to your request")
    assert either.slack.messages(SUPPORT) == []
    await either.slack.up()

    await record.at_rest(either, either.app.store)
    (card,) = either.slack.messages(SUPPORT)
    assert customers_words(card) == [day.TROUBLE, *WORDS]
    day.each_holds(day.answers_to(customer), ["Welcome", *day.FILING.values(), *["Added to"] * 3])


async def test_a_desk_starts_while_nobody_can_be_reached(
    database_url: str,
    tmp_path: Path,
    short_pauses: None,  # noqa: ARG001 - it works by being there
) -> None:
    async with street(database_url, tmp_path) as place:
        await place.telegram.faults.down()
        await place.slack.down()
        async with living_in(place, tuning=QUICK) as here:
            customer = here.customer("en")
            await customer.says("/new")
            await asyncio.sleep(0.3)  # some attempts
            await place.telegram.faults.up()
            await place.slack.up()
            await customer.sees("What is it about?")
            await here.slack.until(lambda: here.slack.connections or None)


TELEGRAM_TROUBLES: dict[str, Callable[[LocalTelegram], object]] = {
    "500": lambda telegram: telegram.faults.fail("sendMessage", status=500, times=3),
    "502": lambda telegram: telegram.faults.fail("sendMessage", status=502, times=3),
    "cut before it was done": lambda telegram: telegram.faults.cut_before("sendMessage", times=3),
}


@pytest.mark.parametrize("trouble", TELEGRAM_TROUBLES)
async def test_telegram_fails_and_nothing_is_told_twice(desk: World, trouble: str) -> None:
    customer, agent, card = await claimed(desk)
    TELEGRAM_TROUBLES[trouble](desk.telegram)

    for reply in REPLIES:
        await agent.writes(card, reply)

    await record.at_rest(desk, desk.app.store)
    assert about_ticket(customer) == [*REPLIES]


async def test_telegram_does_not_answer_in_time(impatient: World) -> None:
    customer, agent, card = await claimed(impatient)
    impatient.telegram.faults.hang("sendMessage", 3.0)

    for reply in REPLIES:
        await agent.writes(card, reply)

    await record.at_rest(impatient, impatient.app.store)
    assert about_ticket(customer) == [*REPLIES]


async def test_telegram_is_cut_off_after_it_took_the_message(desk: World) -> None:
    """Nobody can know: this is the one window in which a customer is told twice."""
    customer, agent, card = await claimed(desk)
    desk.telegram.faults.cut_after("sendMessage")

    for reply in REPLIES:
        await agent.writes(card, reply)

    await record.at_rest(desk, desk.app.store)
    assert about_ticket(customer) == [REPLIES[0], *REPLIES]


SLACK_TROUBLES: dict[str, Callable[[LocalSlack], object]] = {
    "500": lambda slack: slack.faults.fail("chat.postMessage", status=500, times=3),
    "503": lambda slack: slack.faults.fail(
        "chat.postMessage", error="service_unavailable", status=503, times=3
    ),
    "fatal_error": lambda slack: slack.faults.fail("chat.postMessage", error="fatal_error", times=3),
    "cut before it was done": lambda slack: slack.faults.cut_before("chat.postMessage", times=3),
    "cut after it was done": lambda slack: slack.faults.cut_after("chat.postMessage", times=3),
}


@pytest.mark.parametrize("trouble", SLACK_TROUBLES)
async def test_slack_fails_and_nothing_is_shown_twice(desk: World, trouble: str) -> None:
    SLACK_TROUBLES[trouble](desk.slack)
    customer = desk.customer("en")

    await desk.files(customer, day.TROUBLE)
    for words in WORDS:
        await customer.says(words)

    await record.at_rest(desk, desk.app.store)
    (card,) = desk.slack.messages(SUPPORT)
    assert customers_words(card) == [day.TROUBLE, *WORDS]


@pytest.mark.parametrize("trouble", ["unreachable", "500", "429"])
async def test_slack_cannot_even_say_whether_it_did_it(desk: World, trouble: str) -> None:
    """While it is not known whether a post is there, it is not posted again."""
    customer, faults = desk.customer("en"), desk.slack.faults
    await desk.files(customer, day.TROUBLE)
    await record.at_rest(desk, desk.app.store)
    (card,) = desk.slack.messages(SUPPORT)
    faults.cut_after("chat.postMessage")
    match trouble:
        case "unreachable":
            faults.cut_before("conversations.replies", times=2)
        case "500":
            faults.fail("conversations.replies", status=500, times=2)
        case _:
            faults.fail("conversations.replies", retry_after=1)

    await customer.says(WORDS[0])

    await record.at_rest(desk, desk.app.store)
    assert customers_words(card) == [day.TROUBLE, WORDS[0]]


async def test_slack_does_it_and_does_not_answer_in_time(impatient: World) -> None:
    impatient.slack.faults.hang("chat.postMessage", seconds=3.0, times=2)
    customer = impatient.customer("en")

    await impatient.files(customer, day.TROUBLE)
    for words in WORDS:
        await customer.says(words)

    await record.at_rest(impatient, impatient.app.store)
    (card,) = impatient.slack.messages(SUPPORT)
    assert customers_words(card) == [day.TROUBLE, *WORDS]


async def test_a_429_of_one_chat_keeps_nobody_else_waiting(desk: World) -> None:
    held, other = desk.customer("en"), desk.customer("en")
    desk.telegram.faults.fail("sendMessage", status=429, retry_after=1, chat=held.id)

    await held.says("/help")
    await desk.telegram.until(lambda: desk.telegram.calls["sendMessage"])
    await other.says("/help")

    answer = await other.sees(anything)
    assert [message for message in held.chat if message.from_bot] == []
    assert (await held.sees(anything)).stamp > answer.stamp
    await record.at_rest(desk, desk.app.store)
    assert record.told(held) == record.told(other)


async def test_a_429_of_the_account_holds_everybody_and_loses_nobody(desk: World) -> None:
    people = [desk.customer("en") for _ in range(4)]
    desk.telegram.faults.fail("sendMessage", status=429, retry_after=1, times=2)

    for person in people[:2]:
        await person.says("/help")
    await desk.telegram.until(lambda: desk.telegram.calls["sendMessage"] == 2)
    for person in people[2:]:
        await person.says("/help")
    await asyncio.sleep(0.4)

    assert desk.telegram.calls["sendMessage"] == 2  # Telegram said wait, so nobody asked again
    await record.at_rest(desk, desk.app.store)
    assert all(record.told(person) == record.told(people[0]) for person in people)
    assert len(record.told(people[0])) == 3


async def test_a_429_of_one_slack_channel_keeps_the_other_going(desk: World) -> None:
    one, other = desk.customer("en"), desk.customer("en")
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, retry_after=1)

    await desk.files(one)
    await desk.slack.until(
        lambda: any(method == "chat.postMessage" for method, _ in desk.slack.calls) or None
    )
    await desk.tells(other, "/new", "billing", "skip", day.TROUBLE, "normal", "skip", "send")

    await desk.slack.sees(BILLING, day.TROUBLE)
    assert desk.slack.messages(SUPPORT) == []
    await record.at_rest(desk, desk.app.store)
    assert len(desk.slack.messages(SUPPORT)) == len(desk.slack.messages(BILLING)) == 1


async def test_a_429_of_card_updates_does_not_silence_the_threads(desk: World) -> None:
    customer, agent, card = await claimed(desk)
    desk.slack.faults.fail("chat.update", retry_after=1)

    await acts(agent, "release", card)
    await desk.slack.until(lambda: not desk.slack.faults.calls[0].times or None)
    for words in WORDS:
        await customer.says(words)

    await desk.slack.sees(SUPPORT, WORDS[-1])
    assert "Release" in card.choices  # the card is still to be drawn
    await record.at_rest(desk, desk.app.store)
    assert "Release" not in card.choices
    assert customers_words(card) == [day.TROUBLE, *WORDS]
