"""On tablets: the bars stay bars, a turned one loses nobody's place, and a dialog can be answered."""

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.test_directions import files
from tests.browser.visitor import Desk, Phone, visits_again
from tests.playing import playing

LYING, STANDING = ViewportSize(width=1024, height=768), ViewportSize(width=768, height=1024)
ROWS = """() => new Set([...document.querySelectorAll("#top > *")].map((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return Math.round((top + bottom) / 20);
})).size"""
TOLD_WHOLE = """(office) => {
    const { right, bottom } = office.getBoundingClientRect();
    const ways = document.querySelector("#time .ways").getBoundingClientRect();
    return office.scrollWidth <= office.clientWidth && (right <= ways.left || bottom <= ways.top);
}"""
AT_ITS_END = "(list) => list.scrollHeight - list.scrollTop - list.clientHeight < 3"


async def test_a_tablet_shows_all_of_it_however_it_is_held(browser: Browser) -> None:
    page = await browser.new_page(viewport=LYING, locale="ru", has_touch=True)
    customer, desk = Phone(page, "ar"), Desk(page)

    async with playing("compusoft", "ru") as (_demo, address):
        await visits_again(page, address)
        await expect(page.locator(".state.running")).to_be_attached()
        await bars(page)
        await files(customer)
        await desk.clicks("claim")
        await expect(desk.card).to_contain_text("@Agent A")
        await turns(page, customer)
        await answers(page, desk)
        await page.close()


async def bars(page: Page) -> None:
    """One row above, and opening hours to their last word."""
    assert await page.evaluate(ROWS) == 1
    assert await page.locator("#time .office").evaluate(TOLD_WHOLE)


async def turns(page: Page, customer: Phone) -> None:
    """Who read the newest message still does."""
    chat = customer.frame.locator(".chat")
    for size in (STANDING, LYING, STANDING):
        await page.set_viewport_size(size)
        await page.wait_for_timeout(200)
        assert await chat.evaluate(AT_ITS_END)


async def answers(page: Page, desk: Desk) -> None:
    """A long dialog scrolls, and its buttons are there to be pressed."""
    await desk.clicks("resolve")
    send, layer = desk.dialog.locator("footer .primary"), page.locator(".modal-layer:visible")
    button, room = await send.bounding_box(), await layer.bounding_box()
    assert button
    assert room
    assert button["y"] + button["height"] <= room["y"] + room["height"]
    await send.click()
    await expect(desk.dialog).to_be_hidden()
