"""A request's parameters: by query, form, multipart or JSON, as the Bot API takes them all."""

import json
from typing import Any

from aiohttp import web

from bot.playground.telegram.refusals import bad_request


class Params:
    """Typed access; what is of the wrong type is refused as the Bot API does."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    @classmethod
    async def of(cls, request: web.Request) -> "Params":
        values: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            values |= _object(await request.text())
        elif request.can_read_body:
            values |= dict(await request.post())
        return cls(values)

    def close(self) -> None:
        """Let go of uploads: whoever hung up leaves them half read."""
        for part in self._values.values():
            if isinstance(part, web.FileField):
                part.file.close()

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        text = str(self._values.get(name, ""))
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def upload(self, name: str) -> tuple[str, str, bytes] | None:
        """An uploaded file, by the name of its part: its own name, its type, its bytes."""
        part = self._values.get(name)
        if not isinstance(part, web.FileField):
            return None
        return part.filename, part.content_type, part.file.read()

    def integer(self, name: str, default: int = 0) -> int:
        if name not in self:
            return default
        try:
            return int(self._values[name])
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be an integer") from None

    def flag(self, name: str) -> bool:
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """A list or object, given as itself or as its JSON; None when absent."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as request body")
    return value
