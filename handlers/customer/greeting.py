"""Who wishes peace is wished it in return, before anything else is said."""

from bot.core.heard import Said
from handlers.customer import keywords
from handlers.customer.commands import Greet
from handlers.customer.talk import Talk
from locales import _


def returned(talk: Talk) -> str:
    """Empty where no such greeting was said."""
    what = talk.heard.what
    command = keywords.command(what.text) if isinstance(what, Said) else None
    return _("And peace be upon you.") if command == Greet(peace=True) else ""


def returned_once(talk: Talk) -> str:
    """The same where the welcome has not returned it just now."""
    return "" if talk.is_new else returned(talk)
