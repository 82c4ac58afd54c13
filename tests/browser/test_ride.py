"""The guided ride: it waits for what the visitor really does, from a request to an overdue promise."""

from playwright.async_api import Browser, Page, expect

from tests.browser.visitor import Desk, Phone, Time
from tests.playing import playing


class Coach:
    """The card that leads through the ride."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.card = page.locator(".coach")
        self.ring = page.locator(".ring")

    async def says(self, title: str) -> None:
        await expect(self.card.locator("h2")).to_have_text(title)

    async def points_at(self, selector: str) -> None:
        """The ring surrounds what the step is about."""
        await expect(self.ring).to_be_visible()
        await self.page.wait_for_function(
            """(selector) => {
                const all = [...document.querySelectorAll(selector)];
                const seen = all.filter((one) => one.getClientRects().length);
                const inner = seen.at(-1)?.getBoundingClientRect();
                const outer = document.querySelector(".ring").getBoundingClientRect();
                return inner && outer.left < inner.left && outer.right > inner.right && outer.top < inner.top;
            }""",
            arg=selector,
        )

    async def leaves_free(self, selector: str) -> None:
        """What is read while it speaks is not under it."""
        await self.page.wait_for_function(
            """(selector) => {
                const read = document.querySelector(selector).getBoundingClientRect();
                const card = document.querySelector(".coach").getBoundingClientRect();
                return card.right <= read.left || card.left >= read.right;
            }""",
            arg=selector,
        )

    async def presses(self, title: str) -> None:
        await self.card.get_by_role("button", name=title, exact=True).click()


async def test_the_ride_leads_a_newcomer_from_a_request_to_an_overdue_promise(browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    coach, customer, desk, time = Coach(page), Phone(page, "ar"), Desk(page), Time(page)

    async with playing() as (_demo, address):
        await page.goto(address)
        await coach.says("Two minutes with Sanad")
        await coach.presses("Begin")
        await files(coach, customer)
        await answers(coach, desk)
        await rates(coach, customer)
        await waits(coach, desk, time)
        await comes_back(coach, page)
        await context.close()

    assert wrong == []


async def files(coach: Coach, customer: Phone) -> None:
    await coach.says("A customer opens the chat")
    await coach.points_at(".phone.first .wide")
    await customer.starts()
    await coach.says("A new request")
    await customer.presses("new")
    await coach.says("In their own words")
    await coach.leaves_free(".phone.first .chat")
    await coach.presses("Write it for me")
    await customer.frame.locator("textarea").press("Enter")
    await coach.says("How urgent is it?")
    await customer.presses("urgent")
    await coach.says("A last look, then off")
    await customer.presses("send")


async def answers(coach: Coach, desk: Desk) -> None:
    await coach.says("The request is on the desk")
    await coach.points_at('.post.card [data-action="claim"]')
    await desk.clicks("claim")
    await coach.says("All that is said")
    await desk.opens_thread()
    await coach.says("Answer as in any chat")
    await desk.writes(";; nobody outside reads this")
    await coach.presses("Write it for me")
    await desk.thread.locator("textarea").press("Enter")
    await coach.says("Done")
    await desk.clicks("resolve")
    await coach.points_at("dialog.modal[open]")
    await desk.dialog.locator("footer .primary").click()


async def rates(coach: Coach, customer: Phone) -> None:
    await coach.says("The customer has the last word")
    await customer.presses("solved")
    await coach.says("How was it?")
    await customer.presses("5")


async def waits(coach: Coach, desk: Desk, time: Time) -> None:
    await coach.says("And when nobody answers?")
    await coach.presses("File it for me")
    await coach.says("Move time")
    await expect(time.bar).to_contain_text("a reminder (first response)")
    await time.moves("due")
    await coach.says("Move time")
    await expect(time.bar).to_contain_text("a promise is overdue (first response)")
    await expect(desk.card).not_to_contain_text("overdue")
    await time.moves("due")
    await coach.says("Late, and said so")
    await coach.points_at(".pane:not(.thread) .post.card select")
    await coach.leaves_free(".pane:not(.thread, .app) .posts")
    await desk.chooses("why")
    await coach.says("That was the ride")
    await expect(desk.card).to_contain_text("overdue")


async def comes_back(coach: Coach, page: Page) -> None:
    """It is left, and is offered again by its button; whoever reloads is not asked twice."""
    await coach.presses("Finish")
    await page.reload()
    await expect(page.locator(".state.running")).to_be_visible()
    await expect(coach.card).to_be_hidden()
    await page.get_by_role("button", name="Guided ride").click()
    await coach.says("Two minutes with Sanad")
    await page.keyboard.press("Tab")
    await coach.card.get_by_role("button", name="Not now").press("Escape")
    await expect(coach.card).to_be_hidden()
