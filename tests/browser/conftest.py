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


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip(
            "NO CHROMIUM HERE: THE PAGE OF THE PLAYGROUND IS NOT TESTED (install the package chromium)"
        )
    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=chromium, args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield started
        await started.close()
