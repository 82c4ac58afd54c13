"""Loads the desk in the process from which the demo's bots are forked: its modules, and its sentences."""

from contextlib import suppress

from bot.commands.loading import loading

with suppress(ImportError, OSError), loading():  # what is missing is told by the bot that misses it
    import uvicorn.protocols.http.auto  # noqa: F401 - uvicorn would load it when it begins to serve

    import bot.commands.performing
    import bot.commands.staging  # noqa: F401 - loaded for those who come
    from locales import catalogs

    catalogs.load()
