"""What a client makes of the text that somebody types."""

import re

from bot.playground.telegram.messages import Json

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")
_LONGEST = 4096


def entities(text: str) -> Json:
    """A command at the beginning is marked as one."""
    if command := _COMMAND.match(text):
        return {"entities": [{"type": "bot_command", "offset": 0, "length": command.end()}]}
    return {}


def cut(text: str) -> list[str]:
    """Into messages of whole letters, at most 4,096 UTF-16 units each."""
    pieces, room = [""], _LONGEST
    for letter in text:
        size = len(letter.encode("utf-16-le", "surrogatepass")) // 2
        if size > room:
            pieces.append("")
            room = _LONGEST
        pieces[-1] += letter
        room -= size
    return pieces
