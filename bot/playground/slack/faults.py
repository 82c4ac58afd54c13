"""Makes the local Slack fail as a real one does, on demand."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["answer", "hang", "cut_before", "cut_after"]


@dataclass
class Fault:
    """What happens to the next `times` calls of a method (`*`: of any), in one channel or in all."""

    method: str
    kind: Kind
    times: int
    channel: str = ""
    status: int = 200
    error: str = ""
    retry_after: int = 0
    seconds: float = 0.0
    after: int = 0

    def hits(self, method: str, arguments: Json) -> bool:
        named = self.method in {"*", method}
        return named and self.channel in {"", arguments.get("channel", "")} and self.times > 0


@dataclass
class Faults:
    """The faults that are set; `clear` takes all of them away."""

    calls: list[Fault] = field(default_factory=list)
    repeated: int = 0
    unacknowledged: int = 0
    late: tuple[int, float] = (0, 0.0)
    holding: bool = False

    def fail(
        self,
        method: str = "*",
        *,
        error: str = "internal_error",
        status: int = 200,
        times: int = 1,
        retry_after: int = 0,
        channel: str = "",
        after: int = 0,
    ) -> None:
        """Answer with an error and do nothing, once `after` calls went well.

        With `retry_after` seconds it is a 429, `ratelimited`.
        """
        if retry_after:
            status, error = 429, "ratelimited"
        self.calls.append(Fault(method, "answer", times, channel, status, error, retry_after, after=after))

    def hang(self, method: str = "*", *, seconds: float = 60.0, times: int = 1, channel: str = "") -> None:
        """Do it, but answer only after `seconds`."""
        self.calls.append(Fault(method, "hang", times, channel, seconds=seconds))

    def cut_before(self, method: str = "*", *, times: int = 1, channel: str = "") -> None:
        """Close the connection and do nothing."""
        self.calls.append(Fault(method, "cut_before", times, channel))

    def cut_after(self, method: str = "*", *, times: int = 1, channel: str = "") -> None:
        """Do it, and close the connection without an answer."""
        self.calls.append(Fault(method, "cut_after", times, channel))

    def repeat_events(self, times: int = 1) -> None:
        """Send each of the next events twice."""
        self.repeated += times

    def lose_acks(self, times: int = 1) -> None:
        """Do not notice the next acknowledgements of events: they are sent again."""
        self.unacknowledged += times

    def delay_events(self, seconds: float, times: int = 1) -> None:
        """Send each of the next events late."""
        self.late = (times, seconds)

    def hold_events(self) -> None:
        """Keep events back until `LocalSlack.release_events`, which sends the last one first."""
        self.holding = True

    def clear(self) -> None:
        """Behave again."""
        self.calls.clear()
        self.repeated = self.unacknowledged = 0
        self.late, self.holding = (0, 0.0), False

    def next_call(self, method: str, arguments: Json) -> Fault | None:
        """The fault for this call, used up by it."""
        for fault in self.calls:
            if fault.hits(method, arguments):
                if fault.after:
                    fault.after -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def next_repeats(self) -> bool:
        self.repeated, now = max(0, self.repeated - 1), self.repeated > 0
        return now

    def next_ack_is_lost(self) -> bool:
        self.unacknowledged, now = max(0, self.unacknowledged - 1), self.unacknowledged > 0
        return now

    def next_delay(self) -> float:
        times, seconds = self.late
        self.late = (max(0, times - 1), seconds)
        return seconds if times else 0.0
