"""Slack, where agents work."""

from bot.channels.slack.adapter import Slack
from bot.channels.slack.directory import Identity
from bot.channels.slack.sending import Limits
from bot.channels.slack.wire import RefusedError

__all__ = ["Identity", "Limits", "RefusedError", "Slack"]
