"""What an agent can take back is taken back where the page tells of it."""

from playwright.async_api import Browser, expect

from tests.browser.test_circle import files
from tests.browser.visitor import Desk, Phone, visits_again
from tests.playing import playing

ANSWER = "We are on it"
PATIENT, HASTY = 60, 3
SOON = 9_000
"""Milliseconds: notices that offer something else stay longer."""


async def test_an_answer_is_taken_back_by_the_notice_that_tells_of_it(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme="dark")
    customer, desk = Phone(page, "ar"), Desk(page)

    async with playing(undo=PATIENT) as (_demo, address):
        await visits_again(page, address)
        await expect(page.locator(".state.running")).to_be_visible()
        await files(customer)
        await desk.clicks("claim")
        await expect(desk.card).to_contain_text("@Agent A")
        await desk.opens_thread()
        await desk.writes(ANSWER)
        notice = page.locator(".notice.offer")
        await expect(notice).to_contain_text(f"This goes to the customer in {PATIENT} seconds.")
        shown, box = (
            await notice.bounding_box(),
            await desk.thread.locator("form, .composer").last.bounding_box(),
        )
        assert shown
        assert box
        assert shown["y"] + shown["height"] < box["y"]

        await notice.get_by_role("button", name="Undo").click()

        await expect(notice).to_be_hidden()
        await expect(desk.thread).to_contain_text("took this back")
        await expect(customer.frame).not_to_contain_text(ANSWER)
        await page.close()


async def test_the_notice_goes_when_nothing_can_be_taken_back_any_more(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1366, "height": 768})
    customer, desk = Phone(page, "ar"), Desk(page)

    async with playing(undo=HASTY) as (_demo, address):
        await visits_again(page, address)
        await expect(page.locator(".state.running")).to_be_visible()
        await files(customer)
        await desk.clicks("claim")
        await expect(desk.card).to_contain_text("@Agent A")
        await desk.opens_thread()
        await desk.writes(ANSWER)
        notice = page.locator(".notice.offer")
        await expect(notice).to_be_visible()
        await notice.hover()

        await expect(notice).to_be_hidden(timeout=SOON)
        await customer.sees(ANSWER)
        await page.close()
