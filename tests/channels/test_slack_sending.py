"""Cards and posts arrive whole, and nothing that a customer wrote can format, ping or link."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import Parcel, Sent
from bot.channels.slack.messages import card_blocks, post_messages
from bot.channels.slack.stamps import micros, moment
from bot.channels.slack.views import home_view
from bot.core.heard import Attachment
from bot.core.shown import Button, Card, Home, Mention, Moment, Post, Quote, Text
from bot.playground.slack import Message
from bot.playground.slack.blockkit import check_blocks, check_view, too_heavy
from tests.channels.slack_kit import Office, a_card, a_post, office, quoting

NASTY = "<!channel> <@U1> <https://x.org|y> *bold* _it_ ~no~ `code` &lt;b&gt; :fire: \u202eevil"
LONG = " ".join(f"слово{number}" for number in range(600))  # 5,289 characters


async def posted(desk: Office, post: Post, *, thread: str = "", key: str = "p1") -> list[Message]:
    outcome = await desk.slack.deliver(Parcel(key=key, chat="C1", what=post, thread=thread))
    assert isinstance(outcome, Sent)
    return [desk.local.message("C1", ts) for ts in outcome.ids]


def objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for inner in value for found in objects(inner)]
    if isinstance(value, dict):
        return [value, *(found for inner in value.values() for found in objects(inner))]
    return []


def assert_harmless(raw: dict[str, Any]) -> None:
    """Only text parts, no markup fields, and a fallback without the person's words."""
    kinds = {part.get("type") for part in objects(raw["blocks"])}
    assert not kinds & {"mrkdwn", "user", "usergroup", "broadcast", "link", "emoji"}
    assert "evil" not in raw["text"]


async def test_a_card_shows_everything() -> None:
    due = Moment(at=datetime(2026, 11, 22, 9, tzinfo=UTC), fallback="22 Nov, 09:00 UTC")
    card = a_card(
        fields=(("Status", (Text(text="new"),)), ("Due", (due,)), ("By", (Mention(user="U1"),))),
        lines=((Quote(text="My parcel is lost"),),),
        footer="General policy",
    )
    async with office() as desk:
        shown = await desk.card(card)

        assert shown.text == (
            "4829-1372\nStatus: new\nDue: 22 Nov, 09:00 UTC\nBy: @U1\n"
            "My parcel is lost\nClaim\nGeneral policy"
        )
        dates = [part for part in objects(shown.raw["blocks"]) if part.get("type") == "date"]
        assert dates[0]["timestamp"] == 1795338000


async def test_a_card_drawn_again_takes_its_own_place() -> None:
    async with office() as desk:
        shown = await desk.card()
        parcel = Parcel(key="c2", chat="C1", what=a_card(footer="claimed"), replaces=shown.ts)
        outcome = await desk.slack.deliver(parcel)

        assert outcome == Sent((shown.ts,), moment(micros(shown.ts)))
        assert "claimed" in shown.text
        assert len(desk.local.messages("C1")) == 1


async def test_a_post_goes_into_its_thread() -> None:
    async with office() as desk:
        card = await desk.card()
        await posted(desk, a_post((Text(text="Claimed by "), Mention(user="U1"))), thread=card.ts)

        assert [message.text for message in card.thread] == ["Claimed by @U1"]


async def test_a_private_post_reaches_an_agent() -> None:
    async with office() as desk:
        await desk.slack.deliver(Parcel(key="d1", chat="U1", what=a_post()))

        assert [message.text for message in desk.agent.whispers] == ["Hello"]


async def test_the_home_tab_is_shown() -> None:
    row = ((Text(text="4829-1372"),), (Button(verb="open", title="Open", value="t1"),))
    async with office() as desk:
        home = Home(lines=((Text(text="Good morning"),),), sections=(row, row))
        outcome = await desk.slack.deliver(Parcel(key="h1", chat="U1", what=home))

        assert isinstance(outcome, Sent)
        assert desk.agent.home
        assert desk.agent.home.text.splitlines() == ["Good morning", *["4829-1372", "Open"] * 2]


@pytest.mark.parametrize("words", [NASTY, "\x00nul \ud800half", "&lt;!channel&gt;", "\u2066iso", "a\r\nb"])
async def test_what_customers_write_is_only_text(words: str) -> None:
    async with office() as desk:
        line = (Text(text="They say: "), Quote(text=words))
        messages = [
            *await posted(desk, a_post(line, (Quote(text=words),))),
            await desk.card(a_card(title=words, fields=(("Name", (Quote(text=words),)),), lines=(line,))),
        ]

        for message in messages:
            assert_harmless(message.raw)
        if words == NASTY:
            assert messages[0].text == f"They say: {NASTY}\n{NASTY}"


async def test_our_own_fallback_cannot_be_read_as_a_token() -> None:
    async with office() as desk:
        post = Post(summary="a <!here> & b", lines=((Text(text="Hello"),),))
        (message,) = await posted(desk, post)

        assert message.raw["text"] == "a &lt;!here&gt; &amp; b"


@pytest.mark.parametrize(
    "words", [LONG, "x" * 5000, "😀" * 5000, "ا" * 30_000], ids=["ru", "x", "emoji", "ar"]
)
async def test_long_words_are_readable_whole(words: str) -> None:
    async with office() as desk:
        card = await desk.card()
        messages = await posted(desk, quoting(words), thread=card.ts)

        assert "".join(message.text.replace("\n", "") for message in messages) == words
        assert [message.ts for message in card.thread] == [message.ts for message in messages]


async def test_a_card_that_is_too_long_says_so() -> None:
    async with office() as desk:
        shown = await desk.card(a_card(lines=((Quote(text=LONG * 5),),), title="t" * 500))

        assert "…" in shown.text
        assert shown.buttons == ["Claim"]


async def test_files_are_named() -> None:
    async with office() as desk:
        files = (Attachment(kind="photo", name="<b>.png"), Attachment(kind="document"))
        (message,) = await posted(desk, a_post(files=files))

        assert message.text == "Hello\n📷 <b>.png\n📎 "


async def test_an_empty_post_shows_its_summary() -> None:
    async with office() as desk:
        (message,) = await posted(desk, quoting(" \n "))

        assert message.text == "A message"


async def test_a_post_without_a_summary_is_no_mistake() -> None:
    async with office() as desk:
        (message,) = await posted(desk, Post(summary="", lines=()))

        assert (message.raw["text"], message.text) == ("…", "…")


async def test_a_dangerous_button_asks_first() -> None:
    button = Button(verb="drop", title="T" * 90, value="v" * 3000, style="danger", confirm="Sure?" * 100)
    async with office() as desk:
        shown = await desk.card(a_card(buttons=(button,) * 40))

        assert shown.buttons == ["T" * 74 + "…"] * 35


ODD = st.text(st.characters(exclude_categories=[]), max_size=200) | st.sampled_from(
    [LONG, NASTY, "😀" * 4000]
)
PARTS = (
    st.builds(Text, text=ODD, strong=st.booleans())
    | st.builds(Quote, text=ODD)
    | st.just(Mention(group="S1"))
    | st.builds(Moment, at=st.just(datetime(2026, 1, 1, tzinfo=UTC)), fallback=ODD)
)
LINE = st.lists(PARTS, max_size=3).map(tuple)
LINES = st.lists(LINE, max_size=5).map(tuple)
BUTTONS = st.lists(st.builds(Button, verb=st.just("go"), title=ODD, value=ODD, confirm=ODD), max_size=3).map(
    tuple
)


@settings(max_examples=60)
@given(st.builds(Post, summary=ODD, lines=LINES, buttons=BUTTONS))
def test_slack_takes_every_post(post: Post) -> None:
    for blocks in post_messages(post):
        check_blocks(blocks)
        assert blocks
        assert not too_heavy(blocks)


@settings(max_examples=60)
@given(st.builds(Card, summary=ODD, title=ODD, lines=LINES, buttons=BUTTONS, footer=ODD))
def test_slack_takes_every_card(card: Card) -> None:
    blocks = card_blocks(card)

    check_blocks(blocks)
    assert not too_heavy(blocks)


@settings(max_examples=30)
@given(
    st.builds(
        Home,
        lines=LINES,
        sections=st.lists(st.tuples(LINE, BUTTONS)).map(tuple),
    )
)
def test_slack_takes_every_home(home: Home) -> None:
    check_view(home_view(home))


def test_a_long_home_ends_in_dots() -> None:
    row = ((Text(text="x"),), (Button(verb="go", title="Go"),))
    view = home_view(Home(sections=(row,) * 80))

    check_view(view)
    assert view["blocks"][-1]["elements"][0]["text"] == "…"
