"""What agents format in Slack reaches customers as plain words, without Slack's marks and with their own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.plain_rich import mentions, spoken
from bot.playground.slack.composer import typed
from tests.channels.slack_kit import office

NAMES = {"U1": "Agent One"}
TEXT = "what the wire says"


def element(kind: str, **about: Any) -> dict[str, Any]:
    return {"type": kind, **about}


def text(words: str, *styles: str) -> dict[str, Any]:
    return element("text", text=words, **({"style": dict.fromkeys(styles, True)} if styles else {}))


def piece(kind: str, *elements: Any, **about: Any) -> dict[str, Any]:
    return element(f"rich_text_{kind}", elements=list(elements), **about)


def items(style: str, *words: str, **about: Any) -> dict[str, Any]:
    return piece("list", *(piece("section", text(one)) for one in words), style=style, border=0, **about)


def said(*pieces: dict[str, Any], text: str = TEXT) -> str:
    return spoken(
        {"text": text, "blocks": [element("rich_text", block_id="b1", elements=list(pieces))]}, NAMES
    )


def line(*inlines: dict[str, Any], text: str = TEXT) -> str:
    return said(piece("section", *inlines), text=text)


def test_styles_leave_no_marks_and_typed_marks_stay() -> None:
    words = line(
        text("Bold", "bold"),
        text(", slanted", "italic"),
        text(", struck", "strike"),
        text(" and code", "code"),
        text(" in 2 * 3 * 4, *these*, snake_case_, ~/home, `this` and > that"),
    )

    assert (
        words
        == "Bold, slanted, struck and code in 2 * 3 * 4, *these*, snake_case_, ~/home, `this` and > that"
    )


def test_words_of_blocks_are_not_escaped() -> None:
    assert line(text("1 < 2 && &lt;b&gt; :smile: <@U1>")) == "1 < 2 && &lt;b&gt; :smile: <@U1>"


@pytest.mark.parametrize(
    ("inline", "words"),
    [
        (element("user", user_id="U1"), "@Agent One"),
        (element("user", user_id="U404", style={"bold": True}), "@…"),
        (element("channel", channel_id="C1"), "#support"),
        (element("channel", channel_id="C2"), "#…"),
        (element("usergroup", usergroup_id="S1"), "@night-shift"),
        (element("usergroup", usergroup_id="S2"), "@…"),
        (element("broadcast", range="channel"), "@channel"),
        (element("link", url="https://example.org/a?b=1&c=2"), "https://example.org/a?b=1&c=2"),
        (element("link", url="https://example.org", text="our page"), "our page (https://example.org)"),
        (element("link", url="http://example.org", text="example.org"), "example.org"),
        (element("link", url="mailto:help@example.org", text="help@example.org"), "help@example.org"),
        (element("emoji", name="white_check_mark", unicode="2705"), "✅"),
        (element("emoji", name="+1", unicode="1f44d-1f3fd", skin_tone=4), "👍🏽"),
        (element("emoji", name="wave::skin-tone-2"), "👋🏻"),
        (element("emoji", name="parrot-dance"), ":parrot-dance:"),
        (element("date", timestamp=1_700_000_000, format="{date}", fallback="14 Nov 2023"), "14 Nov 2023"),
        (element("date", timestamp=1_700_000_000, format="{date}"), "2023-11-14 22:13 UTC"),
        (element("color", value="#F405B3"), "#F405B3"),
    ],
)
def test_everything_inline_becomes_words(inline: dict[str, Any], words: str) -> None:
    wire = "<#C1|support> <#C2|> <!subteam^S1|@night-shift>"

    assert line(text("see "), inline, text("!"), text=wire) == f"see {words}!"


def test_lists_quotes_and_code_stand_on_lines_of_their_own() -> None:
    words = said(
        piece("section", text("Please:\n")),
        items("ordered", "open the door", "look inside", indent=0),
        items("bullet", "left\nand right", indent=1),
        items("bullet", "behind it", indent=2),
        items("ordered", "close it", indent=0, offset=2),
        piece("section", text("\nYou wrote:\n")),
        piece("quote", text("It is "), text("dark", "bold")),
        piece("quote", text("الباب مغلق")),
        piece("preformatted", text("sudo light\n  --on"), border=0),
        items("bullet", "so you said", indent=0) | {"border": 1},
        piece("section", text("Good luck\n")),
    )

    assert words.splitlines() == [
        "Please:",
        "1. open the door",
        "2. look inside",
        "    ◦ left",
        "      and right",
        "        ▪ behind it",
        "3. close it",
        "",
        "You wrote:",
        "“It is dark”",
        "«الباب مغلق»",
        "sudo light",
        "  --on",
        "“• so you said”",
        "Good luck",
    ]


def test_several_blocks_are_read_in_their_order() -> None:
    blocks = [element("rich_text", elements=[piece("section", text(words))]) for words in ("one", "two")]

    assert spoken({"text": TEXT, "blocks": [blocks[0], element("divider"), blocks[1]]}, NAMES) == "one\ntwo"


@pytest.mark.parametrize(
    "blocks",
    [
        None,
        [],
        [element("section", text=element("mrkdwn", text="x"))],
        [element("rich_text")],
        [element("rich_text", elements=[piece("scroll", text("x"))])],
        [element("rich_text", elements=[piece("section", element("hologram", text="x"))])],
        [element("rich_text", elements=[piece("section", element("text"))])],
        [element("rich_text", elements=[piece("section", element("emoji", name="x", unicode="smile"))])],
        [element("rich_text", elements=[piece("section", element("date", timestamp=10**30))])],
        [element("rich_text", elements=[piece("list", text("x"), style="bullet")])],
    ],
)
def test_without_blocks_that_can_be_read_the_wire_text_counts(blocks: Any) -> None:
    assert spoken({"text": "*ask* <@U1> &amp; go", "blocks": blocks}, NAMES) == "*ask* @Agent One & go"


def test_nobody_is_mentioned_by_words_alone() -> None:
    assert mentions(typed("<@U1> &lt;@U2&gt; `<@U3>`", raw=True)) == {"U1", "U3"}
    assert mentions({}) == frozenset()


JSON = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["text", "emoji", "date", "rich_text_list"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "elements", "text", "unicode", "style", "url"]), inner)
    ),
    max_leaves=10,
)


@given(st.lists(JSON, max_size=3))
def test_no_shape_of_a_block_stops_the_hearing(pieces: list[Any]) -> None:
    spoken({"text": TEXT, "blocks": [element("rich_text", elements=pieces)]}, NAMES)


# The local composer makes what Slack's makes


COMPOSED = [
    ("*Bold* and _it_, ~no~ `a*b*`", "Bold and it, no a*b*"),
    ("2*3*4 = 24, 2 * 3 * 4, snake_case_name", "2*3*4 = 24, 2 * 3 * 4, snake_case_name"),
    ("*_both_*", "both"),
    ("- one\n- two\n    - deeper\nend", "• one\n• two\n    ◦ deeper\nend"),
    ("Do:\n1. this\n2. that\n\nthen rest", "Do:\n1. this\n2. that\n\nthen rest"),
    ("> you *said*\n> so\nYes", "“you said\nso”\nYes"),
    ("run\n```\nmake *all*\n```\nnow", "run\nmake *all*\nnow"),
    ("see https://example.org/a_b_c.", "see https://example.org/a_b_c."),
    ("done :tada: at 10:30:45 :+1::skin-tone-4:", "done 🎉 at 10:30:45 👍🏽"),
    ("a < b && c > d", "a < b && c > d"),
    ("", ""),
]


@pytest.mark.parametrize(("keys", "words"), COMPOSED)
def test_what_is_typed_is_read_as_it_looks(keys: str, words: str) -> None:
    assert spoken(typed(keys), {}) == words


def test_the_wire_text_beside_the_blocks_has_slacks_marks() -> None:
    message = typed("*Bold* & <b>\n- one\n> q https://example.org")

    assert message["text"] == "*Bold* &amp; &lt;b&gt;\n• one\n&gt; q <https://example.org>"
    assert [one["type"] for one in message["blocks"][0]["elements"]] == [
        "rich_text_section",
        "rich_text_list",
        "rich_text_quote",
    ]


@given(st.lists(st.sampled_from([*"*_~`a b>-1.\n<&;", "```", "ب", "http://x"])).map("".join))
def test_undone_formatting_keeps_every_letter(keys: str) -> None:
    assert spoken(typed(keys, literal=True), {}).rstrip("\n") == keys.rstrip("\n")


async def test_another_style_is_no_edit() -> None:
    async with office() as desk:
        desk.local.agent("U2", "Second Agent")
        written = await desk.agent.writes(await desk.card(), "Ask <@U2> *today*", raw=True)
        await desk.agent.edits(written, "Ask <@U2> _today_", raw=True)
        await desk.agent.edits(written, "Ask <@U1> _today_", raw=True)

        assert [getattr(what, "text", "") for what in desk.ears.whats] == [
            "Ask @Second Agent today",
            "Ask @Agent One today",
        ]


async def test_slacks_marks_are_not_heard_and_typed_ones_are() -> None:
    async with office() as desk:
        card = await desk.card()
        await desk.agent.writes(card, "*Please* do:\n- _this_\n- 2*3")
        await desk.agent.writes(card, "*Please* do _this_", literal=True)

        assert [getattr(what, "text", "") for what in desk.ears.whats] == [
            "Please do:\n• this\n• 2*3",
            "*Please* do _this_",
        ]
