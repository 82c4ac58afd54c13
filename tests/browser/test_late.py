"""A promise that is not kept: filed in Arabic at Captain Mama's, overdue when time moves, and escalated."""

from playwright.async_api import Browser, expect

from tests.browser.visitor import Desk, Phone, Time, visits_again
from tests.playing import playing

PROBLEM = "لا يفتح الدرس الثاني من ورشة الرضاعة، وتظهر شاشة بيضاء."


async def test_a_visitor_moves_time_past_a_promise_and_sees_what_follows(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme="dark")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    customer, desk, time = Phone(page, "ar"), Desk(page), Time(page)

    async with playing() as (_demo, address):
        await visits_again(page, address)
        await page.get_by_label("Policy").select_option("captain-mama")
        await expect(desk.channels).to_have_text(
            ["support", "department", "supervision", "fallback", "Sanad"]
        )
        await expect(page.locator(".state.running")).to_be_visible()
        await files(customer)
        await is_late(desk, time)
        await is_explained(desk)
        await escalates(customer, desk)
        await page.close()

    assert wrong == []


async def files(customer: Phone) -> None:
    await customer.starts()
    await customer.presses("new")
    await customer.presses("access")
    await customer.presses("none")
    await customer.asked("cancel")
    await customer.writes("mother@example.org")
    await customer.sees("ماذا حدث")
    await customer.writes(PROBLEM)
    await customer.presses("send")


async def is_late(desk: Desk, time: Time) -> None:
    """24 hours of work are over after three working days; reminders and breach came each at its moment."""
    await expect(desk.card).to_contain_text("First response")
    for _ in range(4):
        await time.moves("working_day")
    await expect(desk.card).to_contain_text("overdue")
    await expect(time.bar.get_by_role("button", name="Back to now")).to_be_visible()
    await desk.opens_thread()
    await expect(desk.thread).to_contain_text("The first answer is overdue")


async def is_explained(desk: Desk) -> None:
    await desk.chooses("why")
    await expect(desk.dialog).to_contain_text("CAP-7")
    await desk.closes()


async def escalates(customer: Phone, desk: Desk) -> None:
    await customer.writes("/escalate")
    await customer.sees("الإدارة الإشرافية")
    await desk.goes_to("supervision")
    await expect(desk.page.locator(".pane:not(.thread):visible")).to_contain_text("A customer has escalated")
