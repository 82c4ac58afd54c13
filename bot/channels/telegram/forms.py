"""Requests with files in them."""

from collections.abc import Mapping

import aiohttp

from bot.channels.streaming import Stream


class Form:
    """A request with files, which are read while they are sent; to the library it is data like any other."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, tuple[str, Stream]]) -> None:
        self._fields, self._files = fields, files

    def written(self) -> aiohttp.MultipartWriter:
        writer = aiohttp.MultipartWriter("form-data")
        for name, value in self._fields.items():
            writer.append(value).set_content_disposition("form-data", name=name)
        for name, (filename, stream) in self._files.items():
            part = writer.append_payload(stream)
            # As it is, in any script: Telegram does not undo the escapes of other letters.
            part.set_content_disposition("form-data", quote_fields=False, name=name, filename=filename)
        return writer
