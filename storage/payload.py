"""Values as bytes to be sealed, and back."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter
from pydantic_core import PydanticSerializationError, to_jsonable_python

T = TypeVar("T")


def pack(value: BaseModel) -> bytes:
    """The value as JSON. Lone surrogates, which are no characters, become U+FFFD: all else is kept."""
    try:
        return value.model_dump_json().encode()
    except PydanticSerializationError:
        return json.dumps(to_jsonable_python(_whole(value.model_dump()))).encode()


def unpack(kind: TypeAdapter[T], packed: bytes) -> T:
    """The value. Raises ValidationError, which may hold words: it is not for logs."""
    return kind.validate_json(packed)


def _whole(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {_whole(key): _whole(part) for key, part in value.items()}
        case list() | tuple():
            return [_whole(part) for part in value]
        case _:
            return value
