"""What is counted and measured, in Prometheus' words: nothing in it is about a person."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.channels import Outcome
from bot.core.ticket import Status
from bot.room import Room
from storage.backlog import Backlog, Queue

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

VERSION = version("sanad-desk")

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds: a unit usually takes a few milliseconds."""


class Metrics:
    """The numbers of one desk; every process has its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count_what_happens(self.registry)
        self._measure_what_waits(self.registry)

    def _count_what_happens(self, registry: CollectorRegistry) -> None:
        self._heard = Counter(
            "sanad_messages_heard",
            "What the platforms brought, repeated ones included.",
            ["channel"],
            registry=registry,
        )
        self._attempts = Counter(
            "sanad_delivery_attempts",
            "Attempts to deliver, by how they ended: sent, retry, failed, closed.",
            ["channel", "outcome"],
            registry=registry,
        )
        self._handling = Histogram(
            "sanad_handling_seconds",
            "How long it took to handle one thing that was heard, without its commit.",
            ["channel"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._answers = Counter(
            "sanad_http_answers",
            "Answers on the public port, by path and status.",
            ["path", "status"],
            registry=registry,
        )

    def _measure_what_waits(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, about: str, *labels: str) -> Gauge:
            return Gauge(f"sanad_{name}", about, labels, registry=registry)

        self._waiting = gauge(
            "queue_waiting", "Messages that wait, by queue: inbox, outbox.", "queue", "channel"
        )
        self._oldest = gauge("queue_oldest_seconds", "How long the oldest of them waits.", "queue", "channel")
        self._parked = gauge("inbox_parked", "Messages that were set aside: see `sanad inbox list`.")
        self._held = gauge("outbox_held", "Messages held back since a restore: see `sanad outbox list`.")
        self._dues = gauge("dues_late", "What time should have done by now.")
        self._lateness = gauge("dues_lateness_seconds", "By how much the latest of that is late.")
        self._tickets = gauge("tickets_live", "Tickets that are not closed, by status.", "status")
        self._free = gauge("disk_free_bytes", "What is free in the fullest folder that this program fills.")
        self._intake = gauge("intake_open", "1 while messages are taken in, 0 while the disk is full.")
        gauge("build_info", "The version that runs.", "version").labels(VERSION).set(1)

    def heard(self, channel: str, many: int) -> None:
        self._heard.labels(channel).inc(many)

    def attempted(self, channel: str, outcome: Outcome) -> None:
        self._attempts.labels(channel, type(outcome).__name__.lower()).inc()

    def answered(self, path: str, status: int) -> None:
        self._answers.labels(path, str(status)).inc()

    @contextmanager
    def handling(self, channel: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._handling.labels(channel).observe(time.perf_counter() - began)

    def page(self, backlog: Backlog, room: Room, now: datetime, at: datetime) -> bytes:
        """All numbers as text; `now` is machine time, `at` desk time."""
        self._waiting.clear()
        self._oldest.clear()
        self._tell_queue("inbox", backlog.inbox, now)
        self._tell_queue("outbox", backlog.outbox, at)
        self._parked.set(backlog.parked)
        self._held.set(backlog.held)
        self._dues.set(backlog.late)
        self._lateness.set(max(0.0, (at - backlog.late_since).total_seconds()) if backlog.late_since else 0)
        for status in Status:
            if status is not Status.CLOSED:
                self._tickets.labels(status).set(backlog.tickets.get(status, 0))
        self._free.set(room.left)
        self._intake.set(0 if room.shut else 1)
        return generate_latest(self.registry)

    def _tell_queue(self, name: str, waiting: Mapping[str, Queue], now: datetime) -> None:
        for channel, queue in waiting.items():
            self._waiting.labels(name, channel).set(queue.waiting)
            self._oldest.labels(name, channel).set(max(0.0, (now - queue.oldest).total_seconds()))
