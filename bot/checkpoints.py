"""The named points at which tests kill the bot: before a commit and after it, around a send."""

from collections.abc import Callable

Checkpoint = Callable[[str], None]

HEAR_BEFORE_COMMIT = "hear:before-commit"
HEAR_AFTER_COMMIT = "hear:after-commit"
HANDLE_BEFORE_COMMIT = "handle:before-commit"
HANDLE_AFTER_COMMIT = "handle:after-commit"
DELIVER_BEFORE_SEND = "deliver:before-send"
DELIVER_AFTER_SEND = "deliver:after-send"
FILE_BEFORE_COMMIT = "file:before-commit"
SETTLE_AFTER_COMMIT = "settle:after-commit"


def nowhere(_name: str) -> None:
    """Go on, as the bot always does in earnest."""
