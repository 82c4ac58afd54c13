"""What a person told us, message by message, so that a later edit or reply finds the very words it means."""

from collections.abc import Iterable, Sequence
from typing import Self

from bot.core.heard import Attachment, Said, Value
from bot.core.text import clean, visible


class Part(Value):
    """One message: `message` is the platform's id, parts of one album share `group`."""

    message: str = ""
    group: str = ""
    text: str = ""
    files: tuple[Attachment, ...] = ()

    def edited(self, text: str, files: tuple[Attachment, ...]) -> "Part":
        """The same with other words, and with the file that was put in the place of its own."""
        return self.model_copy(update={"text": text, "files": newer(files, self.files) or self.files})


def newer(files: Iterable[Attachment], known: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What an edit brought: not what stands there, and no place that moves on, which has no bytes."""
    return tuple(file for file in files if file.file_id and (not known or file.is_other(known[-1])))


class Told(Value):
    """Words and files that belong together; false while there are none."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def by(cls, said: Said) -> Self:
        """What a message says, safe to keep; nothing when it holds neither visible words nor files."""
        text = clean(said.text) if visible(said.text).strip() else ""
        part = Part(message=said.message, group=said.group, text=text, files=said.files)
        return cls(parts=(part,) if part.text or part.files else ())

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts if part.text)

    @property
    def files(self) -> tuple[Attachment, ...]:
        return tuple(file for part in self.parts for file in part.files)

    @property
    def arrives(self) -> bool:
        """Whether there is more than files that the channel cannot bring."""
        return bool(self.text) or not all(file.too_large for file in self.files)

    @property
    def groups(self) -> frozenset[str]:
        """The albums that began here, and may go on."""
        return frozenset(part.group for part in self.parts if part.group)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __add__(self, more: "Told") -> "Told":
        return Told(parts=(*self.parts, *more.parts))

    def reworded(self, text: str) -> "Told":
        """The first message with other words: nothing, when neither words nor files are left."""
        first = self.parts[0].model_copy(update={"text": text})
        return Told(parts=(first,) if text or first.files else ())

    def only_files(self) -> "Told":
        """The same without words."""
        bare = (part.model_copy(update={"text": ""}) for part in self.parts if part.files)
        return Told(parts=tuple(bare))

    def holds(self, message: str) -> bool:
        """Whether this message is among these."""
        return any(part.message == message for part in self.parts)

    def edited(self, message: str, text: str, files: tuple[Attachment, ...] = ()) -> "Told":
        """The same after one of its messages was edited."""
        return Told(
            parts=tuple(part.edited(text, files) if part.message == message else part for part in self.parts)
        )


NOTHING = Told()
