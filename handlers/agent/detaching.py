"""A file that an agent takes off a message does not go to the customer, or leaves their chat."""

from collections.abc import Collection
from uuid import UUID

from handlers import amending, lines
from handlers import files as filed
from handlers.agent import answers, retold
from handlers.agent.act import Act
from locales import _
from storage import binding, files
from storage.files import Kept
from storage.words import Words


def take_off(act: Act, kept: Words, gone: Collection[str], after: str) -> bool:
    """Whether anything of the message is left for the customer; with nothing done where there is not.

    `gone` are the platform's ids, `after` the words that stand there now.
    """
    there = files.of_words(act.unit.tx, act.ticket.id, kept.id)
    off = [file for file in there if file.about.file_id in gone]
    if kept.kind == "note":
        binding.bind(act.unit.tx, _ids([file for file in off if file.state == "held"]), files.NOBODY)
        return True
    sent = filed.sent_with(act.unit.tx, act.ticket, kept.id)
    off = [file for file in off if file in sent]
    if off and not after and len(off) == len(sent):
        return False
    if off:
        _take_off(act, kept, off)
    return True


def _take_off(act: Act, kept: Words, off: list[Kept]) -> None:
    unit, reached = act.unit, amending.reached(act.unit, act.ticket, kept.id)
    if not act.may_act:
        act.refuse(_("The file stays where it was: you can no longer act on this ticket."))
    elif not act.writes_on:
        act.refuse(_("The file stays where it was: this ticket is not in your hands."))
    elif reached and not answers.is_unsent(unit, kept.id):
        binding.bind(unit.tx, _ids(off), files.LEAVING)
        amending.detach(unit, act.ticket, kept, act.by)
        retold.files_gone(act, kept, off, withdrawn=True)
        leaves = _("The file is being taken out of the customer's chat, too.")
        act.whisper(lines.text(leaves), lines.text(amending.said_later()))
    else:
        binding.bind(unit.tx, _ids(off), files.NOBODY)
        answers.change_unsent(act, kept, kept.text)
        for file in off:
            filed.go_on(unit, file)
        doubted = answers.in_doubt(unit, kept.id)
        retold.files_gone(act, kept, off, withdrawn=False, doubted=doubted)
        act.refuse(answers.changed(doubted=True) if doubted else _("The file does not go to the customer."))


def _ids(found: list[Kept]) -> list[UUID]:
    return [file.id for file in found]
