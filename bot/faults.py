"""Where an error came from, without its message: that may hold what people wrote."""

import traceback
from typing import Any

import structlog


def name(error: BaseException) -> str:
    """The error's class, with its module where it is not Python's own."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def trace(error: BaseException) -> list[str]:
    """File, line and function of each step, outermost first, then the class; causes before effects."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    steps = [
        f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
    ]
    return [*(trace(cause) if cause else ()), *steps, name(error)]


def report(event: str, error: BaseException, **about: Any) -> None:
    """Log an error that ends here."""
    structlog.get_logger("bot").error(event, **about, trace=trace(error))
