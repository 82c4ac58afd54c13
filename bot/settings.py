"""The settings, read once from the environment and from `.env`; the environment wins."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.core.desk import Days, Desk, DeskError
from bot.core.mistakes import UTF_8, FileError, Mistake, mistake
from bot.shapes import (
    Address,
    BotToken,
    Database,
    Keys,
    Level,
    Port,
    SigningSecret,
    SlackAppToken,
    SlackBotToken,
    WebhookSecret,
)


class SettingsError(FileError):
    """The settings will not do."""


UNSET = SecretStr("")


class Settings(BaseModel):
    """What an operator sets. Each alias is a variable's name; `.env.example` shows all of them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    database_url: Database = Field(
        SecretStr("sqlite+aiosqlite:///var/sanad.db"),
        alias="DATABASE_URL",
        description="Where everything is kept: one SQLite file, or PostgreSQL as postgresql+asyncpg://...",
    )
    keys: Keys = Field(
        alias="SANAD_KEYS",
        description="The keys that protect people's words, newest first: id:base64 of 32 bytes, comma"
        " separated. `sanad keys new` prints one. Without them nothing that people wrote can be read, so"
        " keep a copy somewhere else than the database.",
    )
    policy: str = Field(
        "general",
        alias="SANAD_POLICY",
        description="The policy: the name of a shipped one, or the path of a TOML file.",
    )
    desk: Path = Field(
        Path("desk.toml"),
        alias="SANAD_DESK",
        description="The desk file: queues, their channels, and who may do more. See desk.example.toml.",
    )
    files: Path = Field(
        Path("var/files"),
        alias="SANAD_FILES",
        description="The folder for the files that people send, each sealed under its customer's key. Keep"
        " copies of it together with those of the database; several processes need the same folder.",
    )
    public_url: Address = Field(
        "",
        alias="SANAD_PUBLIC_URL",
        description="The https address under which the platforms reach this machine. With it Telegram calls"
        " its /telegram; without it Sanad asks Telegram (polling), which needs no address.",
    )
    host: str = Field(
        "127.0.0.1",
        alias="SANAD_HOST",
        description="The address to listen on for the platforms' calls.",
    )
    port: Port = Field(
        8080,
        alias="SANAD_PORT",
        description="The port for the platforms' calls and /healthz.",
    )
    admin_port: Port = Field(
        8081,
        alias="SANAD_ADMIN_PORT",
        description="The port for /readyz, on this machine's own address only.",
    )
    log_level: Level = Field(
        "info",
        alias="SANAD_LOG_LEVEL",
        description="How much is logged: debug, info, warning or error.",
    )
    telegram_bot_token: BotToken = Field(
        UNSET,
        alias="TELEGRAM_BOT_TOKEN",
        description="The customers' bot, as @BotFather gives it. Without it Telegram is off.",
    )
    telegram_webhook_secret: WebhookSecret = Field(
        UNSET,
        alias="TELEGRAM_WEBHOOK_SECRET",
        description="Proves that a call to /telegram is Telegram's: 1 to 256 characters of A-Z a-z 0-9 _ - of"
        " your own choice. Needed when SANAD_PUBLIC_URL is set.",
    )
    telegram_api_url: Address = Field(
        "https://api.telegram.org",
        alias="TELEGRAM_API_URL",
        description="Where Telegram's Bot API is.",
    )
    slack_bot_token: SlackBotToken = Field(
        UNSET,
        alias="SLACK_BOT_TOKEN",
        description="The agents' app: its bot token, xoxb-... Make the app from slack-manifest.yaml.",
    )
    slack_app_token: SlackAppToken = Field(
        UNSET,
        alias="SLACK_APP_TOKEN",
        description="The app's own token, xapp-..., with connections:write. With it Sanad calls Slack"
        " (Socket Mode), which needs no public address.",
    )
    slack_signing_secret: SigningSecret = Field(
        UNSET,
        alias="SLACK_SIGNING_SECRET",
        description="Proves that a call to /slack/events is Slack's. Needed without SLACK_APP_TOKEN.",
    )
    slack_api_url: Address = Field(
        "https://slack.com",
        alias="SLACK_API_URL",
        description="Where Slack's Web API is; /api/ is added.",
    )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    def secrets(self) -> tuple[str, ...]:
        """Everything that must show nowhere."""
        values = (value for _, value in self if isinstance(value, SecretStr))
        return tuple(value.get_secret_value() for value in values if value)


OURS = ("SANAD_", "TELEGRAM_", "SLACK_", "WHATSAPP_")
ELSEWHERE: tuple[str, ...] = ()
"""Names of the contract that this version has no use for, and that do no harm."""


def load(file: Path | None = Path(".env"), *, to_run: bool = True) -> Settings:
    """Read the settings, or raise SettingsError with everything that is wrong.

    `to_run` also asks for what only a running desk needs: channels, their secrets, a port for each door.
    """
    written = _written(file)
    given = _given(written)
    mistakes = [*unknown(written), *(lacking(given) if to_run else ())]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as wrong:
        mistakes += [in_our_words(mistake(details)) for details in wrong.errors(include_url=False)]
    else:
        mistakes += colliding(settings) if to_run else ()
    if mistakes:
        raise SettingsError("settings", mistakes)
    return settings


def _written(file: Path | None) -> dict[str, str]:
    values = dotenv_values(file, interpolate=False, encoding=UTF_8) if file else {}
    return {name: value or "" for name, value in values.items()}


def _given(written: Mapping[str, str]) -> dict[str, str]:
    """What has a value; the environment wins."""
    return {name: value for name, value in (written | os.environ).items() if value.strip()}


def desk_if_any(file: Path | None = Path(".env")) -> Desk | None:
    """The desk file for commands that can do without: None when none is named and none lies here."""
    path = _desk_file(file)
    return load_desk(path) if path else None


def days_if_any(file: Path | None = Path(".env")) -> Days | None:
    """The days of that desk file, also of one with mistakes; None where they cannot be read."""
    path = _desk_file(file)
    return days_alone(path) if path else Days()


def _desk_file(file: Path | None) -> Path | None:
    named = _given(_written(file)).get("SANAD_DESK")
    path = Path(named or Settings.model_fields["desk"].default)
    return path if named or path.exists() else None


def load_desk(path: Path) -> Desk:
    """Read the desk file, or raise DeskError with everything that is wrong."""
    try:
        text = path.read_text(UTF_8)
    except FileNotFoundError:
        wanted = "is not there; copy desk.example.toml and put your own Slack channels in, or set SANAD_DESK"
        raise DeskError(str(path), [Mistake("", wanted)]) from None
    except (OSError, UnicodeDecodeError) as unread:
        raise DeskError(str(path), [Mistake("", f"cannot be read: {unread}")]) from None
    return Desk.load(text, str(path))


def days_alone(path: Path) -> Days | None:
    """The days of a desk file that has mistakes, as far as they can be read."""
    with suppress(OSError, UnicodeDecodeError):
        return Days.alone(path.read_text(UTF_8))
    return None


def in_our_words(found: Mistake) -> Mistake:
    if found == Mistake("SANAD_KEYS", "is missing"):
        return Mistake("SANAD_KEYS", "is not set; `sanad keys new` prints a value for it")
    return found


ON_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "::"})  # noqa: S104 - only compared


def colliding(given: Settings) -> Iterator[Mistake]:
    """Two doors at one port of this machine's own address; 0 is any port that is free."""
    if given.host in ON_THIS_MACHINE and given.admin_port == given.port != 0:
        wanted = f"is {given.port}, as SANAD_PORT is, and both cannot listen there; choose another port"
        yield Mistake("SANAD_ADMIN_PORT", wanted)


def unknown(written: Mapping[str, str]) -> Iterator[Mistake]:
    """Names in `.env` that look like ours and are not: slips of the pen."""
    known = {*Settings.names(), *ELSEWHERE}
    for name in sorted(written.keys() - known):
        if name.startswith(OURS) and not name.startswith("WHATSAPP_"):
            like = get_close_matches(name, known, n=1)
            yield Mistake(name, "is not a setting" + (f"; did you mean {like[0]}?" if like else ""))


def lacking(given: Mapping[str, str]) -> Iterator[Mistake]:
    """What a running desk needs and `given` (the variables that have a value) does not hold."""
    for name in sorted(given):
        if name.startswith("WHATSAPP_"):
            yield Mistake(name, "this version does not speak WhatsApp yet; leave it empty")
    if "TELEGRAM_BOT_TOKEN" not in given:
        yield Mistake(
            "TELEGRAM_BOT_TOKEN", "is not set, so no customer can write; ask @BotFather for a token"
        )
    if "SANAD_PUBLIC_URL" in given and "TELEGRAM_WEBHOOK_SECRET" not in given:
        wanted = "is not set, but SANAD_PUBLIC_URL is; choose 1 to 256 characters of A-Z a-z 0-9 _ -"
        yield Mistake("TELEGRAM_WEBHOOK_SECRET", wanted)
    if "SLACK_BOT_TOKEN" not in given:
        wanted = (
            "is not set, so there is no desk; make an app from slack-manifest.yaml and put its token here"
        )
        yield Mistake("SLACK_BOT_TOKEN", wanted)
    if not given.keys() & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}:
        wanted = "is not set; put the app's xapp- token here (Socket Mode), or set SLACK_SIGNING_SECRET"
        yield Mistake("SLACK_APP_TOKEN", wanted)
