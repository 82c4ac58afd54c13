"""What the README promises is there."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.slack_link import LINK, README, manifest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    README,
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
]


def test_its_link_creates_the_app_of_the_manifest() -> None:
    [found] = LINK.findall(README.read_text(encoding="utf-8"))
    [told] = parse_qs(urlsplit(found).query)["manifest_json"]

    assert json.loads(told) == manifest(), "the manifest has changed: `make slack-link`"


def test_every_file_that_a_document_points_to_is_there() -> None:
    missing = [
        f"{document.name}: {target}"
        for document in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert missing == []


def test_every_word_of_make_that_it_tells_is_one() -> None:
    words = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        told = set(re.findall(r"`?make ([a-z-]+)(?:`| )", document.read_text(encoding="utf-8")))
        assert {word for word in told if f"`make {word}`" in document.read_text(encoding="utf-8")} <= words
