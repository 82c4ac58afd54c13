"""A real browser: the one that the system has."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE = 20_000
"""Milliseconds to wait for anything: a machine can be busy."""


@pytest.fixture(scope="package")
async def chromium() -> AsyncIterator[Browser]:
    """To start it takes seconds; to have another window takes none."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip(
            "NO CHROMIUM HERE: THE PAGE OF THE PLAYGROUND IS NOT TESTED (install the package chromium)"
        )
    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=program, args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield started
        await started.close()


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """As if it had been started for this test: no window is open, and nothing is remembered of others."""
    yield chromium
    for visit in chromium.contexts:
        await visit.close()
