"""Everything that agents do in Slack is heard as what it is, in the lane where it belongs."""

from datetime import UTC, datetime

import pytest

from bot.channels import Parcel
from bot.core.heard import (
    Acted,
    Attachment,
    Commanded,
    HomeOpened,
    Membership,
    PostDeleted,
    Posted,
    PostEdited,
    RoomChanged,
    Thread,
    Unknown,
)
from bot.core.shown import Button, Menu
from bot.playground.slack import LocalSlack, Message
from tests.channels.slack_kit import LATER, Office, a_card, office

TRANSPORTS = [pytest.param(False, id="socket"), pytest.param(True, id="http")]


def thread_of(card: Message) -> Thread:
    return Thread(channel="C1", ts=card.ts)


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_words_in_a_thread_are_heard_in_its_lane(*, http: bool) -> None:
    async with office(http=http) as desk:
        card = await desk.card()
        written = await desk.agent.writes(card, "Your parcel <is> on its way & late :smile:")

        heard = desk.ears.last

        assert heard.what == Posted(
            user="U1",
            channel="C1",
            ts=written.ts,
            thread=thread_of(card),
            text="Your parcel <is> on its way & late 😄",
        )
        assert heard.lane == f"C1:{card.ts}"
        assert heard.key == f"C1:{written.ts}:posted"
        assert heard.order == int(written.ts.replace(".", ""))
        assert heard.at == datetime.fromtimestamp(float(written.ts), UTC)
        assert (heard.channel, heard.account, heard.sender.chat) == ("slack", desk.slack.account, "U1")


async def test_a_reply_that_is_sent_to_the_channel_too_is_heard() -> None:
    async with office() as desk:
        card = await desk.card()
        await desk.agent.writes(card, "For all", broadcast=True)

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.thread == thread_of(card)


async def test_files_are_heard_with_what_slack_tells_of_them() -> None:
    async with office() as desk:
        file = {"id": "F1", "name": "receipt.png", "mimetype": "image/png", "size": 2048}
        await desk.agent.writes(await desk.card(), "", files=[file])

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.files == (
            Attachment(kind="photo", file_id="F1", name="receipt.png", mime="image/png", size=2048),
        )


async def test_talk_beside_the_threads_is_in_the_lane_of_the_person() -> None:
    async with office() as desk:
        await desk.agent.writes("C1", "Good morning")

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.thread is None
        assert desk.ears.last.lane == "U1"


async def test_words_to_the_app_itself_belong_to_no_thread() -> None:
    local = LocalSlack(scopes=frozenset({"im:history", "chat:write"}))
    async with office(local=local) as desk:
        await desk.agent.tells_app("hello?")

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.thread is None
        assert desk.ears.last.what.text == "hello?"


async def test_an_edit_is_heard_once_for_each_change_of_words() -> None:
    async with office() as desk:
        card = await desk.card()
        written = await desk.agent.writes(card, "Tomorow")
        await desk.agent.edits(written, "Tomorrow")
        await desk.agent.edits(written, "Tomorrow, at noon")

        edits = [one for one in desk.ears.heard.values() if isinstance(one.what, PostEdited)]

        assert [one.what.text for one in edits if isinstance(one.what, PostEdited)] == [
            "Tomorrow",
            "Tomorrow, at noon",
        ]
        assert {one.lane for one in edits} == {f"C1:{card.ts}"}
        assert edits[0].order < edits[1].order


async def test_a_link_preview_is_no_edit() -> None:
    async with office() as desk:
        written = await desk.agent.writes(await desk.card(), "https://example.org")
        desk.local.unfurl(written)
        await desk.local.idle()

        assert [type(what) for what in desk.ears.whats] == [Posted]


async def test_a_deleted_message_is_heard() -> None:
    async with office() as desk:
        card = await desk.card()
        written = await desk.agent.writes(card, "Oh no")
        await desk.agent.deletes(written)

        assert desk.ears.last.what == PostDeleted(channel="C1", ts=written.ts, thread=thread_of(card))
        assert desk.ears.last.lane == f"C1:{card.ts}"


@pytest.mark.parametrize("replied", [False, True], ids=["bare", "with replies"])
async def test_a_deleted_card_of_our_own_is_heard(*, replied: bool) -> None:
    async with office() as desk:
        card = await desk.card()
        if replied:
            await desk.agent.writes(card, "On it")
        await desk.agent.deletes(card)

        assert desk.ears.last.what == PostDeleted(channel="C1", ts=card.ts, thread=thread_of(card))
        assert desk.ears.last.lane == f"C1:{card.ts}"


async def test_what_the_bot_itself_does_is_not_heard() -> None:
    async with office() as desk:
        card = await desk.card()
        await desk.card(a_card(title="Changed"), key="card-2")
        desk.local.unfurl(card)
        await desk.local.idle()

        assert desk.ears.whats == []


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_a_button_is_heard_with_what_it_carried(*, http: bool) -> None:
    async with office(http=http) as desk:
        card = await desk.card()
        answered = await desk.agent.clicks("Claim", on=card)

        what = desk.ears.last.what

        assert answered.ok
        assert isinstance(what, Acted)
        assert (what.user, what.verb, what.value, what.thread) == ("U1", "claim", "t1", thread_of(card))
        assert what.trigger
        assert what.reply_url
        assert desk.ears.last.lane == f"C1:{card.ts}"


async def test_two_presses_of_one_button_are_two_acts() -> None:
    async with office() as desk:
        card = await desk.card()
        await desk.agent.clicks("Claim", on=card)
        await desk.agent.clicks("Claim", on=card)

        first, second = desk.ears.heard.values()

        assert first.order < second.order


async def test_two_buttons_may_mean_the_same_verb() -> None:
    buttons = tuple(Button(verb="pick", title=title, value=title) for title in ("one", "two"))
    async with office() as desk:
        card = await desk.card(a_card(buttons=buttons))
        await desk.agent.clicks("two", on=card)

        assert isinstance(desk.ears.last.what, Acted)
        assert (desk.ears.last.what.verb, desk.ears.last.what.value) == ("pick", "two")


async def test_a_choice_from_the_menu_is_heard_as_its_verb_and_again_when_the_card_was_drawn_again() -> None:
    entries = tuple(Button(verb=verb, title=verb.title(), value="t1") for verb in ("hold", "extend"))
    shown = a_card(menu=Menu(title="More", entries=entries))
    async with office() as desk:
        card = await desk.card(shown)
        assert (card.buttons, card.choices) == (["Claim"], ["Hold", "Extend"])
        await desk.agent.chooses("menu", "Extend", on=card)
        what = desk.ears.last.what
        assert isinstance(what, Acted)
        assert (what.verb, what.value, what.chosen) == ("extend", "t1", True)
        with pytest.raises(LookupError):  # as in Slack's own client
            await desk.agent.chooses("menu", "Extend", on=card)

        await desk.slack.deliver(Parcel(key="card-2", chat="C1", what=shown, replaces=card.ts))
        await desk.agent.chooses("menu", "Extend", on=card)

        assert len([one for one in desk.ears.whats if isinstance(one, Acted)]) == 2


@pytest.mark.parametrize("http", TRANSPORTS)
@pytest.mark.parametrize("text", ["4829-1372", "", "payload=1&x=y", "طلب رقم ٤٨٢٩"])
async def test_a_command_is_heard_whatever_it_says(*, http: bool, text: str) -> None:
    async with office(http=http, clock=lambda: LATER) as desk:
        answered = await desk.agent.gives("/ticket", text, channel="C1")

        what = desk.ears.last.what

        assert answered.ok
        assert isinstance(what, Commanded)
        assert (what.user, what.command, what.text, what.channel) == ("U1", "/ticket", text, "C1")
        assert (desk.ears.last.lane, desk.ears.last.at) == ("U1", LATER)
        assert desk.ears.last.key == f"command:{what.trigger}"


async def test_a_message_shortcut_is_the_command_in_a_thread() -> None:
    async with office() as desk:
        card = await desk.card()
        await desk.agent.uses("ticket", on=await desk.agent.writes(card, "Which one is this?"))

        what = desk.ears.last.what

        assert isinstance(what, Commanded)
        assert (what.command, what.thread) == ("/ticket", thread_of(card))
        assert desk.ears.last.lane == f"C1:{card.ts}"


async def test_what_becomes_of_a_channel_is_heard_by_slacks_own_word() -> None:
    async with office() as desk:
        desk.local.archive("C1")
        await desk.local.idle()
        desk.local.archive("C1", archived=False)
        await desk.local.idle()
        desk.local.remove_bot("C1")
        await desk.local.idle()
        desk.local.invite_bot("C1")
        await desk.local.idle()

        stands = [what.stands for what in desk.ears.whats if isinstance(what, RoomChanged)]
        assert stands == ["archived", "open", "left", "open"]


async def test_who_joins_while_slack_cannot_say_whether_the_channel_is_public_may_be_anybody() -> None:
    async with office() as desk:
        desk.local.faults.fail("conversations.info", error="internal_error")
        await desk.local.agent("U2", "Agent Two").joins("C1")

        assert desk.ears.whats == [Membership(user="U2", channel="C1", joined=True, public=None)]


async def test_a_deletion_is_heard_without_what_stood_there() -> None:
    async with office() as desk:
        emit(desk, {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": "1.2"})
        await desk.local.idle()

        place = Thread(channel="C1", ts="1.2")
        assert desk.ears.whats == [PostDeleted(channel="C1", ts="1.2", thread=place)]


async def test_coming_and_going_is_heard() -> None:
    async with office() as desk:
        newcomer = desk.local.agent("U2", "Agent Two")
        await newcomer.joins("C1")
        await newcomer.leaves("C1")

        assert desk.ears.whats == [
            Membership(user="U2", channel="C1", joined=True, public=False),
            Membership(user="U2", channel="C1", joined=False, public=False),
        ]


async def test_a_look_at_the_home_tab_is_heard() -> None:
    async with office() as desk:
        await desk.agent.opens_home()

        assert desk.ears.last.what == HomeOpened(user="U1")


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"type": "channel_purpose", "channel": "C1", "user": "U1"}, "channel_purpose"),
        ({"type": "user_change", "user": {"id": "U1"}}, "user_change"),
        (
            {"type": "message", "subtype": "channel_topic", "channel": "C1", "ts": "1.2"},
            "message/channel_topic",
        ),
        ({"type": "message", "channel": "C1", "ts": "1.2", "text": "by nobody"}, "message"),
        ({"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "1.2"}, "message"),
    ],
)
async def test_what_is_unknown_or_odd_becomes_a_placeholder(event: dict[str, object], name: str) -> None:
    async with office() as desk:
        emit(desk, event)
        await desk.local.idle()

        assert [what.name for what in desk.ears.whats if isinstance(what, Unknown)] == [name]


async def test_mentions_become_names() -> None:
    async with office() as desk:
        desk.local.agent("U2", "Second Agent")
        card = await desk.card()
        await desk.agent.writes(card, "<@U2> and <@U404> know", raw=True)

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.text == "@Second Agent and @… know"


async def test_a_name_that_slack_does_not_tell_holds_nobody_up() -> None:
    async with office() as desk:
        desk.local.faults.hang("users.info", seconds=5.0)
        await desk.agent.writes(await desk.card(), "<@U1> knows", raw=True)

        assert isinstance(desk.ears.last.what, Posted)
        assert desk.ears.last.what.text == "@… knows"


def emit(desk: Office, event: dict[str, object]) -> None:
    desk.local.send_event({"event_ts": "1700000000.000100", **event})
