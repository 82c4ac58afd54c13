"""Who gives the support, how its work is divided, and its own way to say things."""

from typing import Annotated, Literal

from bot.core.heard import Value
from bot.core.policy.words import AboutTicket, Clauses, Key, Line, PlainWords, Words, filling


class Queue(Value):
    """A kind of work, by the name that customers may read; `does` says what becomes of a request there."""

    key: Key
    title: PlainWords
    does: PlainWords | None = None
    clause: Clauses = ()


class Address(Value):
    """Another way to reach the organisation, and what it is for; `address` only where one is published."""

    kind: Literal["email", "phone", "link", "other"]
    address: Line | None = None
    note: PlainWords
    clause: Clauses = ()


class Texts(Value):
    """The organisation's own wording; where there is none, the desk has its own.

    `data` says what people's data is used for, `rules` how one speaks here. `receipt_when_closed` stands in
    for the receipt outside working hours; `closed` answers "solved", `lapsed` ends a silence after a
    solution, `ended` a silence after a question; `stopped` ends a conversation that is stopped.
    """

    data: PlainWords | None = None
    rules: PlainWords | None = None
    receipt: AboutTicket | None = None
    receipt_when_closed: Annotated[Words, filling("reference", "opening")] | None = None
    solved: AboutTicket | None = None
    closed: AboutTicket | None = None
    lapsed: AboutTicket | None = None
    ended: Annotated[Words, filling("reference", "actions")] | None = None
    stopped: AboutTicket | None = None
    clause: Clauses = ()
