"""What is read runs as its language does, and lies over nothing: on an Arabic phone, at an Arabic desk."""

from playwright.async_api import Browser, Page, expect

from bot.playground.demo import Demo
from tests.browser.visitor import Desk, Phone, visits_again
from tests.playground.visitor import ARABIC
from tests.playing import playing

QUESTION = "لا تفتح الصفحة"
MARKS = ("✓", "4829-1372", "ok", "تمام")
OVERLAPS = """() => [...document.querySelectorAll(".bubble:has(> .said)")].filter((bubble) => {
    const range = document.createRange();
    range.selectNodeContents(bubble.querySelector(":scope > .said"));
    const when = bubble.querySelector(".when").getBoundingClientRect();
    const over = ({ left, right, top, bottom }) =>
        left < when.right && right > when.left && top < when.bottom - 3 && bottom > when.top + 3;
    return [...range.getClientRects()].some(over);
}).map((bubble) => bubble.innerText)"""
IN_ORDER = """(words) => {
    const at = (place) => {
        const range = document.createRange();
        range.setStart(words.firstChild, place);
        range.setEnd(words.firstChild, place + 1);
        return range.getBoundingClientRect().left;
    };
    return at(0) < at(words.textContent.length - 1);
}"""
FROM_THE_RIGHT = """(link) => {
    const line = link.parentElement.getBoundingClientRect();
    return line.right - link.getBoundingClientRect().right < 2;
}"""


async def test_arabic_runs_from_the_right_and_lies_over_nothing(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1366, "height": 768}, locale="ar")
    customer, desk = Phone(page, "ar"), Desk(page)

    async with playing("compusoft", "ar") as (demo, address):
        await visits_again(page, address)
        await expect(page.locator(".state.running")).to_be_visible()
        await files(customer)
        await marks(page, customer, demo)
        await sizes(customer, desk)
        await invites(desk)
        await links(page, desk)
        await page.close()


async def files(customer: Phone) -> None:
    await customer.starts()
    await customer.presses("new")
    await customer.asked("cancel")
    await customer.writes(QUESTION)
    await customer.presses("urgent")
    await customer.presses("send")


async def marks(page: Page, customer: Phone, demo: Demo) -> None:
    """Times keep off the words, whichever way these run, and also where they were changed."""
    for mark in MARKS:
        await customer.writes(mark)
        await expect(customer.frame.locator(".message.mine", has_text=mark).last).to_be_visible()
    person = demo.stage.customers[ARABIC]
    await person.edits(await person.says("حسنا"), "تمامًا")
    await expect(customer.frame.locator(".message.mine", has_text="تمامًا").last).to_contain_text("معدّلة")
    assert await page.evaluate(OVERLAPS) == []


async def sizes(customer: Phone, desk: Desk) -> None:
    """A size is a number with its unit after it."""
    await customer.attaches(3)
    await desk.opens_thread()
    for place in (customer.frame, desk.thread):
        size = place.locator("small bdi").last
        await expect(size).to_contain_text("KB")
        assert await size.evaluate(IN_ORDER)


async def invites(desk: Desk) -> None:
    """An empty box says in its own direction what belongs into it, and then runs as what is written."""
    await desk.clicks("note")
    box = desk.dialog.locator("textarea").first
    await expect(box).to_have_css("direction", "rtl")
    await box.fill("restart")
    await expect(box).to_have_css("direction", "ltr")
    await box.fill("")
    await expect(box).to_have_css("direction", "rtl")
    await desk.closes()


async def links(page: Page, desk: Desk) -> None:
    """A line that is but a link stands where the other lines do."""
    await desk.thread.locator("textarea").press("Escape")
    reference = (await desk.card.locator("h4").inner_text()).split(" ")[0]
    box = page.locator(".pane:not(.thread):visible textarea")
    await box.fill(f"/ticket {reference}")
    await box.press("Enter")
    link = page.locator(".post.private .link")
    await expect(link).to_be_visible()
    assert await link.evaluate(FROM_THE_RIGHT)
    await link.press("Enter")
    await expect(desk.thread).to_be_visible()
