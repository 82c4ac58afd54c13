"""What a desk of the playground is furnished with: its people, its channels and its desk file."""

import json
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.core.policy import Policy

Language = Literal["ar", "ru", "en"]


class Shelf(Protocol):
    """Where policies are found."""

    def names(self) -> tuple[str, ...]:
        """The names of those that are shipped."""

    def load(self, name_or_path: str, /) -> Policy:
        """Raises PolicyError with all that is to be mended."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with a phone; `name` is what they are called on Telegram."""

    id: int
    name: str
    language: Language
    phone: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the desk."""

    id: str
    name: str


CUSTOMERS = (
    Customer(5_000_001, "عميلة", "ar", "+966500000001"),
    Customer(5_000_002, "Клиент", "ru", "+79000000002"),
)
AGENTS = (Colleague("U0AGENTA", "Agent A"), Colleague("U0AGENTB", "Agent B"))

WEEK = """
[calendar]
timezone = "Asia/Riyadh"
country = "SA"
[calendar.week]
sun = [["09:00", "17:00"]]
mon = [["09:00", "17:00"]]
tue = [["09:00", "17:00"]]
wed = [["09:00", "17:00"]]
thu = [["09:00", "17:00"]]
"""
"""The desk's own, for a policy that publishes none."""


ANSWERS = """
[answers.looking]
title = { ar = "قيد المراجعة", ru = "Разбираемся", en = "We are looking" }
[answers.looking.text]
ar = "مرحبًا {name}، نراجع طلبك {reference} الآن، وسنكتب لك هنا فور وصولنا إلى نتيجة."
ru = "Здравствуйте, {name}! Разбираемся с обращением {reference} и напишем сюда, когда будет результат."
en = "Hello {name}, we are looking into your request {reference} and will write here as soon as we know more."
[answers.guide]
title = { ar = "رابط الدليل", ru = "Ссылка на справку", en = "Link to the guide" }
[answers.guide.text]
ar = "الإجابة موضحة خطوة بخطوة هنا: https://example.com/ar/guide"
ru = "Ответ по шагам есть в справке: https://example.com/ru/guide"
en = "The answer is explained step by step here: https://example.com/en/guide"
"""


FALLBACK = ("C0FALLBACK", "fallback")
"""The id and the name of the channel that stands in where another one is shut."""


def channels(policy: Policy) -> dict[str, str]:
    """The id of each queue's channel, by the queue's key."""
    return {queue.key: f"C0QUEUE{place}" for place, queue in enumerate(policy.queues, 1)}


def superiors(policy: Policy) -> dict[str, Colleague]:
    """Somebody for each level that a ladder can climb to, called by what they are, by the level's key."""
    return {
        level.key: Colleague(f"U0LEVEL{place}", level.title.in_("en"))
        for place, level in enumerate(policy.levels, 1)
    }


def desk_file(policy: Policy, language: Language, undo: int) -> str:
    """A desk file that serves every queue of the policy, with cards in one language."""
    queues = (
        f"[queues.{key}]\nchannel = {json.dumps(channel)}\nlanguage = {json.dumps(language)}\n"
        for key, channel in channels(policy).items()
    )
    levels = (
        f"[levels.{key}]\nusers = {json.dumps([colleague.id])}\n"
        for key, colleague in superiors(policy).items()
    )
    fallback = f"fallback_channel = {json.dumps(FALLBACK[0])}\n"
    defaults = f'[defaults]\nremind = ["75%"]\nundo_seconds = {undo}\n'
    return "\n".join([fallback, defaults, *queues, *levels, ANSWERS, "" if policy.calendar else WEEK])
