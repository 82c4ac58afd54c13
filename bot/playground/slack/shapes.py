"""Small checkers for JSON shapes; each raises `MisshapenError` with the path of what is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str], None]


class MisshapenError(Exception):
    """A value that Slack would refuse: where it is, and why."""


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> None:
        if not isinstance(value, str):
            raise MisshapenError(f"{path}: must be a string")
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in value):
            raise MisshapenError(f"{path}: not valid text")
        if not least <= units(value) <= most:
            raise MisshapenError(f"{path}: must be {least} to {most} characters, is {units(value)}")

    return check


def flag(value: Any, path: str) -> None:
    if not isinstance(value, bool):
        raise MisshapenError(f"{path}: must be a boolean")


def number(value: Any, path: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MisshapenError(f"{path}: must be a whole number")


def of_ten(value: Any, path: str) -> None:
    number(value, path)
    if not 1 <= value <= 10:  # noqa: PLR2004 - as Slack has it
        raise MisshapenError(f"{path}: must be 1 to 10")


def seconds(value: Any, path: str) -> None:
    number(value, path)
    if len(str(value)) != 10:  # noqa: PLR2004 - as Slack has it
        raise MisshapenError(f"{path}: must be a time in seconds, of 10 digits")


def one_of(*values: str) -> Check:
    def check(value: Any, path: str) -> None:
        if value not in values:
            raise MisshapenError(f"{path}: must be one of {', '.join(values)}")

    return check


def listing(item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> None:
        if not isinstance(value, list):
            raise MisshapenError(f"{path}: must be a list")
        if not least <= len(value) <= most:
            raise MisshapenError(f"{path}: must have {least} to {most} items, has {len(value)}")
        for place, inner in enumerate(value):
            item(inner, f"{path}/{place}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these properties; Slack refuses any other."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise MisshapenError(f"{path}: must be an object")
        if missing := required.keys() - value.keys():
            raise MisshapenError(f"{path}: lacks {', '.join(sorted(missing))}")
        for name, inner in value.items():
            if name not in known:
                raise MisshapenError(f"{path}: {name} is no property of it")
            known[name](inner, f"{path}/{name}")

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check it must pass."""

    def check(value: Any, path: str) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in kinds:
            raise MisshapenError(f"{path}: unsupported type: {kind}")
        kinds[kind]({name: inner for name, inner in value.items() if name != "type"}, path)

    return check
