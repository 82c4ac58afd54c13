"""What will do as an answer: each check returns a courteous sentence when it will not, or None."""

from collections.abc import Callable

from bot.core import text
from bot.core.told import Part, Told
from bot.core.words import Answer
from locales import _, ngettext

LONGEST_TITLE = 120
LONGEST_LINE = 300
LONGEST_DESCRIPTION = 8000
_NAMES = frozenset(
    text.plain(
        "my, the, our, email, e-mail, mail, address, phone, number, is, it, this, here, "
        "мой, моя, наш, наша, это, вот, почта, электронная, адрес, имейл, мейл, телефон, номер, "
        "بريدي, بريد, البريد, الإلكتروني, إيميلي, إيميل, الإيميل, عنواني, عنوان, رقمي, رقم, هاتفي, هو, هذا"
    ).split()
)
"""Words that say of an address or a number only what it is."""


def _too_long(answer: Answer, most: int) -> str | None:
    over = len(answer.text) - most
    if over <= 0:
        return None
    return ngettext(
        "This is too long by one character. Please make it shorter.",
        "This is too long by {n} characters. Please make it shorter.",
        over,
    )


def line(answer: Answer) -> str | None:
    if not answer.text:
        return _in_words()
    return _too_long(answer, LONGEST_LINE)


def title(answer: Answer) -> str | None:
    if not any(letter.isalpha() for letter in answer.text):
        return _("A title needs a word or two.")
    return _too_long(answer, LONGEST_TITLE)


def description(answer: Answer) -> str | None:
    if not answer.text and not answer.files:
        return _("Please write a few words, or send a file.")
    return _too_long(answer, LONGEST_DESCRIPTION)


def _wordless(answer: Answer) -> bool:
    """A file, a place, a sticker: nothing that could be read as what was asked for."""
    return not (answer.text or answer.phone)


def _in_words() -> str:
    return _("Please answer this in words.")


def email(answer: Answer) -> str | None:
    if _wordless(answer):
        return _in_words()
    if text.email_in(answer.text):
        return None
    return _(
        "This does not look like an e-mail address. It should look like {example}.", example="name@mail.com"
    )


def phone(answer: Answer) -> str | None:
    if _wordless(answer):
        return _in_words()
    if text.phone(answer.phone or answer.text):
        return None
    return _("This does not look like a phone number. Please give all its digits, with the country code.")


def attempted(answer: Answer) -> bool:
    """Whether this was meant as a number or an address, with a slip in it, and says nothing else."""
    return not _says_more(answer.text)


def beside(answer: Answer) -> Told:
    """Words with the address that was asked for may say more; an edit of them is one of the address."""
    more = "@" in answer.text and _says_more(answer.text)
    return Told(parts=(Part(text=answer.text),)) if more else Told()


def _says_more(said: str) -> bool:
    others = " ".join(word for word in said.split() if not _is_part(word))
    return not _NAMES.issuperset(text.plain(others).split())


def _is_part(word: str) -> bool:
    """Whether it may be an address or digits of a number, mistyped perhaps, rather than a word."""
    inside = word.strip(".,;:!?…،؛؟_-")
    return any(mark in "@._" or mark.isdecimal() for mark in inside)


def contact(kinds: tuple[str, ...]) -> Callable[[Answer], str | None]:
    """A way to reach the person: any of the kinds that the policy takes."""

    def check(answer: Answer) -> str | None:
        if answer.phone and not answer.own:
            return _("This is somebody else's contact. Please share your own, or type it.")
        if _wordless(answer):
            return _in_words()
        checks = [{"phone": phone, "email": email}[kind] for kind in kinds]
        refusals = [check(answer) for check in checks]
        if None in refusals:
            return None
        return (
            refusals[0]
            if len(refusals) == 1
            else _("This looks neither like a phone number nor an e-mail address.")
        )

    return check


def contact_value(answer: Answer) -> str:
    said = answer.phone or answer.text
    return text.email_in(said) or text.phone(said) or said


def proper(kind: str, said: str) -> str:
    """An answer in the form in which it is kept."""
    readers: dict[str, Callable[[str], str | None]] = {"email": text.email_in, "phone": text.phone}
    reader = readers.get(kind)
    return (reader(said) if reader else None) or said
