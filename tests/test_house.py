"""The rules of the house: who may import whom, how large things get, who reads a clock, what is committed."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
OURS = ("bot", "handlers", "locales", "storage")
LARGEST_FILE, LONGEST_BODY = 300, 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[str]:
    """Paths of our modules from the root, migrations left out: those are written once, by a tool."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path.relative_to(ROOT).as_posix() for path in paths if "versions" not in path.parts]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imports(module: str) -> set[str]:
    """Dotted names of what a module imports from us."""
    found = set[str]()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} | {str(node.module)}
    return {name for name in found if name.split(".")[0] in OURS}


def test_every_import_names_its_whole_path() -> None:
    relative = [
        f"{module}:{node.lineno}"
        for module in modules(*OURS)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


# Who may import whom. The first line whose beginning fits a module is its rule; what no line fits is part of
# the machine around the desk (bot/app.py and its like) and may import everybody.
MAY_IMPORT = [
    ("bot/__init__.py", ()),
    ("bot/core/", ("bot.core",)),
    ("bot/policies/", ("bot.core", "bot.policies")),
    ("bot/channels/__init__.py", ("bot.core", "locales")),
    ("bot/channels/telegram/", ("bot.core", "locales", "bot.channels.telegram", "bot.channels")),
    ("bot/channels/slack/", ("bot.core", "locales", "bot.channels.slack", "bot.channels")),
    ("bot/playground/", ("bot.core", "locales", "bot.playground")),
    ("bot/settings.py", ("bot.core", "bot.shapes")),
    ("bot/shapes.py", ("bot.core",)),
    ("bot/logs.py", ()),
    ("bot/web.py", ()),
    ("bot/scheduler.py", ()),
    ("storage/", ("bot.core", "storage")),
    ("locales/", ("locales",)),
    ("handlers/", ("bot.core", "storage", "locales", "handlers")),
]
EVERYBODY = ("bot", "handlers", "locales", "storage")


def rule(module: str) -> tuple[str, ...]:
    return next((allowed for start, allowed in MAY_IMPORT if module.startswith(start)), EVERYBODY)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_a_module_imports_only_what_its_place_allows() -> None:
    wrong = {
        module: [name for name in sorted(imports(module)) if not within(name, rule(module))]
        for module in modules(*OURS)
    }

    assert {module: names for module, names in wrong.items() if names} == {}


def test_the_channels_do_not_know_each_other() -> None:
    for one, other in [("telegram", "slack"), ("slack", "telegram")]:
        for module in modules(f"bot/channels/{one}"):
            assert not [name for name in imports(module) if name.startswith(f"bot.channels.{other}")], module


def test_only_the_command_line_starts_the_playground() -> None:
    others = [
        module
        for module in modules(*OURS)
        if not module.startswith(("bot/playground/", "bot/cli.py", "bot/commands/"))
    ]

    assert [
        module for module in others if any(within(name, ("bot.playground",)) for name in imports(module))
    ] == []


def functions(module: str) -> Iterator[Function]:
    for node in ast.walk(tree(module)):
        if isinstance(node, Function):
            yield node


def body_lines(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1


def test_files_and_functions_stay_small() -> None:
    files = {module: (ROOT / module).read_text(encoding="utf-8").count("\n") for module in modules(*OURS)}
    bodies = {f"{module}:{f.name}": body_lines(f) for module in files for f in functions(module)}

    assert {module: lines for module, lines in files.items() if lines > LARGEST_FILE} == {}
    assert {name: lines for name, lines in bodies.items() if lines > LONGEST_BODY} == {}
    assert median(files.values()) <= 120
    assert median(bodies.values()) <= 5
    assert sorted(bodies.values())[int(len(bodies) * 0.9)] <= 20


def test_tests_stay_readable_too() -> None:
    long = {
        f"{m}:{f.name}": body_lines(f)
        for m in modules("tests")
        for f in functions(m)
        if body_lines(f) > LONGEST_BODY
    }

    assert long == {}


def test_a_module_says_in_one_sentence_what_it_is_for() -> None:
    first = {m: (ast.get_docstring(tree(m)) or "").partition("\n")[0] for m in modules(*OURS) if tree(m).body}

    assert [module for module, line in first.items() if not line.endswith((".", ":", "?", ","))] == []


CLOCKS = re.compile(
    r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.(time|monotonic|perf_counter)(_ns)?\("
    r"|\b(func|sa)\.now\(|CURRENT_TIMESTAMP"
)


def test_rules_handlers_store_and_words_never_read_a_clock() -> None:
    assert found(CLOCKS, modules("bot/core", "bot/policies", "handlers", "storage", "locales")) == {}


NAIVE = re.compile(r"datetime\.(utcnow|today|utcfromtimestamp)\(|datetime\.now\(\)|date\.today\(")


def test_nobody_makes_a_moment_without_its_zone() -> None:
    assert found(NAIVE, modules(*OURS)) == {}


def found(pattern: re.Pattern[str], where: list[str]) -> dict[str, str]:
    """The modules that hold what `pattern` looks for, each with the first of it."""
    hits = {module: pattern.search((ROOT / module).read_text(encoding="utf-8")) for module in where}
    return {module: hit[0] for module, hit in hits.items() if hit}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "models.py", "base.py"}

    assert [m for m in modules(*OURS) if Path(m).name in empty_names or "/services/" in m] == []


def test_the_package_itself_imports_nothing() -> None:
    assert (ROOT / "bot/__init__.py").read_text(encoding="utf-8") == ""


def committed() -> list[str]:
    """Every tracked file; a copy without its history is searched as it lies there."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
        return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    here = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    return [name for name in here if not name.startswith((".venv/", "var/", "."))]


def test_nothing_is_committed_that_is_made_or_secret() -> None:
    made = (".mo", ".db", ".db-wal", ".db-shm", ".sqlite3", ".pyc", ".pem", ".key")

    assert [
        name for name in committed() if name.endswith(made) or Path(name).name in {".env", "desk.toml"}
    ] == []


# Written in halves, so that this file does not name what it forbids.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", r"deb\." + "debian"])
)


def test_no_file_names_the_address_of_a_package_registry() -> None:
    named = []
    for name in committed():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [name] if REGISTRIES.search(text) else []

    assert named == []


def test_every_word_of_the_makefile_is_explained() -> None:
    """`make` words that people type are listed in CONTRIBUTING.md."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert [word for word in phony.split() if f"`make {word}`" not in contributing] == []


def test_every_ignored_rule_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    ignored = [line for line in lines if re.match(r'\s+"[A-Z]+\d+",', line)]
    in_code = [
        f"{module}: {line.strip()}"
        for module in modules(*OURS, "tests")
        for line in (ROOT / module).read_text(encoding="utf-8").splitlines()
        if re.search(r"# noqa: [A-Z0-9, ]+$|# type: ignore\[[a-z, -]+\]$", line)
    ]

    assert [line for line in ignored if not re.search(r"# \w+", line)] == []
    assert in_code == []
