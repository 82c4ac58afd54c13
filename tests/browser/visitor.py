"""What a visitor of the playground's page does with the mouse and the keyboard."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


async def visits_again(page: Page, address: str) -> None:
    """Open the page as somebody who was invited to the ride before."""
    await page.add_init_script("localStorage.setItem('sanad-ride', '{}')")
    await page.goto(address)


@dataclass(frozen=True)
class Phone:
    """One of the phones on the page, by the language of its owner."""

    page: Page
    language: str

    @property
    def frame(self) -> Locator:
        return self.page.locator(f'.phone[lang="{self.language}"]')

    async def starts(self) -> None:
        await self.frame.locator(".wide:visible").click()

    async def presses(self, key: str) -> None:
        """Press the newest inline button of this key, whatever it is called in the phone's language."""
        await self.frame.locator(_answer(key)).last.click()

    async def taps(self, title: str) -> None:
        """Use the keyboard that the bot put in the place of the phone's own."""
        await self.frame.locator(".keyboard").get_by_role("button", name=title, exact=True).click()

    async def writes(self, text: str) -> None:
        box = self.frame.locator("textarea")
        await box.fill(text)
        await box.press("Enter")

    async def chooses(self, title: str) -> None:
        """Choose from the phone's own menu, by the keyboard."""
        await self.frame.locator("header .menu-place > button").press("Enter")
        await self.frame.get_by_role("menuitem", name=title).press("Enter")

    async def attaches(self, place: int) -> None:
        """Send one of the samples, by its place in the menu."""
        attach = self.frame.locator(".composer .menu-place").last
        await attach.locator("> button").click()
        await attach.get_by_role("menuitem").nth(place).click()

    async def sees(self, text: str) -> None:
        await expect(self.frame.locator(".message.theirs", has_text=text).last).to_be_visible()

    async def asked(self, key: str) -> None:
        """Wait until a question offers this answer."""
        newest = self.frame.locator(".message:last-child")
        await expect(newest.locator(_answer(key))).to_be_visible()


def _answer(key: str) -> str:
    """The button of this key; what follows a dot in it says what it is about."""
    return f'[data-press$=":{key}"], [data-press*=":{key}."]'


@dataclass(frozen=True)
class Desk:
    """The desk on the page."""

    page: Page

    @property
    def card(self) -> Locator:
        return self.page.locator(".pane:not(.thread) .post.card").last

    @property
    def thread(self) -> Locator:
        return self.page.locator(".pane.thread")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog.modal[open]")

    @property
    def channels(self) -> Locator:
        return self.page.locator(".desk nav button bdi")

    async def clicks(self, verb: str) -> None:
        """Press a button of the newest card, by its verb."""
        await self.card.locator(f'[data-action="{verb}"]').click()

    async def chooses(self, verb: str) -> None:
        """Choose from the menu of the newest card, by the verb."""
        menu = self.card.locator("select")
        entry = menu.locator(f'option[value^="{verb}"]')
        await menu.select_option(await entry.get_attribute("value"))

    async def goes_to(self, channel: str) -> None:
        await self.page.locator(".desk nav").get_by_role("button", name=channel).click()

    async def closes(self) -> None:
        """Leave the dialog as it is, by the keyboard: it has the focus."""
        await self.page.keyboard.press("Escape")
        await expect(self.dialog).to_be_hidden()

    async def opens_thread(self) -> None:
        await self.card.locator(".replies").click()

    async def writes(self, text: str) -> None:
        """Write into the open thread."""
        box = self.thread.locator("textarea")
        await box.fill(text)
        await box.press("Enter")

    async def picks(self, field: str, option: str) -> None:
        """Choose in a field of the dialog that opens."""
        await self.dialog.locator(f'[data-field="{field}"] select').select_option(option)

    async def submits(self, text: str) -> None:
        """Fill in the first field of the dialog that opens, and send it."""
        await self.dialog.locator("textarea").first.fill(text)
        await self.dialog.locator("footer .primary").click()
        await expect(self.dialog).to_be_hidden()


@dataclass(frozen=True)
class Time:
    """Desk time on the page."""

    page: Page

    @property
    def bar(self) -> Locator:
        return self.page.locator("#time")

    async def moves(self, to: str) -> None:
        """Press the button, by the keyboard, and wait until time has arrived there."""
        way = self.bar.locator(".way")
        before = await way.get_attribute("data-goal") or ""
        button = self.bar.locator(f'[value="{to}"]')
        await expect(button).to_be_enabled()  # a key does not wait for it
        await button.press("Enter")
        await expect(way).not_to_have_attribute("data-goal", before)
        await expect(self.bar).to_have_attribute("aria-busy", "false")
