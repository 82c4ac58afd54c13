"""What one agent does: who, to which ticket, and how they are answered in private."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self, TypeGuard
from uuid import UUID

from bot.core import reference
from bot.core.heard import Attachment, Thread
from bot.core.now import DialogErrors, OpenDialog
from bot.core.shown import Button, Dialog, Line, Mention, Part, Post, Text
from bot.core.situation import Situation
from bot.core.ticket import Ticket
from bot.core.verbs import Deed, Who, offered
from handlers import lines, outside, post, rights, situations, thread
from handlers.clock import above
from handlers.lines import SLOT
from handlers.unit import Office, Unit
from handlers.views import seeing
from locales import _, pgettext, use
from storage import rooms, tickets
from storage.people import Agent

READ_ONLY = frozenset({"why"})
"""Verbs of the card that only tell: whoever may see the ticket may use them."""


def busy(office: Office, user: str) -> str:
    """For an agent who has to wait: what they did is kept, and being worked on."""
    with use(office.spoken.get(user, "en")):
        return _("This takes a little longer than usual. It is kept and being worked on.")


@dataclass(slots=True)
class Act:
    unit: Unit
    agent: Agent
    ticket: Ticket
    thread: Thread | None = None
    trigger: str = ""
    reply_url: str = ""
    detail: str = ""
    """What a button carried beside its ticket."""
    view: str = ""
    """The window that the button stood in: whatever is shown next takes its place."""
    files: tuple[Attachment, ...] = ()
    """What was put into the dialog."""

    @property
    def by(self) -> str:
        """Who did it, as facts and words have it."""
        return f"agent:{self.agent.user}"

    @property
    def is_supervisor(self) -> bool:
        return self.agent.user in self.unit.office.desk.roles.supervisors

    @property
    def situation(self) -> Situation:
        """The ticket as it stands now, after what was done to it here."""
        return situations.look(self.unit, self.ticket)

    @property
    def may_see(self) -> bool:
        """Who sees: all who may act, and reviewers, who read everything and change nothing (CMP-9)."""
        return seeing.may_see(self.unit, self.ticket, self.agent.user)

    @property
    def may_act(self) -> bool:
        return self.lets_act(self.agent.user)

    def lets_act(self, user: str) -> bool:
        return rights.may_act(self.unit, self.ticket, user)

    @property
    def is_above(self) -> bool:
        """A supervisor, or somebody whom it was escalated to: they may take it over (CMP-3, CAP-9)."""
        return self.is_supervisor or rights.reached(
            self.unit.tx, self.unit.office, self.ticket, self.agent.user
        )

    @property
    def is_outside(self) -> bool:
        """Whether they are not in the queue's channel, and so may not see the card."""
        return outside.is_outside(self.unit, self.ticket, self.agent.user)

    def on(self, ticket: Ticket) -> Self:
        """The same agent, over another ticket."""
        return replace(self, ticket=ticket, thread=None)

    def may(self, who: Who) -> bool:
        """Whether somebody who may act may do this. What is left behind by who may not, anybody takes up."""
        if who == "member" or self.is_above or self.holds_ticket:
            return True
        return who == "free" and not self.lets_act(self.ticket.claimer)

    @property
    def holds_ticket(self) -> bool:
        """Whether the ticket is in this agent's hands."""
        return self.ticket.claimer == self.agent.user

    @property
    def writes_on(self) -> bool:
        """Whether what they wrote to this customer is still theirs to change, however the ticket ended."""
        return self.may_act and self.holds_ticket

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Speak the language that the agent picked."""
        with use(self.agent.language):
            yield

    @contextmanager
    def keeping_up(self) -> Iterator[None]:
        """Who cannot see the card is handed the verbs again when others are possible, or it changed hands."""
        before = self._state() if self.is_outside else None
        yield
        if before is not None and self._state() != before:
            self.offer()
            if self.holds_ticket and before[0] != self.agent.user:
                above.hand_files(self.unit, self.ticket, self.agent.user)

    def _state(self) -> tuple[str, tuple[Deed, ...]]:
        return self.ticket.claimer, offered(self.situation)

    def offer(self) -> None:
        """Hand the verbs that are possible now to an agent who may use them, and cannot see the card."""
        if self.is_outside and self.may_act:
            above.offer(self.unit, self.ticket, self.agent.user)

    def whisper(self, *told: Line, buttons: tuple[Button, ...] = ()) -> None:
        """A word that only this agent sees. It names its ticket: it may reach them far from the thread."""
        about = _("Ticket {reference}", reference=reference.show(self.ticket.reference))
        spoken = "".join(part.text for part in told[0]) if _only_text(told[0]) else ""
        private = Post(
            summary=" · ".join(filter(None, (about, spoken))),
            lines=(lines.text(about, strong=True), *told),
            buttons=buttons,
        )
        self.show(private)

    def show(self, private: Post) -> None:
        """Show it to this agent alone; in the window that they pressed in, where it was one."""
        if self.view:
            self.open(_window(private, str(self.ticket.id)))
        else:
            post.to_agent(self.unit, self.agent.user, private, self.reply_url)

    def refuse(self, sentence: str) -> None:
        self.whisper(lines.text(sentence))

    def refuse_stranger(self) -> None:
        if rooms.standing(self.unit.tx, self.unit.office.queue(self.ticket.queue).channel) == "public":
            self.refuse(
                _(
                    "This queue's channel is public now. Whoever joins it meanwhile cannot act on its tickets"
                    " until it is private again."
                )
            )
        else:
            self.refuse(_("Only members of this queue's channel can act on its tickets."))

    def refuse_for_claimer(self) -> None:
        """Somebody else is on it: say who."""
        if not self.ticket.claimer:
            self.refuse(_("Only a supervisor, or who has claimed the ticket, can do this."))
            return
        claimer = Mention(user=self.ticket.claimer)
        self.whisper(lines.around(_("{agent} is working on this ticket.", agent=SLOT), claimer))

    def become(self, ticket: Ticket, fact: str, **data: object) -> None:
        """Keep what became of the ticket by this agent, and draw its card again."""
        if self.ticket.snoozed and not ticket.snoozed:
            data["snoozed"] = True
        self.ticket = tickets.save(self.unit.tx, ticket, self.unit.fact(fact, self.by, **data))
        post.show_card(self.unit, self.ticket)

    def announce(
        self,
        sentences: Callable[[], tuple[str, ...]],
        text: str = "",
        *,
        other: Part | None = None,
        said: UUID | None = None,
        purpose: str = "news",
    ) -> Post:
        """Tell the ticket's thread what this agent did; the first sentence names them by its SLOT.

        `other` stands where it has OTHER; `text` are the agent's words, kept as `said`.
        """
        return thread.announce(
            self.unit, self.ticket, self.agent.user, sentences, text, other=other, said=said, purpose=purpose
        )

    def mistaken(self, **errors: str) -> None:
        """Keep the sent dialog open, with a sentence beside each field that will not do."""
        self.unit.nows.append(DialogErrors(errors=errors))

    def open(self, dialog: Dialog) -> None:
        opened = OpenDialog(trigger=self.trigger, dialog=dialog, thread=self.thread, view=self.view)
        self.unit.nows.append(opened)

    @property
    def has_opened(self) -> bool:
        """Whether something has been put before the agent already."""
        return any(isinstance(now, OpenDialog) for now in self.unit.nows)


def _window(told: Post, memo: str) -> Dialog:
    """A private word as a window."""
    return Dialog(
        key="told",
        title=pgettext("window", "Ticket"),
        cancel=pgettext("button", "Close"),
        lines=told.lines,
        sections=(((), told.buttons),),
        memo=memo,
    )


def _only_text(line: Line) -> TypeGuard[tuple[Text, ...]]:
    return all(isinstance(part, Text) for part in line)
