"""A local Telegram: a strict Bot API server, people with phones, and troubles on demand."""

from bot.playground.telegram.faults import Fault, Faults
from bot.playground.telegram.local import LocalTelegram
from bot.playground.telegram.messages import Button, Message, Press
from bot.playground.telegram.people import NotSeenError, Person

__all__ = ["Button", "Fault", "Faults", "LocalTelegram", "Message", "NotSeenError", "Person", "Press"]
