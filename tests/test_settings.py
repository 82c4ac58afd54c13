"""The settings: what is read, what is refused, and that `.env.example` tells the truth."""

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot import policies
from bot.settings import OURS, Settings, SettingsError, load, load_desk

EXAMPLE = Path(__file__).parent.parent / ".env.example"
KEY = base64.b64encode(bytes(range(32))).decode()
WORKING = {
    "SANAD_KEYS": f"first:{KEY}",
    "TELEGRAM_BOT_TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "SLACK_BOT_TOKEN": "xoxb-1-abc",
    "SLACK_APP_TOKEN": "xapp-1-abc",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith((*OURS, "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(**values: str) -> None:
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")


def mistakes(*, to_run: bool = True) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(to_run=to_run)
    return {mistake.where: mistake.expected for mistake in caught.value.mistakes}


def test_what_a_working_desk_needs_is_enough() -> None:
    write(**WORKING)

    settings = load()

    assert settings.telegram_bot_token.get_secret_value() == WORKING["TELEGRAM_BOT_TOKEN"]
    assert (settings.policy, settings.port) == ("general", 8080)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write(**WORKING, SANAD_PORT="9000")
    monkeypatch.setenv("SANAD_PORT", "9001")

    assert load().port == 9001


def test_without_anything_all_that_is_needed_is_asked_for_at_once() -> None:
    told = mistakes()

    assert set(told) == {"SANAD_KEYS", "TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    assert "sanad keys new" in told["SANAD_KEYS"]
    assert "@BotFather" in told["TELEGRAM_BOT_TOKEN"]


def test_commands_on_the_store_need_no_channel() -> None:
    write(SANAD_KEYS=WORKING["SANAD_KEYS"])

    assert load(to_run=False).telegram_bot_token == SecretStr("")


def test_an_empty_value_is_no_value() -> None:
    write(**WORKING | {"TELEGRAM_BOT_TOKEN": " "})

    assert set(mistakes()) == {"TELEGRAM_BOT_TOKEN"}


def test_slack_by_http_needs_the_signing_secret_in_place_of_the_app_token() -> None:
    write(**WORKING | {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"})

    assert load().slack_app_token == SecretStr("")


def test_a_public_address_needs_the_webhook_secret() -> None:
    write(**WORKING, SANAD_PUBLIC_URL="https://desk.example.org/")
    assert set(mistakes()) == {"TELEGRAM_WEBHOOK_SECRET"}

    write(**WORKING, SANAD_PUBLIC_URL="https://desk.example.org/", TELEGRAM_WEBHOOK_SECRET="a-secret")
    assert load().public_url == "https://desk.example.org"


def test_two_doors_need_two_ports_of_one_address() -> None:
    write(**WORKING, SANAD_PORT="8081")
    assert "is 8081, as SANAD_PORT is" in mistakes()["SANAD_ADMIN_PORT"]
    write(**WORKING, SANAD_PORT="8081", SANAD_HOST="192.0.2.7")
    assert load().port == 8081


def test_files_are_read_with_and_without_a_byte_order_mark() -> None:
    write(**WORKING)
    policy = Path(policies.__file__).with_name("general.toml").read_text("utf-8")
    desk = (EXAMPLE.parent / "desk.example.toml").read_text("utf-8")
    for mark in ("", "\ufeff"):
        Path(".env").write_text(mark + Path(".env").read_text("utf-8"), "utf-8")
        Path("desk.toml").write_text(mark + desk, "utf-8")
        Path("own.toml").write_text(mark + policy, "utf-8")
        assert load().keys.get_secret_value() == WORKING["SANAD_KEYS"]
        assert load_desk(Path("desk.toml")).queues
        assert policies.load("own.toml").queues


def test_whatsapp_is_refused_by_name_until_it_is_spoken() -> None:
    write(**WORKING, WHATSAPP_ACCESS_TOKEN="EAAJB")

    assert "does not speak WhatsApp yet" in mistakes()["WHATSAPP_ACCESS_TOKEN"]


def test_a_slip_of_the_pen_is_told_with_what_was_meant() -> None:
    write(**WORKING, SANAD_POLICYY="general")

    assert mistakes()["SANAD_POLICYY"] == "is not a setting; did you mean SANAD_POLICY?"


SHAPES = [
    ("DATABASE_URL", "postgresql://desk:hidden@host/desk", "postgresql+asyncpg://"),
    ("SANAD_KEYS", "first:hidden", "id:base64 of 32 bytes"),
    ("SANAD_KEYS", f"first:{KEY},first:{KEY}", "each key's id once"),
    ("TELEGRAM_API_URL", "http://desk.example.org", "https://"),
    ("SANAD_PORT", "http", "a whole number, not 'http'"),
    ("SANAD_PORT", "65536", "65535 or less"),
    ("SANAD_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ("TELEGRAM_BOT_TOKEN", "hidden", "@BotFather"),
    ("TELEGRAM_WEBHOOK_SECRET", "hidden secret", "1 to 256 characters"),
    ("SLACK_BOT_TOKEN", "xapp-hidden", "begins with xoxb-"),
    ("SLACK_APP_TOKEN", "xoxb-hidden", "begins with xapp-"),
]


@pytest.mark.parametrize(("name", "value", "expected"), SHAPES)
def test_a_wrong_shape_says_what_to_put_there_and_shows_no_secret(
    name: str, value: str, expected: str
) -> None:
    write(**WORKING | {name: value})

    told = mistakes()

    assert set(told) == {name}
    assert expected in told[name]
    assert "hidden" not in str(told)


def test_all_mistakes_are_told_at_once() -> None:
    write(SANAD_PORT="x", SANAD_LOG_LEVEL="y", TELEGRAM_BOT_TOKEN="z", WHATSAPP_APP_SECRET="w")

    assert set(mistakes()) == {
        *("SANAD_KEYS", "SANAD_PORT", "SANAD_LOG_LEVEL", "TELEGRAM_BOT_TOKEN", "WHATSAPP_APP_SECRET"),
        *("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    }


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    write(**WORKING)

    shown = repr(load())

    assert not [value for value in WORKING.values() if value in shown]


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80))
def test_no_value_of_keys_breaks_the_reading(value: str) -> None:
    os.environ["SANAD_KEYS"] = value
    with pytest.raises(SettingsError) as caught:
        load(to_run=False)
    del os.environ["SANAD_KEYS"]

    assert [mistake.where for mistake in caught.value.mistakes] == ["SANAD_KEYS"]


def example() -> dict[str, tuple[str, str]]:
    """What `.env.example` says: the comment and the value of each variable."""
    said = {}
    for block in EXAMPLE.read_text(encoding="utf-8").split("\n\n"):
        comment, _, line = block.strip().rpartition("\n")
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            said[name] = (" ".join(part.removeprefix("# ") for part in comment.splitlines()), value)
    return said


def meant() -> dict[str, tuple[str, str]]:
    said = {}
    for field in Settings.model_fields.values():
        default = "" if field.default is PydanticUndefined else field.default
        shown = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
        said[str(field.alias)] = (str(field.description), shown)
    return said


def test_the_example_file_shows_every_setting_as_the_code_knows_it() -> None:
    assert example() == meant()
