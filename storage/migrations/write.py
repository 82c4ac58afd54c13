"""`python -m storage.migrations.write 0002_name`: write what the schema has and the migrations have not."""

import sys
import tempfile
from pathlib import Path

from storage import migrate
from storage.engines import connect

VERSIONS = Path(__file__).parent / "versions"


def write(name: str) -> Path:
    """Write the migration `name` (`0002_what_changed`), in place of one that is there."""
    number, _, about = name.partition("_")
    target = VERSIONS / f"{name}.py"
    target.unlink(missing_ok=True)
    earlier = [known for known in migrate.revisions() if known < number]
    with (
        tempfile.TemporaryDirectory() as folder,
        connect.sqlite_writing(Path(folder) / "empty.db", foreign_keys=False).begin() as connection,
    ):
        if earlier:
            migrate.upgrade_connection(connection, earlier[-1])
        written = migrate.write_revision(connection, number, about.replace("_", " ").capitalize())
    written.rename(target)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1])}\n")
