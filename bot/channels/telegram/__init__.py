"""Telegram: words heard by polling or webhook, and words said by the Bot API."""

from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.patience import Patience

__all__ = ["Patience", "Telegram"]
