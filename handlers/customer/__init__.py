"""All conversations with customers; importing them makes them known by their names."""

from handlers.customer import (
    aftercare,
    beginning,
    escalation,
    filing,
    intake,
    language,
    lookup,
    meaning,
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
    "beginning",
    "escalation",
    "filing",
    "intake",
    "language",
    "lookup",
    "meaning",
    "menu",
    "mine",
    "policy",
    "progress",
    "replies",
    "resume",
    "survey",
    "whose",
]
