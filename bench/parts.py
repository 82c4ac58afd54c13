"""Where a desk's time goes: its threads are looked at now and then, and each look counts for one part."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from threading import Thread, current_thread
from types import FrameType

EVERY = 0.005

PARTS = (
    ("/sqlalchemy/", "SQL: making and running statements"),
    ("/storage/prepared.py", "SQL: making and running statements"),
    ("/storage/crypto.py", "sealing and opening"),
    ("/storage/keys.py", "sealing and opening"),
    ("/pydantic", "values"),
    ("/bot/core/", "rules and values"),
    ("/slack_sdk/", "Slack: the SDK and HTTP"),
    ("/bot/channels/slack/", "Slack: the SDK and HTTP"),
    ("/bot/channels/telegram/", "Telegram: the library and HTTP"),
    ("/telegram/", "Telegram: the library and HTTP"),
    ("/handlers/", "handlers"),
    ("/locales/", "handlers"),
    ("/storage/", "the store's own work"),
    ("/bot/", "inbox, outbox, lanes"),
    ("/aiohttp/", "Telegram: the library and HTTP"),
)
WAITING = ("/selectors.py", "/threading.py", "/queue.py")
NOTHING_TO_DO = {"_work", "_worker", "_connection_worker_thread"}
"""The innermost functions of threads that wait for work in a call which is no Python."""

UNITS = {
    ("writer.py", "_together"): "committed: groups of units",
    ("inbox.py", "keep"): "heard: the inbox",
    ("inbox.py", "_handle_next"): "handled: the unit",
    ("errands.py", "_take"): "leased: the outbox",
    ("errands.py", "settle"): "settled: the outbox",
}


class Sampler:
    """Begins to look when it is made."""

    def __init__(self) -> None:
        self._parts: Counter[str] = Counter()
        self._units: Counter[str] = Counter()
        Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        me = current_thread().ident
        while True:
            time.sleep(EVERY)
            for thread, frame in sys._current_frames().items():  # noqa: SLF001 - Python's own name for it
                if thread != me and (part := _part(frame)):
                    self._parts[part] += 1
                    self._units[_unit(frame)] += 1

    def told(self) -> str:
        return f"{_shares(self._parts)}\n{_shares(self._units)}\n"


def _shares(counted: Counter[str]) -> str:
    looks = counted.total() or 1
    return "; ".join(f"{100 * number / looks:.0f} % {name}" for name, number in counted.most_common())


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    while frame:
        yield frame
        frame = frame.f_back


def _part(innermost: FrameType) -> str:
    """What the thread does; nothing if it waits."""
    code = innermost.f_code
    if code.co_name == "do_commit":
        return "waiting for the disk"
    if code.co_filename.endswith(WAITING) or code.co_name in NOTHING_TO_DO:
        return ""
    for frame in _stack(innermost):
        for path, part in PARTS:
            if path in frame.f_code.co_filename:
                return part
    return "the event loop"


def _unit(innermost: FrameType) -> str:
    for frame in _stack(innermost):
        file = frame.f_code.co_filename
        if "site-packages" not in file and (
            unit := UNITS.get((file.rpartition("/")[2], frame.f_code.co_name))
        ):
            return unit
    return "hearing and sending"
