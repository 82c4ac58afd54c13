"""The shipped policies, and the way to find one by its name or by its path."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.core.mistakes import UTF_8, Mistake
from bot.core.policy import Policy, PolicyError


@cache
def names() -> tuple[str, ...]:
    """The names of the shipped policies."""
    found = (Path(file.name) for file in files(__name__).iterdir())
    return tuple(sorted(file.stem for file in found if file.suffix == ".toml"))


def shipped(name: str, countries: Collection[str] = ()) -> Policy:
    """A shipped policy. Raises PolicyError when there is none of this name."""
    if name not in names():
        raise PolicyError(name, [Mistake("", f"no such policy; there are {', '.join(names())}")])
    return _shipped(name, frozenset(countries))


@cache
def _shipped(name: str, countries: frozenset[str]) -> Policy:
    """What is shipped never changes while we run, and a policy is a value: it is read once."""
    file = f"{name}.toml"
    return Policy.load(files(__name__).joinpath(file).read_text("utf-8"), file, countries)


def load(name_or_path: str, countries: Collection[str] = ()) -> Policy:
    """A policy by its shipped name, or from a file. Raises PolicyError with all that is to be mended.

    `countries` are those whose public holidays are known; without them, any country will do.
    """
    path = Path(name_or_path)
    if name_or_path in names() or (path.suffix != ".toml" and not path.exists()):
        return shipped(name_or_path, countries)
    try:
        text = path.read_text(UTF_8)
    except (OSError, UnicodeDecodeError) as unread:
        raise PolicyError(name_or_path, [Mistake("", f"cannot be read: {unread}")]) from None
    return Policy.load(text, name_or_path, countries)
