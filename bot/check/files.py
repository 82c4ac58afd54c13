"""Whether the folder for people's files can be used."""

import os
from pathlib import Path

from bot.check.report import Report


def look_at_files(report: Report, folder: Path) -> None:
    """The folder, or where it will be made, must be ours to write in; nothing is made here."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not nearest.is_dir():
        report.mend(f"SANAD_FILES: {nearest} is no folder; name another one, or move that away")
    elif not os.access(nearest, os.R_OK | os.W_OK | os.X_OK):
        report.mend(f"SANAD_FILES: {nearest} cannot be written to; give it to the user that Sanad runs as")
    else:
        report.ok(f"SANAD_FILES: {folder} can be written to")
