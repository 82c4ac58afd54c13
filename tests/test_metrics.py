"""The operator's numbers: what they say, and that dashboard and alerts ask only for what there is."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from bot import web
from bot.metrics import CONTENT_TYPE, Metrics
from bot.room import ENOUGH, Room
from storage.backlog import Backlog, Queue
from storage.schema import inbox
from tests.kit import World, world

DEPLOY = Path(__file__).parent.parent / "deploy"
NOW = datetime(2026, 11, 2, tzinfo=UTC)
OUTSIDE = {"up"}
"""What Prometheus itself counts."""


async def numbers(here: World) -> dict[tuple[str, ...], float]:
    """Each sample's value by its name and its labels' values."""
    page = (await here.app.numbers()).decode()
    return {
        (sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "le")): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


async def test_a_ticket_shows_in_the_numbers_and_no_words_do(database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path) as here:
        customer = here.customer("en", name="an English customer")
        reference = await here.files_in_talk(customer, "It broke at night")
        await here.card(reference)
        told = await numbers(here)
        page = (await here.app.numbers()).decode()

        assert told[("sanad_messages_heard_total", "telegram")] >= 6
        assert told[("sanad_handling_seconds_count", "telegram")] >= 6
        assert told[("sanad_delivery_attempts_total", "telegram", "sent")] >= 6
        assert told[("sanad_delivery_attempts_total", "slack", "sent")] >= 1
        assert told[("sanad_tickets_live", "new")] == 1
        assert (told[("sanad_inbox_parked",)], told[("sanad_intake_open",)]) == (0, 1)
        assert told[("sanad_disk_free_bytes",)] > 0 or "postgres" in database_url
        assert "customer" not in page
        assert "broke" not in page


async def test_what_waits_and_what_was_set_aside_is_counted(database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path) as here:
        await here.tells(here.customer("en"), "/help")
        await here.app.store.do(
            lambda tx: tx.connection.execute(update(inbox).values(state="parked")).rowcount
        )
        told = await numbers(here)
        assert told[("sanad_inbox_parked",)] >= 1


def test_a_queue_is_as_old_as_its_oldest_message_and_dues_as_late_as_the_latest() -> None:
    waiting = Backlog(
        inbox={"telegram": Queue(3, NOW - timedelta(seconds=90))},
        outbox={"slack": Queue(1, NOW + timedelta(seconds=5))},
        held=3,
        parked=2,
        late=4,
        late_since=NOW - timedelta(minutes=2),
        tickets={"open": 7},
    )
    page = Metrics().page(waiting, Room([], lambda _folder: ENOUGH), NOW, NOW).decode()

    for line in (
        'sanad_queue_waiting{channel="telegram",queue="inbox"} 3.0',
        'sanad_queue_oldest_seconds{channel="telegram",queue="inbox"} 90.0',
        'sanad_queue_oldest_seconds{channel="slack",queue="outbox"} 0.0',
        "sanad_inbox_parked 2.0",
        "sanad_dues_late 4.0",
        "sanad_dues_lateness_seconds 120.0",
        'sanad_tickets_live{status="open"} 7.0',
        'sanad_tickets_live{status="new"} 0.0',
    ):
        assert line in page


async def test_they_are_on_the_admin_port_alone_and_in_the_form_that_prometheus_reads() -> None:
    async def told() -> bytes:
        return b"sanad_intake_open 1.0\n"

    async with (
        web.serve(web.admin({}, told), "127.0.0.1", 0) as admin,
        web.serve(web.public([]), "127.0.0.1", 0) as public,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        answer = await client.get(f"http://127.0.0.1:{admin}/metrics")
        outside = await client.get(f"http://127.0.0.1:{public}/metrics")

    assert (answer.status_code, answer.text) == (200, "sanad_intake_open 1.0\n")
    assert answer.headers["content-type"] == CONTENT_TYPE == web.NUMBERS_TYPE
    assert outside.status_code == 404


async def test_strangers_cannot_fill_the_numbers_with_paths_of_theirs() -> None:
    seen: list[tuple[str, int]] = []
    async with (
        web.serve(web.public([], lambda path, status: seen.append((path, status))), "127.0.0.1", 0) as port,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        for path in ("/healthz", "/wp-admin", "/healthz/x"):
            await client.get(f"http://127.0.0.1:{port}{path}")

    assert seen == [("/healthz", 200), ("", 404), ("", 404)]


def asked_for(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:sanad_\w+|up)\b", expression))


def known() -> set[str]:
    names = set[str]()
    for family in Metrics().registry.collect():
        suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(
            family.type, ("",)
        )
        names |= {f"{family.name}{suffix}" for suffix in suffixes}
    return names | OUTSIDE


def test_every_alert_asks_for_numbers_that_there_are() -> None:
    rules = yaml.safe_load((DEPLOY / "prometheus" / "sanad.rules.yml").read_text("utf-8"))
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]

    assert len(alerts) > 5
    for alert in alerts:
        assert asked_for(alert["expr"]), alert["alert"]
        assert asked_for(alert["expr"]) <= known(), alert["alert"]
        assert alert["annotations"]["summary"]


def test_every_panel_asks_for_numbers_that_there_are_and_no_number_is_left_out() -> None:
    board = json.loads((DEPLOY / "grafana" / "sanad.json").read_text("utf-8"))
    asked = {
        name for panel in board["panels"] for target in panel["targets"] for name in asked_for(target["expr"])
    }

    assert asked <= known()
    assert {name for name in known() if not name.endswith(("_count", "_sum"))} - OUTSIDE <= asked
