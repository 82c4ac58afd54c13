"""`make slack-link`: writes the README's link that creates the Slack app of slack-manifest.yaml."""

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MANIFEST = ROOT / "slack-manifest.yaml"
LINK = re.compile(r"https://api\.slack\.com/apps\?new_app=1&manifest_json=[^)\s]+")


def manifest() -> Any:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def link() -> str:
    """Slack opens its "create an app" window with the manifest filled in."""
    written = json.dumps(manifest(), separators=(",", ":"))
    return f"https://api.slack.com/apps?new_app=1&manifest_json={quote(written, safe='')}"


def write() -> None:
    readme = README.read_text(encoding="utf-8")
    README.write_text(LINK.sub(lambda _old: link(), readme), encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{len(link())} characters\n")
