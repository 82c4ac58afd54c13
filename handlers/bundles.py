"""Kept files, put together as they are posted."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from bot.core.enclosures import Enclosure, enclose
from storage import files
from storage.files import Kept

MOST = 10
"""Files of one post. What was sent together stays together."""


def enclosed(found: Sequence[Kept]) -> tuple[Enclosure, ...]:
    """Those whose bytes are here, as they are sent."""
    return tuple(enclose(one.id, one.about) for one in found if one.state == "kept" and one.about.size)


def is_told(file: Kept) -> bool:
    """Whether it belongs to the words as they read now."""
    return file.replaced_by is None and not is_taken_off(file)


def is_taken_off(file: Kept) -> bool:
    """Whether its sender took it off the message; what came with a note is for nobody, too, and not here."""
    return file.bound in (files.LEAVING, files.NOBODY)


def on_their_way(found: Iterable[Kept]) -> list[list[Kept]]:
    """Those whose bytes are still to come, as they will be posted: each message's when all of it is here."""
    batches: dict[UUID, list[Kept]] = {}
    for file in found:
        if file.state == "waiting":
            batches.setdefault(file.batch, []).append(file)
    return list(batches.values())


def in_posts(found: Iterable[Kept]) -> Iterator[list[Kept]]:
    """Those whose bytes are here, in the order in which they came, in as few posts as it takes."""
    batches: dict[UUID, list[Kept]] = {}
    for file in sorted(found, key=lambda file: file.id):
        if enclosed([file]):
            batches.setdefault(file.batch, []).append(file)
    together: list[Kept] = []
    for batch in batches.values():
        if together and len(together) + len(batch) > MOST:
            yield together
            together = []
        together = [*together, *batch]
    if together:
        yield together
