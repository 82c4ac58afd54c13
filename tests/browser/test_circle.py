"""The whole circle by hand in a browser: filed on an Arabic phone, worked at the desk, rated on the phone."""

import os
import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from locales import pgettext, use
from tests.browser.visitor import Desk, Phone, visits_again
from tests.playing import playing

PICTURES = Path(__file__).parents[2] / "docs"
PHOTO = 1  # after the files of this device
PROBLEM = "لا تفتح صفحة الطلبات منذ الصباح، وتظهر رسالة Error 502 عند كل محاولة."
ANSWER = "شكرًا لبلاغك. نراجع الخادم الآن، ونكتب لك هنا خلال دقائق."
NOTE = ";; the proxy was restarted at 8:40"
CANNED = re.compile("https://example.com/ar/guide")
SOLUTION = "أُعيد تشغيل الخادم، وصفحة الطلبات تفتح الآن."


async def test_a_visitor_files_answers_resolves_and_rates(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme="light")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    customer, desk = Phone(page, "ar"), Desk(page)

    async with playing() as (_demo, address):
        await visits_again(page, address)
        await expect(page.locator(".state.running")).to_be_visible()
        await files(customer)
        await shows(customer)
        await answers(desk, customer)
        await greets(Phone(page, "ru"))
        await picture(page)
        await resolves(desk, customer)
        await rates(customer, desk)
        await page.close()

    assert wrong == []


async def files(customer: Phone) -> None:
    """By buttons and by typing."""
    await customer.starts()
    await customer.presses("new")
    await customer.presses("technical")
    await customer.presses("website")
    await customer.sees("ما المشكلة؟")
    await customer.writes(PROBLEM)
    await customer.presses("normal")
    with use("ar"):
        skip = pgettext("button", "Skip")
    await customer.taps(skip)
    await customer.asked("send")
    await customer.presses("send")


async def shows(customer: Phone) -> None:
    """What is sent with a phone is seen on it."""
    await customer.attaches(PHOTO)
    await expect(customer.frame.locator(".pictures img").last).to_have_js_property("naturalWidth", 960)


async def answers(desk: Desk, customer: Phone) -> None:
    await expect(desk.card).to_contain_text("Website")
    await desk.clicks("claim")
    await expect(desk.card).to_contain_text("@Agent A")
    await desk.opens_thread()
    await expect(desk.thread).to_contain_text(PROBLEM)
    await desk.writes(NOTE)
    await desk.writes(ANSWER)
    await customer.sees(ANSWER)
    await expect(customer.frame).not_to_contain_text("proxy")


async def resolves(desk: Desk, customer: Phone) -> None:
    await desk.clicks("resolve")
    await desk.picks("canned", "guide")
    await expect(desk.dialog.locator("textarea")).to_have_value(CANNED)
    await desk.submits(SOLUTION)
    await customer.sees(SOLUTION)


async def rates(customer: Phone, desk: Desk) -> None:
    await customer.presses("solved")
    await customer.asked("5")
    await customer.presses("5")
    await expect(desk.card).to_contain_text("5 of 5")


async def greets(other: Phone) -> None:
    """Everybody is spoken to in their own language."""
    await other.starts()
    await other.presses("new")
    await other.asked("technical")


async def picture(page: Page) -> None:
    """The README's, when they are asked for: a test leaves the tree as it was."""
    if os.environ.get("SANAD_SCREENSHOT") == "1":
        await page.set_viewport_size({"width": 1440, "height": 900})
        await page.mouse.move(5, 5)
        await page.wait_for_timeout(6500)  # notices go by themselves
        await page.screenshot(path=PICTURES / "playground.png")
        await page.emulate_media(color_scheme="dark")
        await page.wait_for_timeout(500)
        await page.screenshot(path=PICTURES / "playground-dark.png")
        await page.emulate_media(color_scheme="light")
