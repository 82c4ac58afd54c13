"""What can happen to a ticket: the kinds of facts, and what their data holds.

A fact holds no words of anybody's: `words` is the id under which they are kept. Moments in data are ISO 8601.
What an agent did says `snoozed`: true where it ended a snooze.
"""

from typing import Final

FILED: Final = "filed"  # language, queue, category, priority, client; the last three may be missing
CONSENTED: Final = "consented"  # policy: the hash of that whose wording was agreed to; `at`: when
CLAIMED: Final = "claimed"
RELEASED: Final = "released"
ASSIGNED: Final = "assigned"  # to: the agent
TAKEN_OVER: Final = "taken_over"  # before: from whom; words: the reason
TRANSFERRED: Final = "transferred"
"""before, now: queues; left: the thread, "channel:ts"; home: the one that it stood in for, if it did."""
NOTED: Final = "noted"  # words

# words; thanks: true where they are nothing but thanks; crossed: of the questions that were on their way to
# the customer then, the first, by its words; edited: true where these are words that were changed
CUSTOMER_WROTE: Final = "customer_wrote"
CUSTOMER_EDITED: Final = "customer_edited"  # words; before: the words that stood there; file: the new one

REPLIED: Final = "replied"  # words
ASKED: Final = "asked"  # words; the ticket waits for the customer
TAKEN_BACK: Final = "taken_back"  # words, which were not sent; or only not sent again
EDITED: Final = "edited"  # words, which the customer has; before: the words that stood there
WITHDRAWN: Final = "withdrawn"  # words, which the customer had; before: as above, where changed with it
DETACHED: Final = "detached"  # words, files of which the customer had
DELIVERED: Final = "delivered"  # words, purpose, accepted_at: when the channel took them
UNDELIVERED: Final = "undelivered"  # words, purpose, why
SENT_AGAIN: Final = "sent_again"  # words, which had not arrived

INVITED: Final = "invited"  # words, tool: to a remote session
ENGAGED: Final = "engaged"  # words: who and what for; ground: right, law, or consent, which the customer gave
SHARING_ASKED: Final = "sharing_asked"  # words: as above; the customer is asked
SHARING_REFUSED: Final = "sharing_refused"  # words

PRIORITISED: Final = "prioritised"  # before, now
CLASSIFIED: Final = "classified"  # before, now: complexities
EXTENDED: Final = "extended"  # target, until; words: what tells the customer, where it is to be told
HELD: Final = "held"  # words: the reason; before: the status; notice: true where no reason was written
RESUMED: Final = "resumed"

SNOOZED: Final = "snoozed"  # until, where there is a moment: the desk need not look at it
WOKEN: Final = "woken"  # the desk looks at it again

# words, outcome; reason: by the policy's list; survey: false where none is asked; incident: with its others
RESOLVED: Final = "resolved"
DECLINED: Final = "declined"  # words; reason, as above
SOLVED: Final = "solved"  # the customer says so
LAPSED: Final = "lapsed"  # resolved, and silent until the window was over
ENDED: Final = "ended"  # the question stayed unanswered; words: the actions done
CANCELLED: Final = "cancelled"
MERGED: Final = "merged"  # into: the other ticket
LINKED: Final = "linked"  # ticket: the other, which has it on record too
UNLINKED: Final = "unlinked"  # ticket
TIED: Final = "tied"  # incident
UNTIED: Final = "untied"  # incident
RENAMED: Final = "renamed"  # incident, which has another title now
INFORMED: Final = "informed"  # incident, words, language: what its customers were told of it
REDACTED: Final = "redacted"  # words, or answer: the question of the form
ABSORBED: Final = "absorbed"  # ticket: the one that was merged into this
STOPPED: Final = "stopped"  # words: what happened; level: who is told, where the policy says
REOPENED: Final = "reopened"
UNDONE: Final = "undone"  # words, of the solution, which was not sent: the ticket is as before it

RATED: Final = "rated"  # cycle, question, value
COMMENTED: Final = "commented"  # cycle, words

# What time does. Each is about one clock or silence: target, cycle.
MET: Final = "met"  # due_at; calendar: the version that it was counted by
BREACHED: Final = "breached"  # the same; promised: False where it was a moment of the desk's own
REMINDED: Final = "reminded"  # step; due_at: of what is overdue
ESCALATED: Final = "escalated"  # step, level
OFFERED: Final = "offered"  # step: the desk may end the waiting for the customer
TOLD: Final = "told"  # step: what time told the customer
SKIPPED: Final = "skipped"  # step, passed over for a later one
ESCALATED_BY_CUSTOMER: Final = "escalated_by_customer"
RECALCULATED: Final = "recalculated"  # before, now: due moments, after a change of the calendar

CHANGING: Final = frozenset({CUSTOMER_EDITED, EDITED, WITHDRAWN})
"""What puts other words in place of `words`; `before`, if it is there, is the id of what stood there."""
RESOLVING: Final = frozenset({RESOLVED, DECLINED})
CLOSING: Final = frozenset({ENDED, CANCELLED, MERGED, STOPPED})
"""What ends work that was not resolved."""
