"""Who gives the support, how its work is divided, and its own way to say things."""

from typing import Literal

from bot.core.heard import Value
from bot.core.policy.words import AboutTicket, Clauses, Key, Line, PlainWords


class Queue(Value):
    """A kind of work, by the name that customers may read."""

    key: Key
    title: PlainWords
    clause: Clauses = ()


class Address(Value):
    """Another way to reach the organisation, and what it is for; `address` only where one is published."""

    kind: Literal["email", "phone", "link", "other"]
    address: Line | None = None
    note: PlainWords
    clause: Clauses = ()


class Texts(Value):
    """The organisation's own wording; where there is none, the desk has its own.

    `data` says what people's data is used for.
    """

    data: PlainWords | None = None
    receipt: AboutTicket | None = None
    solved: AboutTicket | None = None
    closed: AboutTicket | None = None
    clause: Clauses = ()
