"""What can be checked of the machine: room on the disk, free ports, and a clock that is right."""

import os
import socket
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.check.report import Report
from bot.room import ENOUGH, MEBIBYTE, Free, free_bytes
from bot.settings import Settings

COMFORT = 1024 * MEBIBYTE
"""Below this an operator is warned: it is time to think of a larger disk."""

SKEW = timedelta(seconds=30)
"""How far the machine's clock may be from Slack's. From five minutes on no signature is believed any more."""


def look_at_room(report: Report, folders: Sequence[Path], free: Free = free_bytes) -> None:
    for folder in folders:
        left = free(folder)
        told = f"disk: {left // MEBIBYTE} MiB are free for {folder.absolute()}"
        if left < ENOUGH:
            report.mend(f"{told}; nothing is taken in until there are {ENOUGH // MEBIBYTE}: free some space")
        elif left < COMFORT:
            report.warn(f"{told}; think of a larger disk")
        else:
            report.ok(told)


def look_at_ports(report: Report, given: Settings) -> None:
    """Whether the ports are free. They are not while the desk runs, so that is no more than a warning."""
    doors = (("SANAD_PORT", given.host, given.port), ("SANAD_ADMIN_PORT", "127.0.0.1", given.admin_port))
    for name, host, port in doors:
        try:
            _open(host, port)
        except OSError as why:
            taken = os.strerror(why.errno or 0)
            report.warn(f"{name}: {host} port {port}: {taken}; fine if the desk runs already")
        else:
            report.ok(f"{name}: {host} port {port} is free")


def _open(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.create_server((host, port), family=family)):
        pass


def look_at_clock(report: Report, ahead: timedelta) -> None:
    """`ahead`: by how much this machine's clock is ahead of Slack's; negative when it is behind."""
    seconds = round(abs(ahead).total_seconds())
    if abs(ahead) > SKEW:
        way = "ahead of" if ahead > timedelta() else "behind"
        report.mend(
            f"the machine's clock is {seconds} s {way} Slack's; let it be set by the network"
            " (timedatectl set-ntp true): moments would be wrong, and no signature believed"
        )
    else:
        report.ok("the machine's clock agrees with Slack's")
