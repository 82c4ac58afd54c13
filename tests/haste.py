"""Makes the most of the machine: many tests wait for something, so more of them run than there are cores."""

import asyncio
import gc
import os
import sys
import warnings

import pytest
import uvloop

from bot.commands.loading import SELDOM

MOST = 4
LONG = {"browser", "fortnight", "troubles"}
"""Folders whose tests begin first: one that takes half a minute, begun last, would be waited for alone."""

# What was compiled once need not be compiled again by each of the processes that tests start.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

with warnings.catch_warnings():
    # The loop that the desk has. Every other way to say so puts its name into that of each test.
    warnings.simplefilter("ignore", DeprecationWarning)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

gc.disable()  # what is collected and imported stays: nobody needs to look for garbage in it, now or later


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.parent.name not in LONG)


def pytest_collection_finish() -> None:
    gc.freeze()  # and the little that came to be garbage with it
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    cores = os.cpu_count() or 1
    return min(MOST, cores + cores // 2)
