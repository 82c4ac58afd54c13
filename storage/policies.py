"""The policies that tickets were opened under, each kept once by its hash."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select

from bot.core.policy import Policy
from storage import Tx
from storage.dialects import ignoring_duplicates
from storage.prepared import Prepared
from storage.schema import policies

KNOWN = Prepared(select(policies.c.hash).where(policies.c.hash == bindparam("of_hash")))
NEW = Prepared(ignoring_duplicates(insert(policies)), ("hash", "name", "content", "stored_at"))


def keep(tx: Tx, policy: Policy, at: datetime) -> str:
    """Store the policy if it is new, and return the hash that a ticket pins."""
    if KNOWN.one_or_none(tx, of_hash=policy.hash) is None:
        NEW.run(tx, hash=policy.hash, name=policy.name, content=policy.to_json(), stored_at=at)
    return policy.hash


def find(tx: Tx, digest: str) -> Policy:
    """The policy of a hash, which never changes: it is read from the database once."""
    if digest not in _read:
        wanted = select(policies.c.content).where(policies.c.hash == digest)
        _read[digest] = Policy.from_json(tx.connection.execute(wanted).scalar_one())
    return _read[digest]


_read: dict[str, Policy] = {}
