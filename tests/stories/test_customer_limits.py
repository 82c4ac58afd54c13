"""What does not fit, is gone, or was never said: told politely, shown to the desk, or passed over."""

from itertools import count

from bot.core.flow import MOST_LETTERS
from tests.customer_kit import chat, nothing_is_parked
from tests.desk_kit import bare
from tests.kit import World

NUMBERS = count(900_000)
PAGE = 4000


async def test_a_draft_that_is_full_says_so_before_anything_is_lost(desk: World) -> None:
    customer = chat(desk)
    pages = [f"page{number} {'word ' * 800}"[: PAGE - 1] + "." for number in range(6)]
    await customer.says("/new", "technical", "website", *pages[:4])
    assert "We have kept what you sent" in customer.told
    for page in pages[4:]:
        await customer.says(page)
        assert "There is no room for this message: up to 20\u00a0000 characters" in customer.told
        assert "How serious is it?" in customer.told
    await customer.says("a little more", "low", "skip")
    assert customer.keys[0] == "send"
    await customer.presses("change")
    await customer.presses("description")
    await customer.says("It is simply slow since the morning, that is all there is to say")
    assert "page0" not in customer.told
    await customer.says("send")
    assert "It is simply slow" in await desk.thread(customer.reference)
    assert MOST_LETTERS == 5 * PAGE  # so that the fifth, with the line ends between, is too much
    assert await nothing_is_parked(desk)


async def test_words_that_were_removed_are_shown_as_removed(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    photo = await customer.sends("photo", caption="This is my screen and my name")
    await customer.edits(photo, "")

    thread = bare(await desk.thread(reference))
    assert "Before:\nThis is my screen and my name\nNow the words are removed." in thread


async def test_what_telegram_tells_of_the_chat_is_passed_over(desk: World) -> None:
    customer = chat(desk)
    for known in (False, True):
        if known:
            await customer.says("/new", "technical")
        sent = desk.telegram.calls["sendMessage"]
        for kind in ("pinned_message", "message_auto_delete_timer_changed", "new_chat_photo"):
            body = {
                "message_id": next(NUMBERS),
                "date": int(desk.clock().timestamp()),
                "chat": customer.person.room,
                "from": customer.person.user,
                kind: {},
            }
            await desk.telegram.inject({"message": body})
        await desk.settles()
        assert desk.telegram.calls["sendMessage"] == sent
    await customer.says("website")
    assert "What goes wrong?" in customer.told
