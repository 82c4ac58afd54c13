"""The command line. What a command needs is imported inside it, so that `sanad --help` answers at once."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Sanad: a support desk that lives in the chats people already use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they would show the values of variables
    rich_markup_mode=None,
)
policy = typer.Typer(help="Policies: what was promised.", no_args_is_help=True)
ticket = typer.Typer(help="Tickets: how they stand, and why.", no_args_is_help=True)
calendar = typer.Typer(help="Working days, and feasts that wait for the moon.", no_args_is_help=True)
inbox = typer.Typer(help="What was heard and could not be handled.", no_args_is_help=True)
outbox = typer.Typer(help="What was promised and is not delivered.", no_args_is_help=True)
database = typer.Typer(help="The tables of the database.", no_args_is_help=True)
keys = typer.Typer(help="The keys that protect what people wrote.", no_args_is_help=True)
app.add_typer(policy, name="policy")
app.add_typer(ticket, name="ticket")
app.add_typer(calendar, name="calendar")
app.add_typer(inbox, name="inbox")
app.add_typer(outbox, name="outbox")
app.add_typer(database, name="db")
app.add_typer(keys, name="keys")

All = Annotated[bool, typer.Option("--all", help="All of them.")]
Number = Annotated[str, typer.Argument(help="Its number, such as 4829-1372.")]
Feast = Annotated[str, typer.Argument(help="A day of the feast, such as 2027-03-09.", metavar="DATE")]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Their ids, as `list` shows them.")]


@app.command()
def run() -> None:
    """Run the desk until it is told to stop (Ctrl-C, or SIGTERM)."""
    from bot.commands.running import run

    run()


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is.", min=0, max=65535)] = 8090,
    policy: Annotated[str, typer.Option(help="A shipped policy, or the path of a file.")] = "general",
) -> None:
    """Show everything on one page, without tokens or a network."""
    from bot.commands.running import demo

    demo(port=port, policy=policy)


@app.command()
def check(
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Telegram and Slack.")] = False,
) -> None:
    """Look at everything that a running desk needs, and say what to mend."""
    from bot.commands.checking import check

    check(offline=offline)


@policy.command("check")
def policy_check(
    policy: Annotated[str, typer.Argument(help="A shipped policy, or the path of a file.")],
) -> None:
    """Read a policy, and tell all its mistakes."""
    from bot.commands.policy import check

    check(policy)


@policy.command("show")
def policy_show(
    policy: Annotated[str, typer.Argument(help="A shipped policy, or the path of a file.")],
    language: Annotated[str, typer.Option(help="ar, ru or en.")] = "en",
) -> None:
    """Tell what a customer may expect, and apart from it what is the desk's own."""
    from bot.commands.policy import show

    show(policy, language)


@policy.command("due")
def policy_due(
    policy: Annotated[str, typer.Argument(help="A shipped policy, or the path of a file.")],
    begins: Annotated[str, typer.Option("--from", help="The moment it begins, with its offset.")],
    length: Annotated[str, typer.Option("--in", help='Such as "8 business hours" or "2 business days".')],
    why: Annotated[
        bool, typer.Option("--why", help="What was counted, and which days were skipped.")
    ] = False,
) -> None:
    """Compute when a span ends, by the hours of a policy."""
    from bot.commands.due import due

    due(policy, begins, length, explain=why)


@ticket.command("show")
def ticket_show(number: Number) -> None:
    """Show a ticket as its card does, and all that has happened to it."""
    from bot.commands.tickets import show

    show(number)


@ticket.command("why")
def ticket_why(
    number: Number,
    language: Annotated[str, typer.Option(help="ar, ru or en.")] = "en",
) -> None:
    """Tell to the second why something is due to a ticket when it is."""
    from bot.commands.tickets import why

    why(number, language)


@ticket.command("export")
def ticket_export(number: Number) -> None:
    """Print everything that is kept of a ticket, words included, as JSON. This is put on record."""
    from bot.commands.export import export

    export(number)


@calendar.command("preview")
def calendar_preview(
    shift: Annotated[str, typer.Option(help="A day of a feast: tell what moves if it is --to.")] = "",
    to: Annotated[str, typer.Option(help="Where that day would be.")] = "",
) -> None:
    """Show the days of the year ahead that are off, or have other hours. Nothing is changed."""
    from bot.commands.calendars import preview

    preview(shift, to)


@calendar.command("confirm")
def calendar_confirm(day: Feast, yes: Sure = False) -> None:
    """Say that a provisional feast is when it was thought to be."""
    from bot.commands.calendars import confirm

    confirm(day, sure=yes)


@calendar.command("shift")
def calendar_shift(
    day: Feast,
    to: Annotated[str, typer.Option(help="Where that day of it is; the other days move along.")],
    yes: Sure = False,
) -> None:
    """Say that a feast is on other days; due moments that are to come move with it."""
    from bot.commands.calendars import shift

    shift(day, to, sure=yes)


@inbox.command("list")
def inbox_list() -> None:
    """Show the messages that were tried often enough and set aside."""
    from bot.commands.post import list_inbox

    list_inbox()


@inbox.command("replay")
def inbox_replay(ids: Ids = None, everything: All = False) -> None:
    """Let messages that were set aside be handled again."""
    from bot.commands.post import replay_inbox

    replay_inbox(ids or [], everything=everything)


@outbox.command("list")
def outbox_list() -> None:
    """Show what could not be delivered."""
    from bot.commands.post import list_outbox

    list_outbox()


@outbox.command("replay")
def outbox_replay(ids: Ids = None, everything: All = False) -> None:
    """Try to deliver again."""
    from bot.commands.post import replay_outbox

    replay_outbox(ids or [], everything=everything)


@outbox.command("arrived")
def outbox_arrived(ids: Ids = None, everything: All = False) -> None:
    """Of what is held back since a restore: count it as delivered, and send nothing."""
    from bot.commands.post import arrived_outbox

    arrived_outbox(ids or [], everything=everything)


@outbox.command("restored")
def outbox_restored() -> None:
    """Once after a backup was put back, before the desk starts: what waited then may have been sent."""
    from bot.commands.post import restored_outbox

    restored_outbox()


@database.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to what this version needs. The version that runs may go on."""
    from bot.commands.upkeep import upgrade

    upgrade()


@database.command("downgrade")
def db_downgrade(
    revision: Annotated[str, typer.Argument(help="An earlier revision, or `base`.")], yes: Sure = False
) -> None:
    """Take the tables back to an earlier revision; what only later ones hold is lost."""
    from bot.commands.upkeep import downgrade

    downgrade(revision, sure=yes)


@database.command("backup")
def db_backup(target: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy the SQLite database to a file, while the desk runs. The keys are not in it."""
    from bot.commands.upkeep import backup

    backup(target)


@keys.command("new")
def keys_new() -> None:
    """Print a new key, to be put first in SANAD_KEYS."""
    from storage.crypto import new_operator_key

    typer.echo(new_operator_key())


@keys.command("rotate")
def keys_rotate() -> None:
    """Let the first key of SANAD_KEYS protect everything; the others can be dropped afterwards."""
    from bot.commands.upkeep import rotate

    rotate()


def main() -> None:
    """Run a command. Exits 0, 1 when something is to be mended, 2 on wrong usage."""
    from bot.commands.mending import told

    with told():
        app(prog_name="sanad")
