"""Loads the desk in the process from which the demo's bots are forked."""

from contextlib import suppress

from bot.commands.loading import loading

with suppress(ImportError), loading():  # what is missing is told by the bot that misses it
    import bot.commands.performing  # noqa: F401 - loaded for those who come
