"""All conversations with customers; importing them makes them known by their names."""

from handlers.customer import (
    aftercare,
    escalation,
    filing,
    intake,
    language,
    lookup,
    menu,
    mine,
    policy,
    progress,
    replies,
    resume,
    survey,
    whose,
)

__all__ = [
    "aftercare",
    "escalation",
    "filing",
    "intake",
    "language",
    "lookup",
    "menu",
    "mine",
    "policy",
    "progress",
    "replies",
    "resume",
    "survey",
    "whose",
]
