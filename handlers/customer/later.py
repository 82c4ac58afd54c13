"""What comes later than the message that it belongs to: the rest of an album, and edits."""

from uuid import UUID

from bot.core.flow import LostError
from bot.core.heard import Edited, Said
from bot.core.text import clean
from bot.core.told import Told
from handlers.customer import conversation
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from locales import _
from storage import outbox


def joins_album(talk: Talk, said: Said) -> bool:
    """The rest of an album goes where its first part went; what followed that one is not asked anew."""
    here = conversation.opened(talk)
    if here is None or said.group not in here.draft.told.groups:
        return False
    before = _question(here)
    conversation.keep(talk, here, Told.by(said))
    if _question(here) != before and not _corrected(talk, here):
        conversation.ask_again(talk)
    return True


def _question(here: Open) -> str:
    try:
        return here.asked(here.place.turn).question.text
    except LostError:
        return ""


def _corrected(talk: Talk, here: Open) -> bool:
    """A question that still waits to be sent will read as it should now."""
    say = here.asked(here.place.turn).say()
    return bool(here.place.row) and outbox.change(talk.unit.tx, UUID(here.place.row), say)


def edited(talk: Talk, what: Edited) -> bool:
    """A message was changed whose words are still in a draft: they change with it."""
    here = conversation.opened(talk)
    changed = here.draft.told.edited(what.message, clean(what.text)) if here else None
    if here is None or changed is None:
        return False
    here.draft.told = changed
    conversation.keep_draft(talk, here)
    conversation.ask_again(talk, _("We have noted your change."))
    return True
