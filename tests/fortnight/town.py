"""A town full of customers and a desk full of agents: store and handlers, no wire, the clock in one hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from bot.core.heard import Acted, Incoming, Posted, Pressed, Said, Sender, Submitted, Thread
from bot.core.now import Now, OpenDialog
from bot.core.outcome import Closed, Sent
from bot.core.shown import Dialog
from bot.core.told import Part, Told
from bot.ticks import Tick
from handlers import delivered, reception
from handlers.clock import clockwork
from handlers.customer import filing
from handlers.customer.commands import FileTicket
from handlers.customer.talk import Talk
from handlers.form import Intake
from handlers.unit import Office, Unit
from locales import use
from storage import Store, Tx, dues, leases, people, tickets

AGENTS = ("U0ALPHA", "U0BRAVO")
WRITTEN = "The page has been blank since this morning, and nothing helps"
MINUTE = timedelta(minutes=1)
BEFORE, NEVER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(order=True)
class Event:
    at: datetime
    number: int
    ticket: "Case" = field(compare=False)
    deed: str = field(compare=False)


@dataclass
class Case:
    """One customer with one ticket."""

    chat: str
    id: UUID | None = None

    @property
    def filed(self) -> UUID:
        assert self.id
        return self.id


@dataclass
class Town:
    store: Store
    office: Office
    random: Random
    now: datetime
    away: tuple[tuple[datetime, datetime], ...] = ()
    """When the customers' channel takes nothing."""
    events: list[Event] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def later(self, minutes: int, case: Case, deed: str) -> None:
        heappush(self.events, Event(self.now + minutes * MINUTE, next(self._numbers), case, deed))

    async def lives(self, until: datetime) -> None:
        """From event to due moment to event; what people do comes first, where both are at one moment."""
        while self.now < until:
            while self.events and self.events[0].at <= self.now:
                await self._does(heappop(self.events))
            due_at = await self._due_at(BEFORE)
            if due_at <= self.now:
                await Tick(self.store, self.office, self.now, self.now).run()
            if due_at <= self.now or self.now in {back for _, back in self.away}:
                await self.store.do(self._deliver)
                due_at = await self._due_at(self.now)
            self.now = min(due_at, until, *self._coming())

    def _coming(self) -> Iterator[datetime]:
        """When somebody does something next, and when the customers' channel is there again."""
        yield from (event.at for event in self.events[:1])
        yield from (back for _, back in self.away if back > self.now)

    async def _due_at(self, after: datetime) -> datetime:
        """When time has something to do next, from after a moment on: perhaps never.

        Asked between the writer's units: there is nobody else, and readers of their own take longer to ask.
        """
        due = await self.store.do(partial(dues.coming, after=after))
        return due.due_at if due else NEVER

    async def _does(self, event: Event) -> None:
        deed = getattr(self, f"_{event.deed}")
        await deed(event.ticket)

    # Customers

    async def _files(self, case: Case) -> None:
        def file(tx: Tx) -> UUID:
            address = people.meet(tx, "telegram", "desk", case.chat, "", "en", self.now)
            unit = Unit(tx, self.office, self.now, self.now)
            talk = Talk(
                unit, address, people.customer(tx, address.customer_id), self._heard(case, _said("-"))
            )
            with use("en"):
                filing.file_ticket(talk, FileTicket(self._draft()))
            clockwork.wind(unit)
            self._deliver(tx)
            return tickets.of_customer(tx, address.customer_id, 1)[0].id

        case.id = await self.store.do(file)
        self.cases.append(case)
        self._plans(case)

    def _draft(self) -> Intake:
        policy, pick = self.office.policy, self.random.choice
        category = pick(policy.categories)
        fields = {one.key: pick(one.options).key for one in policy.form(category.key) if one.kind == "choice"}
        priority = pick(policy.priorities).key if policy.priorities else ""
        return Intake(
            category=category.key,
            fields=fields,
            title="A blank page",
            priority=priority if policy.priority_chosen_by == "customer" else "",
            told=Told(parts=(Part(message="1", text=WRITTEN),)),
            answered=tuple(f"field.{key}" for key in fields),
        )

    async def _writes(self, case: Case) -> None:
        await self._says(case, self.random.choice(["Any news?", "It is still so", "Hello?"]))

    async def _thanks(self, case: Case) -> None:
        await self._says(case, "Thank you")

    async def _says(self, case: Case, text: str) -> None:
        await self._hears(_just(self._heard(case, _said(text))))

    async def _is_happy(self, case: Case) -> None:
        await self._answers(case, "solved")

    async def _is_not_happy(self, case: Case) -> None:
        await self._answers(case, "unsolved")

    async def _answers(self, case: Case, key: str) -> None:
        def press(tx: Tx) -> Incoming:
            ticket, number = tickets.read(tx, case.filed), str(next(self._numbers))
            data = f"0:{key}.{ticket.reference}.{ticket.cycle}"
            return self._heard(case, Pressed(press=number, message=number, data=data))

        await self._hears(press)

    # Agents

    async def _claims(self, case: Case) -> None:
        await self._acts(case, "claim")

    async def _replies(self, case: Case) -> None:
        def post(tx: Tx) -> Incoming | None:
            user, place = tickets.read(tx, case.filed).claimer, tickets.thread(tx, case.filed)
            if not place or not user:
                return None
            ts = f"{self.now.timestamp():.0f}.{next(self._numbers):06d}"
            words = Posted(user=user, channel=place.channel, ts=ts, thread=place, text="We look into it")
            return self._from_desk(user, words, place)

        await self._hears(post)

    async def _asks(self, case: Case) -> None:
        await self._acts(case, "ask", text="Which browser is it?")

    async def _resolves(self, case: Case) -> None:
        await self._acts(case, "resolve", text="It is mended")
        deed = self.random.choices(["is_happy", "is_not_happy", "thanks", "writes", ""], [3, 2, 1, 1, 3])[0]
        if deed:
            self.later(self.random.randint(1, 40 * 60), case, deed)
        if deed in {"is_not_happy", "writes"}:
            self.later(self.random.randint(2000, 6000), case, "resolves")

    async def _holds(self, case: Case) -> None:
        await self._acts(case, "hold", text="We wait for a part")
        self.later(self.random.randint(60, 2000), case, "resumes")

    async def _resumes(self, case: Case) -> None:
        await self._acts(case, "resume")

    async def _triages(self, case: Case) -> None:
        await self._acts(case, "priority")

    async def _classifies(self, case: Case) -> None:
        await self._acts(case, "complexity")

    async def _extends(self, case: Case) -> None:
        await self._acts(case, "extend", text="The maker of the part must be asked first")

    async def _acts(self, case: Case, verb: str, **values: str) -> None:
        """Press a button of the card; a dialog that opens is filled in and sent."""
        user = ""
        place: Thread | None = None

        def press(tx: Tx) -> Incoming:
            nonlocal user, place
            user = tickets.read(tx, case.filed).claimer or self.random.choice(AGENTS)
            place, number = tickets.thread(tx, case.filed), str(next(self._numbers))
            acted = Acted(user=user, verb=verb, value=str(case.filed), thread=place, trigger=number)
            return self._from_desk(user, acted, place)

        for now in await self._hears(press):
            if isinstance(now, OpenDialog):
                sent = self._filled(user, now.dialog, place, values)
                await self._hears(_just(self._from_desk(user, sent, place)))

    def _filled(self, user: str, dialog: Dialog, place: Thread | None, values: dict[str, str]) -> Submitted:
        entered = {}
        for asked in dialog.inputs:
            if asked.picks:
                entered[asked.key] = self.random.choice(asked.picks).key
            elif asked.asks == "moment":
                until = self.now + timedelta(days=self.random.randint(5, 12))
                entered[asked.key] = str(int(until.timestamp()))
            else:
                entered[asked.key] = values.get("text", "")
        return Submitted(user=user, dialog=dialog.key, memo=dialog.memo, values=entered, thread=place)

    # A ticket's life, thrown by dice

    def _plans(self, case: Case) -> None:
        dice = self.random
        minute = dice.choice([5, 40, 200, 700, 2000, 4000])
        for deed, likely, within in (
            ("claims", 0.95, 0),
            ("triages", 0.5, 200),
            ("classifies", 0.6, 200),
            ("replies", 0.9, 600),
            ("thanks", 0.3, 300),
            ("writes", 0.5, 900),
            ("replies", 0.6, 900),
            ("asks", 0.4, 900),
            ("extends", 0.3, 900),
            ("writes", 0.5, 2500),
            ("holds", 0.2, 300),
            ("extends", 0.2, 3000),
            ("replies", 0.5, 900),
            ("resolves", 0.9, 4000),
        ):
            minute += dice.randint(0, within)
            if dice.random() < likely:
                self.later(minute, case, deed)

    # Post

    async def _hears(self, said: Callable[[Tx], Incoming | None]) -> list[Now]:
        """What follows at once from what somebody does when they see how things stand; the post goes out."""

        def hear(tx: Tx) -> list[Now]:
            incoming = said(tx)
            nows = list(reception.handle(tx, self.office, incoming, self.now)) if incoming else []
            if incoming:
                self._deliver(tx)
            return nows

        return await self.store.do(hear)

    def _deliver(self, tx: Tx) -> None:
        """Deliver all that can be delivered now."""
        shut = any(since <= self.now < back for since, back in self.away)
        for channel in ("slack",) if shut else ("slack", "telegram"):
            while rows := leases.take_due(
                tx, channel, at=self.now, now=self.now, limit=50, lease_for=timedelta(seconds=30)
            ):
                for row in rows:
                    self._settles(tx, row)

    def _settles(self, tx: Tx, row: leases.Promised) -> None:
        try:
            addressed = delivered.address(tx, self.office, row, self.now)
        except leases.NotYetError:
            leases.put_off(tx, row, self.now + MINUTE)
            return
        if addressed is None:
            leases.drop(tx, row, "unwanted", self.now)
            return
        blocked = row.purpose in delivered.ANSWERS and self.random.random() < 0.03
        result = (
            Closed("blocked")
            if blocked
            else Sent((addressed.replaces or f"{next(self._numbers)}.0",), self.now)
        )
        leases.settle(tx, row, result, addressed.chat, self.now)
        delivered.settled(tx, self.office, row, result, addressed.chat, self.now)

    def _heard(self, case: Case, what: Any) -> Incoming:
        number = next(self._numbers)
        return Incoming(
            channel="telegram",
            account="desk",
            key=f"key {number}",
            lane=case.chat,
            order=number,
            at=self.now,
            sender=Sender(chat=case.chat),
            what=what.model_copy(update={"message": str(number)}) if isinstance(what, Said) else what,
        )

    def _from_desk(self, user: str, what: Any, place: Thread | None) -> Incoming:
        number = next(self._numbers)
        return Incoming(
            channel="slack",
            account="T0",
            key=f"key {number}",
            lane=f"{place.channel}:{place.ts}" if place else user,
            order=number,
            at=self.now,
            sender=Sender(chat=user),
            what=what,
        )


def _just(incoming: Incoming) -> Callable[[Tx], Incoming]:
    """However things stand."""
    return lambda _tx: incoming


def _said(text: str) -> Said:
    return Said(message="", text=text)
