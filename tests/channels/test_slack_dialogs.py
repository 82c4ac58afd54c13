"""Dialogs and private words: at once, once, and only to the person whom they concern."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.views import answer_view, dialog_view
from bot.core.heard import Chosen, Incoming, Submitted, Thread
from bot.core.now import DialogAnswer, DialogErrors, OpenDialog, Redraw, Settled, Toast, Typing, Whisper
from bot.core.shown import Button, Dialog, Input, Pick
from bot.playground.slack import Message
from bot.playground.slack.blockkit import check_view
from bot.playground.slack.seen import Dialog as SeenDialog
from tests.channels.slack_kit import (
    BUSY,
    LATER,
    Office,
    a_card,
    a_dialog,
    a_post,
    answering,
    office,
    opening,
)

TRANSPORTS = [pytest.param(False, id="socket"), pytest.param(True, id="http")]
PICKS = (Pick(key="low", title="Low"), Pick(key="high", title="High"))


async def opened(desk: Office, dialog: Dialog) -> tuple[Message, SeenDialog]:
    card = await desk.card()
    desk.ears.answer = opening(dialog)
    await desk.agent.clicks("Claim", on=card)
    return card, await desk.local.until(lambda: desk.agent.dialog)


def submitted(desk: Office) -> Submitted:
    what = desk.ears.last.what
    assert isinstance(what, Submitted)
    return what


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_a_dialog_comes_back_with_what_was_entered(*, http: bool) -> None:
    async with office(http=http, clock=lambda: LATER) as desk:
        card, shown = await opened(desk, a_dialog())
        assert (shown.title, shown.fields["words"].label) == ("Reply", "Your reply")
        assert desk.ears.last.at < LATER
        desk.ears.answer = answering()
        answered = await desk.agent.submits({"words": "On its <way>\n*soon*"})

        what = submitted(desk)

        assert answered.ok
        assert desk.agent.dialog is None
        assert (what.user, what.dialog, what.memo) == ("U1", "reply", "ticket-1")
        assert what.values == {"words": "On its <way>\n*soon*"}
        assert desk.ears.last.at == LATER
        assert what.thread == Thread(channel="C1", ts=card.ts)
        assert desk.ears.last.lane == f"C1:{card.ts}"


async def test_every_kind_of_field_comes_back() -> None:
    inputs = (
        Input(key="title", label="Title", value="Prefilled", hint="A few words"),
        Input(key="priority", label="Priority", picks=PICKS, value="high", hint="Choose"),
        Input(key="note", label="Note", optional=True),
        Input(key="queue", label="Queue", picks=PICKS, optional=True),
        Input(key="until", label="Until", asks="moment", value="1795000000"),
        Input(key="since", label="Since", asks="moment", optional=True),
        Input(key="to", label="To", asks="agent", hint="Choose"),
        Input(key="with", label="With", asks="agent", value="U1"),
    )
    async with office() as desk:
        _, shown = await opened(desk, a_dialog(inputs=inputs))
        assert shown.fields["priority"].picks == {"low": "Low", "high": "High"}
        desk.ears.answer = answering()
        await desk.agent.submits({"priority": "low", "until": "1795000020", "to": "U1"})

        assert submitted(desk).values == {
            "title": "Prefilled",
            "priority": "low",
            "note": "",
            "queue": "",
            "until": "1795000020",
            "since": "",
            "to": "U1",
            "with": "U1",
        }


async def test_a_dialog_that_only_tells_has_nothing_to_send() -> None:
    async with office() as desk:
        _, shown = await opened(desk, a_dialog(submit="", inputs=(), lines=a_post().lines))

        assert shown.text == "Hello"
        assert "submit" not in shown.raw


async def test_a_dialog_that_will_not_do_stays_open() -> None:
    async with office() as desk:
        await opened(desk, a_dialog())
        desk.ears.answer = answering(DialogErrors(errors={"words": "Please say more."}))
        for _ in range(2):
            await desk.agent.submits({"words": "x"})
        assert desk.agent.dialog
        assert desk.agent.dialog.errors == {"words": "Please say more."}

        desk.ears.answer = answering()
        await desk.agent.submits({"words": "x"})

        assert desk.agent.dialog is None
        assert len([one for one in desk.ears.heard.values() if isinstance(one.what, Submitted)]) == 3


REDRAWING = (
    Input(key="canned", label="Canned answer", picks=PICKS, optional=True, redraws=True),
    Input(key="priority", label="Priority", picks=PICKS, value="low"),
    Input(key="words", label="Your reply", multiline=True),
)


def redrawing(incoming: Incoming) -> tuple[Redraw]:
    """Ears that fill the words in at each choice."""
    assert isinstance(incoming.what, Chosen)
    filled = Input(key="words", label="Your reply", value="Filled in", drawing=incoming.what.drawing)
    again = a_dialog(inputs=(*REDRAWING[:2], filled))
    return (Redraw(view=incoming.what.view, state=incoming.what.state, dialog=again),)


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_a_choice_is_heard_at_once_and_fills_in_what_follows_from_it(*, http: bool) -> None:
    async with office(http=http) as desk:
        card, _ = await opened(desk, a_dialog(inputs=REDRAWING))
        desk.ears.answer = redrawing
        await desk.agent.picks("canned", "high", {"priority": "high", "words": "Mine"})
        chosen = desk.ears.last.what
        assert isinstance(chosen, Chosen)
        assert (chosen.user, chosen.dialog, chosen.memo) == ("U1", "reply", "ticket-1")
        assert chosen.values == {"canned": "high", "priority": "high", "words": "Mine"}
        assert (chosen.thread, desk.ears.last.lane) == (
            Thread(channel="C1", ts=card.ts),
            f"C1:{card.ts}",
        )

        shown = await desk.local.until(
            lambda: desk.agent.dialog if _words(desk.agent.dialog) == "Filled in" else None
        )
        assert shown.fields["priority"].value == "high", "what was chosen elsewhere stays"
        desk.ears.answer = answering(DialogErrors(errors={"words": "Please say more."}))
        await desk.agent.submits()

        assert submitted(desk).values == {"canned": "high", "priority": "high", "words": "Filled in"}
        assert desk.agent.dialog
        assert desk.agent.dialog.errors == {"words": "Please say more."}


def _words(dialog: SeenDialog | None) -> str:
    return dialog.fields["words"].value if dialog and "words" in dialog.fields else ""


async def test_a_late_drawing_does_not_undo_the_last_word() -> None:
    async with office() as desk:
        await opened(desk, a_dialog(inputs=REDRAWING))
        desk.ears.answer = answering()
        await desk.agent.picks("canned", "high", {"words": "Mine"})
        (late,) = redrawing(desk.ears.last)
        desk.ears.answer = answering(DialogAnswer(title="Too late", close="Close", post=a_post()))
        await desk.agent.submits()

        await desk.slack.now(late)

        assert desk.agent.dialog
        assert desk.agent.dialog.title == "Too late"


async def test_an_error_for_no_field_stands_beside_the_first() -> None:
    async with office() as desk:
        await opened(desk, a_dialog())
        desk.ears.answer = answering(DialogErrors(errors={"elsewhere": "Not now."}))
        await desk.agent.submits({"words": "x"})

        assert desk.agent.dialog
        assert desk.agent.dialog.errors == {"words": "Not now."}


async def test_a_dialog_may_end_with_a_last_word() -> None:
    async with office() as desk:
        await opened(desk, a_dialog())
        answer = DialogAnswer(title="Too late", close="Close", post=a_post())
        desk.ears.answer = answering(answer)
        await desk.agent.submits({"words": "x"})

        assert desk.agent.dialog
        assert (desk.agent.dialog.title, desk.agent.dialog.text) == ("Too late", "Hello")


async def test_a_slow_dialog_says_that_it_is_worked_on() -> None:
    async with office() as desk:
        await opened(desk, a_dialog())
        desk.ears.answer = lambda _incoming: None
        assert (await desk.agent.submits({"words": "x"})).ok

        assert desk.agent.dialog
        assert (desk.agent.dialog.title, desk.agent.dialog.text) == ("Reply", BUSY)


async def test_a_trigger_works_once() -> None:
    async with office() as desk:
        _, first = await opened(desk, a_dialog())
        trigger = getattr(next(iter(desk.ears.whats)), "trigger", "")
        await desk.slack.now(OpenDialog(trigger=trigger, dialog=a_dialog(title="Again")))
        await desk.slack.now(OpenDialog(trigger="unheard of", dialog=a_dialog(title="Again")))

        assert desk.agent.dialog
        assert desk.agent.dialog.raw == first.raw


@pytest.mark.parametrize("http", TRANSPORTS)
async def test_a_private_word_answers_a_press(*, http: bool) -> None:
    async with office(http=http) as desk:
        other = desk.local.agent("U2", "Agent Two", channels=["C1"])
        card = await desk.card()
        button = Button(verb="send_note", title="Send to customer", value="n1")
        desk.ears.answer = lambda incoming: (
            Whisper(
                user="U1", post=a_post(buttons=(button,)), reply_url=getattr(incoming.what, "reply_url", "")
            ),
        )
        await desk.agent.clicks("Claim", on=card)
        whisper = await desk.local.until(lambda: next(iter(desk.agent.whispers), None))

        assert whisper.text == "Hello\nSend to customer"
        assert other.whispers == []
        assert card.thread == []


async def test_a_button_in_a_private_word_is_heard() -> None:
    async with office() as desk:
        card = await desk.card()
        whisper = Whisper(user="U1", post=a_post(buttons=a_card().buttons))
        desk.ears.answer = lambda incoming: (
            whisper.model_copy(update={"reply_url": getattr(incoming.what, "reply_url", "")}),
        )
        await desk.agent.clicks("Claim", on=card)
        private = await desk.local.until(lambda: next(iter(desk.agent.whispers), None))
        desk.ears.answer = answering()
        await desk.agent.clicks("Claim", on=private)

        assert getattr(desk.ears.last.what, "value", "") == "t1"
        assert getattr(desk.ears.last.what, "thread", None) is None
        assert desk.ears.last.lane == "U1"


@pytest.mark.parametrize("reply_url", ["", "/reply/long-gone"])
async def test_a_private_word_without_a_way_comes_as_a_direct_message(reply_url: str) -> None:
    async with office() as desk:
        url = f"{desk.local.url}{reply_url}" if reply_url else ""
        await desk.slack.now(Whisper(user="U1", post=a_post(), reply_url=url))

        assert [word.raw.get("ephemeral", False) for word in desk.agent.whispers] == [False]
        assert [word.text for word in desk.agent.whispers] == ["Hello"]


async def test_an_answer_that_slack_refuses_breaks_nothing() -> None:
    async with office() as desk:
        desk.local.faults.fail("chat.postMessage", error="user_disabled")
        await desk.slack.now(Whisper(user="U1", post=a_post()))
        desk.local.faults.cut_before("chat.postMessage")
        await desk.slack.now(Whisper(user="U1", post=a_post()))
        for other in (Toast(press="1"), Settled(chat="1", message="2"), Typing(chat="1")):
            await desk.slack.now(other)

        assert desk.agent.whispers == []


async def test_a_slow_dialog_opening_does_not_hold_up_the_answer() -> None:
    async with office() as desk:
        card = await desk.card()
        desk.local.patience = 0.2
        desk.local.faults.hang("views.open", seconds=0.4)
        desk.ears.answer = opening(a_dialog())

        assert (await desk.agent.clicks("Claim", on=card)).ok


ODD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.just("т" * 4000)
KEYS = st.sampled_from(["one", "two", "three", "four"])
INPUTS = st.builds(
    Input,
    key=KEYS,
    label=ODD,
    hint=ODD,
    value=ODD,
    picks=st.lists(st.builds(Pick, key=KEYS, title=ODD), max_size=4).map(tuple),
    multiline=st.booleans(),
    max_length=st.integers(1, 9000),
)


@settings(max_examples=60)
@given(
    st.builds(
        Dialog,
        key=KEYS,
        title=ODD,
        submit=ODD,
        cancel=ODD,
        inputs=st.lists(INPUTS, max_size=4, unique_by=lambda one: one.key).map(tuple),
    )
)
def test_slack_takes_every_dialog(dialog: Dialog) -> None:
    check_view(dialog_view(dialog, Thread(channel="C1", ts="1.2")))


@settings(max_examples=30)
@given(title=ODD, close=ODD)
def test_slack_takes_every_last_word(title: str, close: str) -> None:
    check_view(answer_view(DialogAnswer(title=title, close=close, post=a_post())))
