"""Requests as we write them ourselves: JSON, or a form where files go with it."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.channels.streaming import Stream

Body = tuple[bytes | aiohttp.MultipartWriter, dict[str, str]]
"""With its headers; what is to be written for a form, the form itself knows."""

_JSON = {"Content-Type": "application/json"}
_in_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Form:
    """One request; to the library it is data like any other. Files are read while they are sent.

    Where files go with it, all fields are texts.
    """

    def __init__(
        self, fields: Mapping[str, Any], files: Mapping[str, tuple[str, Stream]] | None = None
    ) -> None:
        self._fields, self._files = fields, files or {}

    def written(self) -> Body:
        if not self._files:
            return written(self._fields)
        writer = aiohttp.MultipartWriter("form-data")
        for name, value in self._fields.items():
            writer.append(value).set_content_disposition("form-data", name=name)
        for name, (filename, stream) in self._files.items():
            part = writer.append_payload(stream)
            # As it is, in any script: Telegram does not undo the escapes of other letters.
            part.set_content_disposition("form-data", quote_fields=False, name=name, filename=filename)
        return writer, {}


def written(fields: Mapping[str, Any]) -> Body:
    """Telegram takes each field of JSON as a form's, be it a text or what that text would say.

    Half a pair of UTF-16, which nobody could read, arrives as a question mark: to try again mends nothing.
    """
    return _in_json(fields).encode(errors="replace"), _JSON
