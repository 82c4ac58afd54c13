"""Logs: JSON, one event a line (or for eyes, on a terminal), in which no secret can show.

Everything goes through here: our own events and what the libraries log. Libraries speak from warnings up,
whatever the level, because in detail some of them would log what people wrote.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = ("bot", "handlers", "storage", "locales")
LIBRARIES = {"slack_bolt": logging.ERROR}  # its warning about an unhandled request holds the whole request

HIDDEN = "[hidden]"
SECRET_NAME = re.compile(
    r"token|secret|password|authorization|cookie|signature|database_url|^keys$", re.IGNORECASE
)
SECRET_SHAPE = re.compile(
    r"""
      (?<=/bot)\d+(?::|%3A)[^/\s"']+          # Telegram's token in an address
    | \b\d{6,}:[A-Za-z0-9_-]{20,}             # the same, by itself
    | \bxox[a-z]-[A-Za-z0-9-]+ | \bxapp-[A-Za-z0-9-]+
    | (?<=Bearer\s)[^\s"',]+
    | (?<=://)[^\s/@:"']+:[^\s/@"']+(?=@)     # a user and a password in an address
    | (?<=hooks\.slack\.com/)[^\s"']+         # whoever has it can post there
    | (?<=[?&]ticket=)[^\s&"']+               # opens a Socket Mode connection
    | \b[A-Za-z0-9+/]{43}=                    # 32 bytes in base64: a key
    """,
    re.VERBOSE | re.IGNORECASE,
)


def set_up(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send all logs to `stream`, else to standard error. `secrets` never show, whatever their shape."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(for_eyes=stream.isatty(), hide=hiding(secrets)))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    for name, least in LIBRARIES.items():
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )


def formatter(*, for_eyes: bool, hide: Callable[[str], str]) -> logging.Formatter:
    def hidden(_logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        return hide(str(line))

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=BEFORE,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # plain tracebacks: never the values of variables
            without_secret_names,
            renderer(for_eyes=for_eyes),
            hidden,
        ],
    )


def renderer(*, for_eyes: bool) -> Processor:
    if for_eyes:
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def without_secret_names(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: HIDDEN if SECRET_NAME.search(name) else value for name, value in event.items()}


def hiding(secrets: Iterable[str]) -> Callable[[str], str]:
    """What hides secrets in a finished line, by their shape and by their very words."""
    known = [re.escape(secret) for secret in sorted(secrets, key=len, reverse=True) if secret]
    words = re.compile("|".join(known)) if known else None

    def hide(line: str) -> str:
        line = SECRET_SHAPE.sub(HIDDEN, line)
        return words.sub(HIDDEN, line) if words else line

    return hide


BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
