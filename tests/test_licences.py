"""Every package that runs with Sanad is listed with its licence, and none is listed that does not."""

import re
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LISTED = Path(__file__).parent.parent / "docs" / "licences.md"


def needed(
    package: str, extras: frozenset[str], known: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """What a package needs on this machine, directly and indirectly, gathered in `known`."""
    for line in requires(package) or ():
        wanted = Requirement(line)
        environments = [{"extra": extra} for extra in extras or {""}]
        if wanted.marker and not any(wanted.marker.evaluate(environment) for environment in environments):
            continue
        name, more = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if name not in known or not more <= known[name]:
            known[name] = known.get(name, frozenset()) | more
            needed(name, known[name], known)
    return known


def test_the_list_of_licences_is_complete_and_no_longer_than_that() -> None:
    listed = dict(
        re.findall(r"^\| ([a-z0-9-]+) \| (\S.*) \|$", LISTED.read_text(encoding="utf-8"), re.MULTILINE)
    )
    del listed["package"]

    assert set(listed) == set(needed("sanad-desk", frozenset(), {}))
