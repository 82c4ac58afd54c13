"""Files that agents posted, fetched from Slack: the very bytes, and never the page that asks to sign in."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import structlog

from bot.channels import NotNowError, UnfetchableError
from bot.channels.slack.outcomes import RIGHTS_PAUSE, passes
from bot.channels.slack.wire import RefusedError, Wire
from bot.core.enclosures import LARGEST

log = structlog.get_logger()

Json = dict[str, Any]

GONE = frozenset({"tombstone", "hidden_by_limit"})
NOT_READY = 2.0
HTML = "text/html"


async def fetch(wire: Wire, file_id: str) -> AsyncIterator[bytes]:
    """The bytes of a file. Raises UnfetchableError, NotNowError."""
    about = await _about(wire, file_id)
    size, told = 0, int(about["size"])
    async for status, kind, piece in wire.pieces(about["url_private_download"]):
        if status != HTTPStatus.OK:
            raise NotNowError(f"http_{status}")
        if kind == HTML and not str(about.get("mimetype", "")).startswith(HTML):
            log.error("slack.files_not_given", hint="the app needs the right files:read; install it again")
            raise NotNowError("sign_in", RIGHTS_PAUSE)
        size += len(piece)
        if size > told:
            raise NotNowError("not_what_was_told")
        yield piece
    if size != told:
        raise NotNowError("not_what_was_told")


async def _about(wire: Wire, file_id: str) -> Json:
    """Slack's own description, as soon as it is complete."""
    try:
        told = await wire.ask(wire.client.files_info, file=file_id)
    except RefusedError as error:
        if passes(error.why):
            raise NotNowError(error.why, RIGHTS_PAUSE if error.why == "missing_scope" else 0.0) from None
        raise UnfetchableError("gone") from None
    about: Json = told["file"]
    if about.get("mode") in GONE:
        raise UnfetchableError("gone")
    if about.get("is_external"):
        raise UnfetchableError("elsewhere")
    if int(about.get("size") or 0) > LARGEST:
        raise UnfetchableError("too_large")
    if not about.get("url_private_download") or about.get("size") is None:
        raise NotNowError("not_ready", NOT_READY)
    if not about["size"]:
        raise UnfetchableError("empty")
    return about
