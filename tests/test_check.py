"""`sanad check`: everything is well, or each thing that is not is told with what to mend."""

import os
import re
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot

from bot import policies
from bot.check import check
from bot.check.here import look_at_answers
from bot.check.platforms import SLACK_SCOPES
from bot.check.report import Report
from bot.core.desk import A_CHANNEL, Desk, unserved
from bot.playground.slack.local import LocalSlack
from bot.playground.telegram import LocalTelegram
from bot.settings import OURS
from storage import Keyring, Store
from storage.crypto import new_operator_key

ROOT = Path(__file__).parent.parent
EXAMPLE = (ROOT / "desk.example.toml").read_text(encoding="utf-8")
SUPERVISOR_AND_EXECUTIVES = ("department-supervisor", "executive-team")
THIS_YEAR = datetime.now(UTC).year
ALL_WELL = [
    "ok    catalog ar",
    "ok    catalog ru",
    "ok    time zone data",
    "ok    settings",
    "ok    desk file desk.toml",
    "ok    policy general",
    "ok    every queue of the policy has its channel",
    "ok    canned answers: 1",
    f"ok    calendar: Asia/Riyadh, holidays of SA until {THIS_YEAR + 5}",
    "ok    database: the first start makes it",
    "ok    SANAD_FILES: var/files can be written to",
    "ok    disk: 2000 MiB are free",
    "ok    SANAD_PORT: 127.0.0.1 port 8080 is free",
    "ok    SANAD_ADMIN_PORT: 127.0.0.1 port 8081 is free",
    "ok    Telegram: @desk_bot",
    "ok    Slack: Socket Mode, by SLACK_APP_TOKEN",
    "ok    Slack: workspace T0LOCAL",
    "ok    the machine's clock agrees with Slack's",
    "ok    queues.support is #support",
    "ok    queues.billing is #billing",
    "ok    fallback_channel is #desk",
    "ok    somebody is in each queue's channel, and Slack knows everybody whom the desk file names",
]


def write_desk(text: str) -> None:
    Path("desk.toml").write_text(text, encoding="utf-8")


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[LocalSlack]:
    """An operator's folder where everything is well, and the Slack that it is about."""
    for name in os.environ:
        if name.startswith((*OURS, "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANAD_KEYS", new_operator_key())
    write_desk(EXAMPLE)
    async with LocalTelegram(username="desk_bot") as telegram, LocalSlack() as local:
        for channel, name in [
            ("C00000SUPP0", "support"),
            ("C00000B1LL0", "billing"),
            ("C0000FALLB0", "desk"),
        ]:
            local.channel(channel, name=name)
        people(local)
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", telegram.token)
        monkeypatch.setenv("TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", local.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", local.app_token)
        monkeypatch.setenv("SLACK_API_URL", local.url)
        yield local


def people(local: LocalSlack) -> None:
    """Whom the example of a desk file names, and who work its queues."""
    for user in ("U000000LEAD", "U00000CHIEF", "U0000000000"):
        local.agent(user, "somebody above")
    local.agent("U0000AGENT0", "an agent", channels=("C00000SUPP0", "C00000B1LL0"))
    local.group("S0000ONDUTY", "on-duty", ["U000000LEAD"])


async def told(*, offline: bool = False) -> list[str]:
    lines: list[str] = []
    well = await check(lines.append, offline=offline)
    assert well == all(line.startswith(("ok ", "warn ")) for line in lines)
    return [re.sub(r"(?<=disk: )\d+( MiB are free) for .*", r"2000\1", line) for line in lines]


async def to_mend() -> list[str]:
    return [line.removeprefix("mend  ") for line in await told() if line.startswith("mend ")]


@pytest.mark.usefixtures("slack")
async def test_where_everything_is_well_each_thing_says_so() -> None:
    assert [line for line in await told() if "is an estimate" not in line] == ALL_WELL


async def test_offline_nobody_is_asked(slack: LocalSlack) -> None:
    said = [line for line in await told(offline=True) if "is an estimate" not in line]

    assert said == ALL_WELL[:14]
    assert slack.calls == []


@pytest.mark.usefixtures("slack")
async def test_without_tokens_the_rest_is_looked_at_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")

    lines = await told()

    assert "mend  settings: TELEGRAM_BOT_TOKEN: is not set" in "\n".join(lines)
    assert "ok    every queue of the policy has its channel" in lines


@pytest.mark.usefixtures("slack")
async def test_every_mistake_of_the_desk_file_is_a_line() -> None:
    write_desk('[queues.support]\nchannel = "#support"\ncolour = 1\n')

    assert await to_mend() == [
        f"desk.toml: queues.support.channel: expected {A_CHANNEL}, not '#support'",
        "desk.toml: queues.support.language: is missing",
        "desk.toml: queues.support.colour: is not a key that is known here",
    ]


@pytest.mark.usefixtures("slack")
async def test_a_queue_of_the_policy_without_a_channel_is_told() -> None:
    write_desk(EXAMPLE.replace("[queues.billing]", "[queues.bills]"))

    assert await to_mend() == [
        "desk file: queues.billing: is missing; the policy general sends tickets there"
    ]


@pytest.mark.usefixtures("slack")
async def test_a_level_that_a_ladder_climbs_to_has_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """CMP-3: who they are in Slack only the desk file knows."""
    monkeypatch.setenv("SANAD_POLICY", "compusoft")
    lacks = "is missing; the policy compusoft escalates to it"

    assert await to_mend() == [
        f"desk file: levels.department-supervisor: {lacks}",
        f"desk file: levels.executive-team: {lacks}",
    ]

    nobody = "\n".join(f'[levels.{key}]\nusers = ["U0000000000"]' for key in SUPERVISOR_AND_EXECUTIVES)
    write_desk(f"{EXAMPLE}\n{nobody}")
    assert "ok    every level of the policy's ladders has somebody" in await told(offline=True)


@pytest.mark.usefixtures("slack")
async def test_a_fallback_that_is_a_queues_own_channel_is_a_warning() -> None:
    write_desk(EXAMPLE.replace("C0000FALLB0", "C00000SUPP0"))

    [line] = [line for line in await told(offline=True) if line.startswith("warn ")]

    assert "fallback_channel: C00000SUPP0 is the channel of queues.support, so nothing stands in" in line


@pytest.mark.usefixtures("slack")
async def test_working_days_without_any_week_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """CMP-16: the source has no week; without one in the desk file a working day is only assumed."""
    monkeypatch.setenv("SANAD_POLICY", "compusoft")
    week = EXAMPLE.index("# The working week,"), EXAMPLE.index("# Your own days,")
    write_desk(EXAMPLE[: week[0]] + EXAMPLE[week[1] :])

    [line] = [line for line in await told(offline=True) if line.startswith("warn ")]

    assert 'targets[5].within "2 business days", ladders[1].steps[1].after "1 business day"' in line
    assert "put a [calendar] into the desk file" in line
    write_desk(EXAMPLE)
    assert not [line for line in await told(offline=True) if line.startswith("warn ")]


@pytest.mark.usefixtures("slack")
async def test_a_country_without_known_holidays_is_told() -> None:
    write_desk(EXAMPLE.replace('country = "SA"', 'country = "XX"'))

    [line] = await to_mend()

    assert line.startswith("desk file: calendar.country: expected a country whose holidays are known")


@pytest.mark.usefixtures("slack")
async def test_files_that_are_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_POLICY", "nix.toml")
    monkeypatch.setenv("SANAD_DESK", "nowhere.toml")

    missing_desk, missing_policy = await to_mend()

    assert missing_desk.startswith("nowhere.toml: is not there; copy desk.example.toml")
    assert missing_policy.startswith("nix.toml: cannot be read")


@pytest.mark.usefixtures("slack")
async def test_keys_that_do_not_open_the_database_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = await Store.open("sqlite+aiosqlite:///var/sanad.db", Keyring.parse(os.environ["SANAD_KEYS"]))
    await store.close()
    assert "ok    database, and its keys" in await told(offline=True)

    monkeypatch.setenv("SANAD_KEYS", new_operator_key())
    (line,) = await to_mend()
    assert line.startswith("database: the database is sealed with the key")


@pytest.mark.usefixtures("slack")
async def test_a_token_that_telegram_does_not_know_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")

    assert await to_mend() == [
        "TELEGRAM_BOT_TOKEN: Telegram does not know it; ask @BotFather for the bot's token"
    ]


@pytest.mark.usefixtures("slack")
async def test_platforms_that_do_not_answer_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9")

    assert await to_mend() == [
        "Telegram cannot be asked (UnreachedError); see TELEGRAM_API_URL and the network",
        "Slack cannot be asked (unreachable); see SLACK_API_URL and the network",
    ]


async def test_an_address_where_no_slack_answers_is_told(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in (f"{slack.url}/elsewhere", os.environ["TELEGRAM_API_URL"]):
        monkeypatch.setenv("SLACK_API_URL", url)

        assert await to_mend() == ["Slack cannot be asked (http_404); see SLACK_API_URL and the network"]


@pytest.mark.usefixtures("slack")
async def test_a_database_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///desk.toml/data/sanad.db")

    (line,) = await to_mend()

    assert line.startswith("database: cannot open ")
    assert "desk.toml/data/sanad.db: Not a directory; is DATABASE_URL right" in line


@pytest.mark.usefixtures("slack")
async def test_a_file_that_is_no_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///desk.toml")

    (line,) = await to_mend()

    assert "desk.toml: file is not a database; is DATABASE_URL right" in line


@pytest.mark.usefixtures("slack")
async def test_a_token_that_slack_does_not_know_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-other")

    bot, app = await to_mend()

    assert bot.startswith("SLACK_BOT_TOKEN: Slack says invalid_auth; copy the Bot User OAuth Token")
    assert app.startswith("SLACK_APP_TOKEN: Slack says invalid_auth; generate a token with the scope")


async def test_an_app_token_that_opens_no_connection_is_told_and_none_is_made(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await to_mend() == []
    assert slack.connections == 0
    slack.faults.fail("apps.connections.open", retry_after=30)
    (warned,) = [line for line in await told() if line.startswith("warn  SLACK")]
    assert warned == "warn  SLACK_APP_TOKEN: Slack was asked too often to say; check again in a minute"

    async with LocalSlack(app_scopes=frozenset()) as poorer:
        for channel in ("C00000SUPP0", "C00000B1LL0", "C0000FALLB0"):
            poorer.channel(channel, name="somewhere")
        people(poorer)
        monkeypatch.setenv("SLACK_API_URL", poorer.url)
        (line,) = await to_mend()
    assert line.startswith("SLACK_APP_TOKEN: Slack says missing_scope; generate a token with the scope")
    assert "connections:write" in line

    monkeypatch.setenv("SLACK_API_URL", slack.url)
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "8f742231b10e8888abcd99yyyzzz85a5")
    slack.calls.clear()
    assert await to_mend() == []
    assert "apps.connections.open" not in {method for method, _ in slack.calls}


async def test_channels_that_will_not_do_are_told_one_by_one(slack: LocalSlack) -> None:
    slack.publish("C00000SUPP0")
    slack.remove_bot("C0000FALLB0")
    slack.archive("C00000B1LL0")

    support, billing, fallback = await to_mend()

    assert "C00000SUPP0 (#support) is public: anybody could join it and act" in support
    assert "C00000B1LL0 (#billing) is archived" in billing
    assert "fallback_channel: C0000FALLB0" in fallback


async def test_a_public_channel_will_do_where_the_desk_file_says_so(slack: LocalSlack) -> None:
    slack.publish("C00000SUPP0")
    write_desk(EXAMPLE.replace("public = false", "public = true"))

    assert await to_mend() == []


async def test_rights_that_the_app_lacks_are_named(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert slack.url
    async with LocalSlack(scopes=frozenset(SLACK_SCOPES - {"chat:write", "commands"})) as poorer:
        for channel in ("C00000SUPP0", "C00000B1LL0", "C0000FALLB0"):
            poorer.channel(channel, name="somewhere")
        people(poorer)
        monkeypatch.setenv("SLACK_API_URL", poorer.url)

        (line,) = await to_mend()

    assert line.startswith("Slack: the app lacks chat:write, commands; see slack-manifest.yaml")


async def test_people_whom_slack_does_not_know_and_queues_without_anybody_are_told(
    slack: LocalSlack,
) -> None:
    slack.channel("C00000LONE0", name="lonely")
    slack.group("S0000EMPTY0", "empty")
    write_desk(
        EXAMPLE.replace("C00000B1LL0", "C00000LONE0")
        .replace("U00000CHIEF", "U00000NOBOD")
        .replace("S0000ONDUTY", "S0000EMPTY0")
    )

    lonely, nobody, empty = await to_mend()

    assert lonely == "desk file: queues.billing: nobody but the app is in C00000LONE0; invite agents there"
    assert nobody == (
        "desk file: levels.senior-management: U00000NOBOD: Slack says user_not_found; is the id right?"
    )
    assert empty == "desk file: levels.department-manager: S0000EMPTY0: nobody is in this user group"


@pytest.mark.usefixtures("slack")
async def test_a_port_that_somebody_has_is_a_warning() -> None:
    with socket.create_server(("127.0.0.1", 8080)):
        lines = await told(offline=True)

    assert (
        "warn  SANAD_PORT: 127.0.0.1 port 8080: Address already in use; fine if the desk runs already"
        in lines
    )


@pytest.mark.usefixtures("slack")
async def test_a_webhook_that_telegram_cannot_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_PUBLIC_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "a-secret")
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], base_url=f"{os.environ['TELEGRAM_API_URL']}/bot")
    async with bot:
        await bot.set_webhook("http://127.0.0.1:9/telegram")
        assert "ok    Telegram reaches http://127.0.0.1:9/telegram; 0 messages wait" in await told()


def test_the_rights_that_are_checked_are_those_that_the_manifest_asks_for() -> None:
    manifest = (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")
    asked = manifest.partition("    bot:\n")[2].partition("settings:")[0]

    assert set(re.findall(r"^ +- ([a-z:]+)", asked, re.MULTILINE)) == SLACK_SCOPES


def test_the_example_of_a_desk_serves_the_policy_that_is_used_by_default() -> None:
    desk = Desk.load(EXAMPLE, "desk.example.toml")

    assert unserved(policies.load("general").queue_keys, desk) == []


def test_an_operator_hears_to_whom_a_canned_answer_does_not_speak() -> None:
    told: list[object] = []
    russian = '[answers.thanks.text]\nru = "Спасибо!"\n[answers.manual]'
    desk = Desk.load(EXAMPLE.replace("[answers.manual]", russian), "desk.toml")

    look_at_answers(Report(told.append), desk, policies.load("general"))

    assert any("answers.thanks.text: is not offered for customers in en, ar" in str(line) for line in told)
    assert not any("manual" in str(line) for line in told)
    assert any("canned answers: 2" in str(line) for line in told)
