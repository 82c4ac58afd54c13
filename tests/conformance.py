"""`make conformance` writes docs/conformance.md: each clause, its policy lines and the tests that name it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot import policies
from tests.clauses import names

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "conformance.md"
TESTS = "Tests: "

HEAD = """# What is kept of the five policies

Written by `make conformance` from `docs/clauses.toml`, the policies and the tests; do not edit it.
Each clause: what it says, the lines of the policy that state it, the tests that name it
(`pytest --clause CAP-8` runs them), and what comes later, because. Where the policy is silent, the clause is
kept by promising nothing. Tests that were added since the page was written may be missing; what stands here
is true, and a test holds it.
"""


@dataclass(frozen=True, slots=True)
class Clause:
    """What is known of a clause beforehand. `desk`: what of ours keeps it, where no policy states it."""

    id: str
    says: str
    policy: str
    later: str = ""
    desk: str = ""


def page() -> str:
    """The whole page, as it should be now."""
    parts = [HEAD, *(_chapter(source) for source in _sources()), _readings()]
    return "\n".join(parts)


def clauses() -> list[Clause]:
    return [
        Clause(f"{source}-{number}", policy=told["policy"], **clause)
        for source, told in _sources().items()
        for number, clause in told["clauses"].items()
    ]


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((ROOT / "docs" / "clauses.toml").read_text("utf-8"))


def _sources() -> dict[str, Any]:
    return {source: told for source, told in _told().items() if source != "readings"}


def _chapter(source: str) -> str:
    told = _sources()[source]
    mine = [clause for clause in clauses() if clause.id.startswith(f"{source}-")]
    return "\n".join([f"## {told['name']}: `{told['policy']}.toml`\n", *map(_entry, mine), ""])


def _entry(clause: Clause) -> str:
    tested = tests(clause.id)
    told = [
        f"**{clause.id}** {clause.says}.",
        *_kept(clause),
        *(
            [TESTS + "; ".join(f"{file}: {', '.join(named)}" for file, named in tested.items())]
            if tested
            else []
        ),
        *([f"Later: {clause.later}."] if clause.later else []),
    ]
    return "\n".join(f"- {line}" if number == 0 else f"  - {line}" for number, line in enumerate(told))


def _kept(clause: Clause) -> Iterator[str]:
    """By what: lines of the policy, something of the desk's own, or by silence."""
    stated = lines(clause)
    if stated:
        yield f"Policy: {', '.join(f'`{line}`' for line in stated)}"
    if clause.desk:
        yield f"The desk's own: {clause.desk}."
    if not (stated or clause.desk or clause.later):
        yield "Policy: silent"


def _readings() -> str:
    entries = [f"- {', '.join(one['clauses'])}: {one['text']}" for one in _told()["readings"]]
    return "\n".join(["## Where they contradict themselves or are silent\n", *entries, ""])


# Where a policy states a clause


def lines(clause: Clause) -> list[str]:
    """The key paths of the lines that keep a clause, things with a key by that: `categories.account`."""
    return list(dict.fromkeys(_stating(policies.shipped(clause.policy).to_json(), clause.id)))


def _stating(content: object, clause: str, path: str = "") -> Iterator[str]:
    if isinstance(content, dict):
        if clause in content.get("clause", ()):
            yield path
        for name, part in content.items():
            yield from _stating(part, clause, f"{path}.{name}".removeprefix("."))
    if isinstance(content, list):
        for index, part in enumerate(content):
            key = part.get("key") if isinstance(part, dict) else None
            yield from _stating(part, clause, f"{path}.{key}" if key else f"{path}[{index}]")


# Which tests name a clause


@cache
def tests(clause: str) -> dict[str, list[str]]:
    """The names of the tests that name a clause, by their file under tests/."""
    found = {
        file: [name for name, text in functions if names(text, clause)]
        for file, functions in _texts().items()
    }
    return {file: named for file, named in found.items() if named}


@cache
def _texts() -> dict[str, list[tuple[str, str]]]:
    """Each test of each file, with all that may name a clause: its name and docstring, and the module's."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        file = path.relative_to(ROOT / "tests").as_posix()
        found[file] = [_text(file, tree, node) for node in ast.walk(tree) if _is_test(node)]
    return found


def _is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")


def _text(file: str, tree: ast.Module, node: Any) -> tuple[str, str]:
    said = (file, node.name, ast.get_docstring(node) or "", ast.get_docstring(tree) or "")
    return node.name, "\n".join(said)


def named_on(written: str) -> Iterator[tuple[str, str, str]]:
    """All that a page says of tests: clause, file and name."""
    clause = ""
    for line in written.splitlines():
        if found := re.match(r"- \*\*([A-Z]+-\d+)\*\*", line):
            clause = found[1]
        _, told, listed = line.partition(TESTS)
        for group in listed.split("; ") if told else ():
            file, _, tested = group.partition(": ")
            yield from ((clause, file, name) for name in tested.split(", "))


def without_tests(written: str) -> str:
    """A page without what it says of tests."""
    return "\n".join(line for line in written.splitlines() if TESTS not in line)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
