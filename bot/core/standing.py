"""How a channel of the desk stands: whether it can be worked in, and who can look into it."""

from typing import Literal

Standing = Literal["open", "public", "archived", "left", "gone", "restricted"]
"""`left`: without the app. `gone`: deleted, or private and without the app. `restricted`: for reading only.
`public`: open to the whole workspace, where that is not wanted."""

SHUT = frozenset[Standing]({"archived", "left", "gone", "restricted"})


def is_shut(stands: Standing) -> bool:
    """Whether nothing can be said there."""
    return stands in SHUT
