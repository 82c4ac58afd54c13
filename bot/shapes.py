"""The shapes of single settings; what is wrong is said without ever showing a secret."""

import base64
import binascii
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

KEY_BYTES = 32


def secret(pattern: str, what: str) -> AfterValidator:
    """A secret of a shape. Its mistakes say what is expected and never what stood there."""

    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError(f"expected {what}")
        return value

    return AfterValidator(check)


def address(value: str) -> str:
    """An http(s) address without its last slash. Plain http is for this machine only."""
    if value and not re.fullmatch(
        r"https://[^\s/]+(/\S*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?", value
    ):
        raise ValueError(f'expected an address such as "https://desk.example.org", not {value!r}')
    return value.rstrip("/")


def key_ring(value: SecretStr) -> SecretStr:
    names = [key_id(part.strip()) for part in value.get_secret_value().split(",")]
    if len(names) != len(set(names)):
        raise ValueError("expected each key's id once")
    return value


def key_id(part: str) -> str:
    """The id in `id:base64 of 32 bytes`; the mistake never shows the part itself."""
    name, _, encoded = part.partition(":")
    try:
        size = len(base64.b64decode(encoded, validate=True))
    except binascii.Error:
        size = 0
    if size != KEY_BYTES or not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", name):
        raise ValueError("expected id:base64 of 32 bytes, comma separated; `sanad keys new` prints one")
    return name


A_DATABASE = (
    'an address such as "sqlite+aiosqlite:///var/sanad.db" or "postgresql+asyncpg://user:password@host/name"'
)
Database = Annotated[SecretStr, secret(r"sqlite\+aiosqlite:///.+|postgresql\+asyncpg://.+", A_DATABASE)]
Address = Annotated[str, AfterValidator(address)]
Port = Annotated[int, Field(ge=0, le=65535)]
Level = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(str.lower)]
BotToken = Annotated[
    SecretStr, secret(r"\d+:[\w-]+", "a token such as 110201543:AAHdqTcv, as @BotFather gives it")
]
WebhookSecret = Annotated[
    SecretStr, secret(r"[A-Za-z0-9_-]{1,256}", "1 to 256 characters of A-Z a-z 0-9 _ -")
]
SlackBotToken = Annotated[SecretStr, secret(r"xoxb-\S+", "a token that begins with xoxb-")]
SlackAppToken = Annotated[SecretStr, secret(r"xapp-\S+", "a token that begins with xapp-")]
Keys = Annotated[SecretStr, AfterValidator(key_ring)]
SigningSecret = Annotated[SecretStr, secret(r"\S+", "the signing secret from the app's page")]
