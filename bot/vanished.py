"""Queues that the desk file has no more, though tickets wait in them, or may be escalated to them."""

from bot.core.desk import Desk
from bot.core.mistakes import Mistake
from storage import Tx, policies, tickets

WAITING = "is missing, and tickets wait in it; put it back until they are closed"
ABOVE = "is missing, and customers may escalate open tickets to it; put it back until they are closed"


def vanished(tx: Tx, desk: Desk) -> list[Mistake]:
    """What is to be mended in the desk file before it is good for these tickets."""
    there = desk.queues.keys()
    found = dict.fromkeys(_escalated_to(tx) - there, ABOVE)
    found |= dict.fromkeys(tickets.live_queues(tx) - there, WAITING)
    return [Mistake(f"queues.{queue}", wanted) for queue, wanted in sorted(found.items())]


def _escalated_to(tx: Tx) -> set[str]:
    """The queues that the customers of open tickets may turn to, by the policies of their tickets (CAP-9)."""
    found = (policies.find(tx, digest).escalating for digest in tickets.live_policies(tx))
    return {right.queue for right in found if right}
