"""What a check finds, told line by line."""

from collections.abc import Callable
from typing import TypeVar

from bot.core.mistakes import FileError

T = TypeVar("T")


class Report:
    """Tells each finding at once, as a line, and knows whether something is to be mended."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self.tell = tell
        self.well = True

    def ok(self, what: str) -> None:
        self.tell(f"ok    {what}")

    def warn(self, what: str) -> None:
        """Something that works, and not as well as it could."""
        self.tell(f"warn  {what}")

    def mend(self, what: str) -> None:
        self.well = False
        self.tell(f"mend  {what}")

    def read(self, what: str, load: Callable[[], T]) -> T | None:
        """What `load` gives, or None after telling all mistakes of its file."""
        try:
            loaded = load()
        except FileError as wrong:
            for line in str(wrong).splitlines():
                self.mend(line)
            return None
        self.ok(what)
        return loaded
