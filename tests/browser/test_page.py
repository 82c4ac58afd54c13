"""The page itself: it fits where people look at it, can be read, is used by the keyboard, and stays quick."""

import asyncio
import re
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.playground.demo import Demo
from tests.browser.visitor import Desk, Phone, visits_again
from tests.playground.visitor import ARABIC, RUSSIAN
from tests.playing import playing

OTHERS = ((1440, 900), (1180, 820), (820, 1180), (390, 844))
Theme = Literal["light", "dark"]
LAPTOP = ViewportSize(width=1280, height=800)
SCREENS = (LAPTOP, *(ViewportSize(width=wide, height=high) for wide, high in OTHERS))
THEMES: tuple[Theme, ...] = ("light", "dark")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
ROOM = "() => [document.documentElement.scrollWidth - innerWidth, document.body.scrollHeight - innerHeight]"
MANY = 100
QUESTION = "لا تفتح الصفحة"


async def opened(browser: Browser, address: str, theme: Theme = "light") -> Page:
    """The page as somebody sees it who has been here before: nobody is invited to the ride."""
    page = await browser.new_page(viewport=LAPTOP, color_scheme=theme)
    await visits_again(page, address)
    await expect(page.locator(".state.running")).to_be_attached()
    return page


async def test_the_page_fits_reads_and_answers_the_keyboard(browser: Browser) -> None:
    async with playing("compusoft") as (demo, address):
        page = await opened(browser, address)
        await answers_the_keyboard(page)
        await adds_it_to_a_group(page)
        await speaks(page)
        for theme in THEMES:
            await reads(await opened(browser, address, theme=theme))
        await fits(await opened(browser, address))
        await keeps_still_under_a_finger(page, demo)
        await stays_quick(page, demo)


async def answers_the_keyboard(page: Page) -> None:
    """File by hand and keyboard, answer an own message from its menu, and share a file at the desk."""
    customer, desk = Phone(page, "ar"), Desk(page)
    await customer.starts()
    await customer.presses("new")
    await customer.asked("cancel")
    await customer.writes(QUESTION)
    await customer.presses("urgent")
    await customer.presses("send")
    await expect(desk.card).to_contain_text("Urgent")

    own = customer.frame.locator(".message.mine", has_text=QUESTION)
    await own.focus()
    for key in ("Tab", "Enter", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(customer.frame.locator("textarea")).to_have_value(QUESTION)  # it is being changed
    await page.keyboard.press("Escape")
    await expect(customer.frame.locator("textarea")).to_have_value("")

    await leaves_dialogs(desk)
    await desk.opens_thread()
    await desk.thread.get_by_role("button", name="Attach").press("Enter")
    await page.get_by_role("menuitem", name="Photo").press("Enter")
    await desk.writes(";; as seen here")
    await expect(desk.thread.locator(".post img.picture")).to_be_visible()
    await desk.thread.locator("textarea").press("Escape")
    await expect(desk.thread).to_be_hidden()


async def leaves_dialogs(desk: Desk) -> None:
    """The keyboard goes on where it was: on the same button, or on the card that was drawn anew."""
    note, claim = (desk.card.locator(f'[data-action="{verb}"]') for verb in ("note", "claim"))
    await note.press("Enter")
    await expect(desk.dialog).to_be_visible()
    await desk.closes()
    await expect(note).to_be_focused()
    await claim.press("Enter")
    await expect(desk.card).to_contain_text("@Agent A")
    await desk.card.locator('[data-action="ask"]').press("Enter")
    await desk.submits("متى بدأت المشكلة؟")
    await expect(desk.card).to_contain_text("Waiting for the customer")
    await expect(desk.card.locator(":focus")).to_be_visible()


async def adds_it_to_a_group(page: Page) -> None:
    """The bot's word there leads back to the private chat."""
    other = Phone(page, "ru")
    await other.chooses("В группу")
    await other.sees("В группах мы не принимаем обращения")
    await other.writes("/start")
    await expect(other.frame.locator(".message.mine")).to_have_text(re.compile("^/start"))
    await other.frame.get_by_role("button", name="Написать лично").press("Enter")
    await expect(other.frame.locator("header strong")).to_have_text("Sanad")
    await other.asked("new")
    await other.chooses("Деактивировать аккаунт")
    await expect(other.frame.locator("textarea")).to_be_hidden()
    await other.frame.get_by_role("button", name="Восстановить аккаунт").press("Enter")
    await expect(other.frame.locator("textarea")).to_be_visible()


async def speaks(page: Page) -> None:
    """The page speaks another language at once, and from then on."""
    await page.get_by_role("button", name="العربية").click()
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(page.get_by_role("button", name="جولة موجّهة")).to_be_visible()
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("html")).to_have_attribute("dir", "ltr")


async def reads(page: Page) -> None:
    """Every word has the contrast that WCAG AA asks for, whatever the theme."""
    await Desk(page).opens_thread()
    seen = await page.evaluate(CONTRAST)
    assert seen["read"] > 50
    assert seen["found"] == {}
    before = await page.evaluate("() => getComputedStyle(document.body).color")
    await page.get_by_role("button", name="Light or dark").click()
    assert await page.evaluate("() => getComputedStyle(document.body).color") != before
    await page.close()


async def fits(page: Page) -> None:
    """All of it is on the screen, whatever its size becomes: lists scroll, the page does not."""
    for size in SCREENS:
        await page.set_viewport_size(size)
        wider, higher = await page.evaluate(ROOM)
        assert (wider, higher) == (0, 0), size
    await page.close()


async def keeps_still_under_a_finger(page: Page, demo: Demo) -> None:
    """What changes between down and up swallows no click: it is shown after that."""
    desk, customer = Desk(page), demo.stage.customers[ARABIC]
    replies = desk.card.locator(".replies")
    await replies.hover()
    before = await replies.inner_text()
    await page.mouse.down()
    await customer.says("ما زالت لا تفتح")
    await customer.sees("أُضيف")
    await asyncio.sleep(0.3)
    await page.mouse.up()
    await expect(desk.thread).to_be_visible()
    await expect(replies).not_to_have_text(before)
    await desk.thread.locator("textarea").press("Escape")


async def stays_quick(page: Page, demo: Demo) -> None:
    """What was drawn stays as it is, however much comes."""
    await demo.stage.bot.kill()
    customer = demo.stage.customers[RUSSIAN]
    many = len(customer.chat) + MANY
    for number in range(MANY):
        await customer.says(f"{number}")
    chat = page.locator(f'.phone[data-person="{RUSSIAN}"] .message')
    await expect(chat).to_have_count(many)
    await page.evaluate("() => document.querySelectorAll('.message').forEach((one) => (one.drawn = true))")
    await customer.says("one more")
    await demo.stage.customers[ARABIC].says("here too")
    await expect(chat).to_have_count(many + 1)
    await asyncio.sleep(0.2)
    fresh = "() => [...document.querySelectorAll('.message')].filter((one) => !one.drawn).length"
    # Both new ones, and the two whose tails went: they are no longer the last of their group.
    assert await page.evaluate(fresh) <= 4
