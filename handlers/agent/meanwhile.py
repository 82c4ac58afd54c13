"""What a customer did while an agent's dialog was open: the agent is told before anything is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Line
from bot.core.text import script_language
from bot.core.ticket import Fact
from handlers import lines, moving
from handlers.agent.act import Act
from locales import _, language_name
from storage import files, people, words
from storage.words import CUSTOMER, Words


@dataclass(frozen=True, slots=True)
class Opening:
    """The ticket when a dialog was opened: how many facts it had, and which language its customer read."""

    facts: int
    language: str

    def __str__(self) -> str:
        return f"{self.facts} {self.language}"

    @classmethod
    def read(cls, told: str) -> Self | None:
        """What a dialog brought back; None where that is not from us."""
        facts, _blank, language = told.partition(" ")
        return cls(int(facts), language) if facts.isdecimal() and language else None


Heed = Callable[[Act, Opening, str], Iterator[Line]]
"""What has to be told of the time since a dialog was opened, before the `text` in it goes its way."""


def now(act: Act) -> Opening:
    """The ticket as a dialog finds it that is opened upon it."""
    return Opening(len(act.situation.ledger.as_recorded), _language(act))


def is_theirs(act: Act, opening: Opening) -> bool:
    """Whether it was the customer who changed the ticket since, and no agent."""
    return any(map(_wrote, _since(act, opening))) and not any(map(_is_agents, _since(act, opening)))


def written(act: Act, opening: Opening, _text: str) -> Iterator[Line]:
    """What the customer wrote and changed since, with the files; thanks alone need nobody's attention."""
    facts = [fact for fact in _since(act, opening) if _wrote(fact) and not fact.data.get("thanks")]
    if not facts:
        return
    yield lines.text(_("The customer wrote while this window was open:"))
    for one in _their_words(act, facts):
        yield from moving.told(act.unit, one, files.of_words(act.unit.tx, act.ticket.id, one.id))


def _their_words(act: Act, facts: Sequence[Fact]) -> Iterator[Words]:
    """The words that the facts name, and those that came with them: a fact names the first of several."""
    named = {UUID(str(fact.data["words"])): fact for fact in facts}
    new = [
        one
        for one, fact in named.items()
        if fact.kind == kinds.CUSTOMER_WROTE and not fact.data.get("edited")
    ]
    for one in words.of_ticket(act.unit.tx, act.ticket):
        came = bool(new) and one.author == CUSTOMER and one.id > min(new)
        if came or one.id in named:
            yield one


def language(act: Act, opening: Opening, text: str) -> Iterator[Line]:
    """In which language the customer reads since, where the text is in another; links are in none."""
    reads = _language(act)
    spoken = script_language(" ".join(word for word in text.split() if "://" not in word))
    if reads != opening.language and spoken not in (None, reads):
        name = language_name(reads)
        yield lines.text(_("The customer has chosen another language meanwhile: {language}", language=name))


TO_CUSTOMER: tuple[Heed, ...] = (written, language)
"""What is sent to a customer answers what its author has read, and is meant to be read."""


def _since(act: Act, opening: Opening) -> tuple[Fact, ...]:
    return act.situation.ledger.as_recorded[opening.facts :]


def _wrote(fact: Fact) -> bool:
    return fact.kind in (kinds.CUSTOMER_WROTE, kinds.CUSTOMER_EDITED)


def _is_agents(fact: Fact) -> bool:
    return fact.by.startswith("agent:")


def _language(act: Act) -> str:
    return people.customer(act.unit.tx, act.ticket.customer_id).language
