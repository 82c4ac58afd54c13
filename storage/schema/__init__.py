"""The tables. What people wrote is sealed (`Sealed`); storage/crypto.py says whose key seals what."""

from storage.schema.keys import keys, settings
from storage.schema.metadata import metadata
from storage.schema.people import addresses, agents, customers, known, members, places, rooms
from storage.schema.post import carried, deliveries, hearing, inbox, lanes, outbox
from storage.schema.tickets import facts, files, policies, scores, threads, tickets, words
from storage.schema.ties import incidents, tied
from storage.schema.time import calendars, digests, dues, feasts, promised, reminders, replans, wound
from storage.schema.views import homes, late, readings, stems

__all__ = [
    "addresses",
    "agents",
    "calendars",
    "carried",
    "customers",
    "deliveries",
    "digests",
    "dues",
    "facts",
    "feasts",
    "files",
    "hearing",
    "homes",
    "inbox",
    "incidents",
    "keys",
    "known",
    "lanes",
    "late",
    "members",
    "metadata",
    "outbox",
    "places",
    "policies",
    "promised",
    "readings",
    "reminders",
    "replans",
    "rooms",
    "scores",
    "settings",
    "stems",
    "threads",
    "tickets",
    "tied",
    "words",
    "wound",
]
