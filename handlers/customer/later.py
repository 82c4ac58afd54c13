"""What comes later than the message that it belongs to: the rest of an album, and edits of a draft."""

from uuid import UUID

from bot.core.flow import Draft, Go, LostError, Place
from bot.core.heard import Edited, Said
from bot.core.text import clean
from bot.core.told import Told
from handlers.customer import amended, conversation, keeping
from handlers.customer.conversation import Open
from handlers.customer.talk import Talk
from handlers.form import Intake
from storage import outbox, places


def joins_album(talk: Talk, said: Said) -> bool:
    """The rest of an album goes where its first part went; what followed that one is not asked anew."""
    here = conversation.opened(talk)
    if here is None or said.group not in here.draft.told.groups:
        return _joins_on_shelf(talk, said)
    keep(talk, here, Told.by(said))
    return True


def _joins_on_shelf(talk: Talk, said: Said) -> bool:
    """Its first part came with a command that set a request aside."""
    draft = _shelved(talk)
    if said.group not in draft.told.groups or not draft.has_room_for(Told.by(said)):
        return False
    draft.keep(Told.by(said))
    conversation.put_on_shelf(talk, draft)
    return True


def _shelved(talk: Talk) -> Intake:
    """The request that was set aside, as far as it has come."""
    shelved = places.standing(talk.unit.tx, talk.address).shelved
    return Intake.model_validate(shelved.draft) if shelved else Intake()


def keep(talk: Talk, here: Open, told: Told) -> None:
    """Keep it beside what is being asked, which is asked anew only where it reads otherwise now."""
    before = _question(here)
    conversation.keep(talk, here, told)
    if _question(here) != before and not _corrected(talk, here):
        conversation.ask_again(talk)


def _question(here: Open) -> str:
    try:
        return here.asked(here.place.turn).question.text
    except LostError:
        return ""


def _corrected(talk: Talk, here: Open) -> bool:
    """A question that still waits to be sent will read as it should now."""
    say = here.asked(here.place.turn).say().model_copy(update={"folds": here.place.keyboard is False})
    return bool(here.place.row) and outbox.change(talk.unit.tx, UUID(here.place.row), say)


def edited(talk: Talk, what: Edited) -> bool:
    """A message was changed that is still in a draft: words and file change with it."""
    return _in_question(talk, what) or _beneath(talk, what) or _on_shelf(talk, what)


def _in_question(talk: Talk, what: Edited) -> bool:
    here = conversation.opened(talk)
    if here is None:
        return False
    if not here.draft.told.holds(what.message):
        return amended.edited(talk, here, what)
    if _changes(talk, here.draft, what):
        if amended.says_too_little(here.draft):
            amended.go_to(talk, here, Go("description"))
        elif amended.says_enough(here):
            amended.go_to(talk, here, here.view.onward(here.draft))
        else:
            conversation.keep_draft(talk, here)
            conversation.ask_again(talk, amended.noted())
    return True


def _on_shelf(talk: Talk, what: Edited) -> bool:
    """The request that was set aside holds the message."""
    draft = _shelved(talk)
    if not draft.told.holds(what.message):
        return False
    if _changes(talk, draft, what):
        amended.says_too_little(draft)
        conversation.put_on_shelf(talk, draft)
        talk.say(amended.noted())
    return True


def _beneath(talk: Talk, what: Edited) -> bool:
    """What was being asked when something came between holds the message."""
    here = conversation.opened(talk)
    before = here.draft.before if here else None
    changed = _changed(talk, before, what) if before else None
    if here is None or changed is None:
        return False
    if changed != before:
        here.draft.before = changed
        conversation.keep_draft(talk, here)
        talk.say(amended.noted())
    return True


def _changed(talk: Talk, place: Place, what: Edited) -> Place | None:
    """The place with the change, which one further beneath may hold; None where none does."""
    there = conversation.at(talk, place)
    if there is None:
        return None
    if there.draft.told.holds(what.message):
        if not _changes(talk, there.draft, what):
            return place
        amended.says_too_little(there.draft)
    else:
        beneath = there.draft.before
        changed = _changed(talk, beneath, what) if beneath else None
        if changed in (None, beneath):
            return changed and place
        there.draft.before = changed
    return place.model_copy(update={"draft": there.draft.model_dump(mode="json")})


def _changes(talk: Talk, draft: Draft, what: Edited) -> bool:
    """Whether the draft reads otherwise now; what cannot be brought is said at once."""
    before = draft.told
    draft.told = before.edited(what.message, clean(what.text), what.files)
    keeping.refuse(talk, (file for file in draft.told.files if file not in before.files))
    return draft.told != before
