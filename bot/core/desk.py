"""The desk file: where in Slack each queue is worked, who may do more, and the desk's own mechanics."""

import re
from contextlib import suppress
from tomllib import TOMLDecodeError, loads
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from bot.core.heard import Value
from bot.core.mistakes import FileError, read
from bot.core.policy.contradictions import of_desk
from bot.core.policy.targets import Reminders
from bot.core.policy.week import OwnDays, WorkingWeek
from bot.core.spans import PlainSpan, plain

Language = Literal["ar", "ru", "en"]


class DeskError(FileError):
    """The desk file will not do."""


def written(pattern: str, what: str) -> AfterValidator:
    """Text of a shape, refused in the operator's words: `what` names it and gives an example."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"expected {what}, not {value!r}")
        return value

    return AfterValidator(check)


A_CHANNEL = 'the id of a Slack channel such as "C024BE91L"'
ChannelId = Annotated[str, written(r"[CG][A-Z0-9]{2,}", A_CHANNEL)]
OptionalChannelId = Annotated[str, written(r"([CG][A-Z0-9]{2,})?", A_CHANNEL)]
UserId = Annotated[str, written(r"[UW][A-Z0-9]{2,}", 'the id of a Slack user such as "U061F7AUR"')]
GroupId = Annotated[str, written(r"S[A-Z0-9]{2,}", 'the id of a Slack user group such as "S0614TZR7"')]
Key = Annotated[str, written(r"[a-z][a-z0-9_-]{0,63}", "a key of small letters, digits, - and _")]
Title = Annotated[str, written(r"\s*\S.*", "a title that is not empty")]
Lines = Annotated[str, written(r"(?s)\s*\S.*", "a text that is not empty")]

LONGEST_ANSWER = 2500
"""A dialog takes 3,000 characters, and a name may be long."""


class Queue(Value):
    """A kind of work and the channel where agents do it."""

    channel: ChannelId
    language: Language
    title: dict[Language, Title] = Field(default_factory=dict)
    public: bool = False


class Level(Value):
    """Whom an escalation of one level goes to."""

    users: tuple[UserId, ...] = ()
    groups: tuple[GroupId, ...] = ()

    @model_validator(mode="after")
    def reaches_somebody(self) -> Self:
        if not (self.users or self.groups):
            raise ValueError("expected at least one of users, groups")
        return self


class Roles(Value):
    """Who may do more than the members of a channel."""

    supervisors: tuple[UserId, ...] = ()
    reviewers: tuple[UserId, ...] = ()


FIELDS = ("name", "organisation", "reference")
"""What a canned answer can name: the customer, the organisation, the number of the request."""


def _fillable(text: str) -> str:
    """Only known fields, and none inside an address, where what is inserted would break it."""
    listed = " ".join(f"{{{name}}}" for name in FIELDS)
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", text) if name not in FIELDS]
    if unknown:
        raise ValueError(f"expected only {listed} in braces, not {{{unknown[0]}}}")
    if re.search(r"https?://[^\s{]*\{", text):
        raise ValueError(f"expected an address without {listed} in it")
    if len(text) > LONGEST_ANSWER:
        raise ValueError(f"expected at most {LONGEST_ANSWER} characters, not {len(text)}")
    return text


class CannedAnswer(Value):
    """Words that agents send often, by the customer's language; `title` is what agents choose it by."""

    title: dict[Language, Title] = Field(default_factory=dict)
    text: dict[Language, Annotated[Lines, AfterValidator(_fillable)]] = Field(min_length=1)

    def in_(self, language: str) -> str | None:
        """The words for a customer of this language, if it has any."""
        return next((text for spoken, text in self.text.items() if spoken == language), None)


class Remote(Value):
    """Further tools by which customers are invited to a remote session."""

    tools: tuple[Title, ...] = ()


class Defaults(Value):
    """The desk's own mechanics, used wherever the policy is silent about them.

    `remind` is for each target that nobody would be reminded of.
    """

    reopen_within: PlainSpan = plain("72 hours")
    close_after: PlainSpan | None = None
    remind: Reminders = ()
    survey: bool = True
    undo_seconds: int = Field(default=0, ge=0, le=3600)
    relay: Literal["thread", "dialog"] = "thread"


class Days(Value):
    """The days of a desk: `calendar` is the week of a policy that has none; `days` are the operator's own."""

    calendar: WorkingWeek | None = None
    days: OwnDays = OwnDays()

    @classmethod
    def alone(cls, text: str) -> Self | None:
        """Those of a desk file that has mistakes; None where these will not do either."""
        with suppress(TOMLDecodeError, ValidationError):
            raw = loads(text)
            return cls.model_validate({key: raw[key] for key in cls.model_fields if key in raw})
        return None


class Desk(Days):
    """The whole desk file; `fallback_channel` may be empty.

    `levels` are by the keys that the policy has for them. Its own days hold whosever week it is.
    """

    queues: dict[Key, Queue] = Field(min_length=1)
    levels: dict[Key, Level] = Field(default_factory=dict)
    roles: Roles = Roles()
    remote: Remote = Remote()
    answers: dict[Key, CannedAnswer] = Field(default_factory=dict)
    fallback_channel: OptionalChannelId = ""
    defaults: Defaults = Defaults()

    @classmethod
    def load(cls, text: str, file: str) -> Self:
        """Read a desk file, or raise DeskError with all its mistakes; `file` is its name for the reader."""
        return read(cls, text, file, DeskError, also=of_desk)

    def title(self, queue: str, language: str) -> str:
        """What a queue is called: its title in `language`, else in its own language, else its key."""
        known = self.queues[queue]
        own = (title for spoken, title in known.title.items() if spoken == language)
        return next(own, known.title.get(known.language) or queue)

    def channels(self) -> frozenset[str]:
        """All channels that the desk works in, the fallback included."""
        ours = {queue.channel for queue in self.queues.values()} | {self.fallback_channel}
        return frozenset(ours - {""})

    def queues_in(self, channel: str) -> tuple[str, ...]:
        """The queues that are worked in a channel."""
        return tuple(key for key, queue in self.queues.items() if queue.channel == channel)

    def keeps_private(self, channel: str) -> bool:
        """Whether a channel is not meant for the whole workspace: a queue's, unless the desk file says so."""
        return any(not self.queues[key].public for key in self.queues_in(channel))

    def groups(self) -> frozenset[str]:
        """The user groups that are named on its levels."""
        return frozenset(group for level in self.levels.values() for group in level.groups)


def unserved(policy_queues: set[str], desk: Desk) -> list[str]:
    """The queues that a policy sends tickets to and the desk file does not have, sorted."""
    return sorted(policy_queues - desk.queues.keys())


def unstaffed(policy_levels: set[str], desk: Desk) -> list[str]:
    """The levels that a policy's ladders climb to and nobody is named for in the desk file, sorted."""
    return sorted(policy_levels - desk.levels.keys())
