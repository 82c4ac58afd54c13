"""A ticket's ledger, told fact by fact, and its clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Self
from zoneinfo import ZoneInfo

from bot.core import facts as kinds
from bot.core.calendar import Calendar
from bot.core.ledger import Ledger
from bot.core.policy.targets import Promises
from bot.core.sla import Clock, clocks
from bot.core.ticket import Fact

RIYADH = ZoneInfo("Asia/Riyadh")
AGENT = "agent:U1"
OFFICE = Calendar.model_validate(
    {
        "timezone": "Asia/Riyadh",
        "week": {day: [("09:00", "17:00")] for day in ("sun", "mon", "tue", "wed", "thu")},
    }
)


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """November 2026 in Riyadh: the 1st, 8th, 15th and 22nd are Sundays."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=RIYADH)


def promises(*targets: Mapping[str, object], **more: object) -> Promises:
    return Promises.model_validate({"targets": targets, **more})


@dataclass
class Story:
    """What happens to one ticket, in the order in which it is recorded."""

    promised: Promises
    calendar: Calendar | None = OFFICE
    facts: list[Fact] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=count)

    def happened(self, kind: str, when: datetime, by: str = AGENT, **data: object) -> Self:
        self.facts.append(Fact(kind=kind, at=when, by=by, data=data))
        return self

    def filed(self, when: datetime, **data: object) -> Self:
        return self.happened(kinds.FILED, when, "customer", language="ar", queue="support", **data)

    def wrote(self, when: datetime, **data: object) -> Self:
        return self.happened(kinds.CUSTOMER_WROTE, when, "customer", words=self.words(), **data)

    def says(self, kind: str, when: datetime, accepted: datetime | None = None, **data: str) -> str:
        """An agent's words of a kind, accepted by the channel at once, or not yet. The id of the words."""
        words = self.words()
        self.happened(kind, when, words=words, **data)
        if accepted:
            self.accepted(words, accepted)
        return words

    def replied(self, when: datetime, accepted: datetime | None = None) -> Self:
        self.says(kinds.REPLIED, when, accepted or when)
        return self

    def asked(self, when: datetime, accepted: datetime | None = None) -> Self:
        self.says(kinds.ASKED, when, accepted or when)
        return self

    def resolved(self, when: datetime, accepted: datetime | None = None) -> Self:
        self.says(kinds.RESOLVED, when, accepted or when, outcome="solved")
        return self

    def reopened(self, when: datetime) -> Self:
        return self.happened(kinds.REOPENED, when, "customer")

    def accepted(self, words: str, when: datetime) -> Self:
        return self.happened(
            kinds.DELIVERED, when, "desk", words=words, purpose="any", accepted_at=when.isoformat()
        )

    def words(self) -> str:
        return f"words {next(self.ids)}"

    def clocks(self, now: datetime) -> dict[str, Clock]:
        """The clocks by name; of several next responses the last, the others with their number."""
        found = clocks(Ledger(self.facts), self.promised, self.calendar, now, zone=RIYADH)
        numbered = {f"{clock.what} {clock.cycle}": clock for clock in found}
        return numbered | {clock.what: clock for clock in found}

    def clock(self, what: str, now: datetime) -> Clock:
        return self.clocks(now)[what]
