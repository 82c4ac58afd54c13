"""Files that go to a customer: each as what it is, alone or as an album, with a caption where that fits."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest

from bot.channels import Parcel
from bot.channels.streaming import Stream
from bot.channels.telegram.forms import Form
from bot.channels.telegram.texts import carried
from bot.channels.telegram.wire import Wire
from bot.core.enclosures import Enclosure
from bot.core.words import Say

LONGEST_CAPTION = 1024  # UTF-16 units
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_TOGETHER, LARGEST_TOGETHER = 10, 50 * 1024 * 1024
PHOTOS = ("image/jpeg", "image/png", "image/webp")
VOICES = ("audio/ogg", "audio/opus")
ALIKE = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}
_NO_PICTURE = ("image_process_failed", "photo_invalid_dimensions", "too big", "photo_")


@dataclass(frozen=True, slots=True)
class Package:
    """Files that go out in one request; `caption` stands under the first."""

    files: tuple[Enclosure, ...]
    caption: str = ""


def captioned(say: Say) -> bool:
    """Whether the words go as the caption of the only file."""
    units = len(carried(say.text).encode("utf-16-le", "surrogatepass")) // 2
    return len(say.files) == 1 and not say.options and not say.contact and units <= LONGEST_CAPTION


def packages(say: Say) -> Iterator[Package]:
    """The requests that the files take, in order; those that may are sent together."""
    if captioned(say):
        yield Package(say.files, carried(say.text))
        return
    together: list[Enclosure] = []
    for file in say.files:
        if together and not _fits(together, file):
            yield Package(tuple(together))
            together = []
        together.append(file)
    if together:
        yield Package(tuple(together))


def _fits(together: Sequence[Enclosure], file: Enclosure) -> bool:
    alike = {ALIKE.get(kind_of(one)) for one in (*together, file)}
    size = sum(one.size for one in (*together, file))
    return (
        len(alike) == 1 and None not in alike and len(together) < MOST_TOGETHER and size <= LARGEST_TOGETHER
    )


def kind_of(file: Enclosure) -> str:
    """As what Telegram shows it."""
    mime = file.mime.lower()
    if mime in PHOTOS and file.size <= LARGEST_PHOTO:
        return "photo"
    if mime in VOICES:
        return "voice"
    if mime == "video/mp4":
        return "video"
    return "audio" if mime in {"audio/mpeg", "audio/mp4", "audio/x-m4a"} else "document"


async def send(bot: Bot, wire: Wire, parcel: Parcel, package: Package, quotes: int | None) -> None:
    """One request. Raises TelegramError."""
    fields = {"chat_id": parcel.chat}
    if quotes:
        fields["reply_parameters"] = json.dumps({"message_id": quotes, "allow_sending_without_reply": True})
    if len(package.files) > 1:
        await _together(bot, wire, parcel, package, fields)
    else:
        await _alone(bot, wire, parcel, package, fields)


async def _alone(bot: Bot, wire: Wire, parcel: Parcel, package: Package, fields: dict[str, str]) -> None:
    [file] = package.files
    fields |= {"caption": package.caption} if package.caption else {}
    kind = kind_of(file)
    try:
        await _post(bot, wire, parcel, f"send{kind.title()}", fields, {kind: file})
    except BadRequest as refused:
        if kind != "photo" or not any(words in refused.message.lower() for words in _NO_PICTURE):
            raise
        # What only calls itself a picture, or is too wide for one, still arrives as it is.
        await _post(bot, wire, parcel, "sendDocument", fields, {"document": file})


async def _together(bot: Bot, wire: Wire, parcel: Parcel, package: Package, fields: dict[str, str]) -> None:
    parts = {f"file{number}": file for number, file in enumerate(package.files)}
    media = [{"type": kind_of(file), "media": f"attach://{name}"} for name, file in parts.items()]
    try:
        await _post(bot, wire, parcel, "sendMediaGroup", fields | {"media": json.dumps(media)}, parts)
    except BadRequest as refused:
        if not any(words in refused.message.lower() for words in _NO_PICTURE):
            raise
        plain = [{"type": "document", "media": f"attach://{name}"} for name in parts]
        await _post(bot, wire, parcel, "sendMediaGroup", fields | {"media": json.dumps(plain)}, parts)


async def _post(
    bot: Bot, wire: Wire, parcel: Parcel, method: str, fields: dict[str, str], parts: dict[str, Enclosure]
) -> None:
    streams = {
        name: (file.name, Stream(parcel.read(file.id), file, typed=True)) for name, file in parts.items()
    }
    await wire.post(f"{bot.base_url}/{method}", Form(fields, streams))  # type: ignore[arg-type]  # the wire knows it
