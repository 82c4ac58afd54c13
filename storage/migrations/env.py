"""Run by alembic, on the connection that storage/migrate.py hands it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage import columns
from storage.schema import metadata


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own column types by their names; all else in alembic's way."""
    if kind != "type":
        return False
    for name, ours in (("Json", columns.Json), ("Big", columns.Big)):
        if item is ours:
            return f"columns.{name}"
    return "columns.Moment()" if isinstance(item, columns.Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
