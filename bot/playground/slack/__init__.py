"""A local Slack, as strict as the real one."""

from bot.playground.slack.agent import Agent
from bot.playground.slack.faults import Faults
from bot.playground.slack.local import LocalSlack
from bot.playground.slack.pushing import Answered
from bot.playground.slack.seen import Dialog, Message, Shown

__all__ = ["Agent", "Answered", "Dialog", "Faults", "LocalSlack", "Message", "Shown"]
