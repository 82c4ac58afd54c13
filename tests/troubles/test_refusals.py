"""`sanad run` does not start on a mistake of its operator, and says in a line what to mend."""

import base64
from pathlib import Path

import pytest

from tests.kit import living_in, street
from tests.troubles.command import run_to_end

ANOTHER = base64.b64encode(b"another key, of another operator").decode()


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        (f"k1:{ANOTHER}", "the key 'k1' in SANAD_KEYS is not the one that sealed this database"),
        (f"k9:{ANOTHER}", "sealed with the key 'k1', which SANAD_KEYS does not hold"),
    ],
    ids=["another one by that name", "one by another name"],
)
async def test_a_wrong_key(keys: str, complaint: str, sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place):
            await place.listens()
        code, said = await run_to_end("run", settings=place.settings | {"SANAD_KEYS": keys}, folder=tmp_path)

    assert code == 1
    assert complaint in said.splitlines()[-1]
    assert ANOTHER not in said
    assert "Traceback" not in said


async def test_a_second_process_on_the_same_file(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place, living_in(place):
        code, said = await run_to_end("run", settings=place.settings, folder=tmp_path)

    assert code == 1
    assert "another process works on" in said.splitlines()[-1]
    assert "Traceback" not in said


async def test_missing_tokens_are_told_all_at_once(sqlite_url: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": sqlite_url, "SANAD_KEYS": f"k1:{ANOTHER}"}
    code, said = await run_to_end("run", settings=given, folder=tmp_path)

    assert code == 1
    for name in ("TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert f"{name}: is not set" in said
    assert "Traceback" not in said
