"""The catalogs: read from `.po` and compiled in memory, so that no compiled file is ever stale."""

from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("ar", "ru", "en")


def path(language: str) -> Path:
    """Where the sentences of a language are kept."""
    return Path(__file__).parent / language / "LC_MESSAGES" / "messages.po"


def catalog(language: str) -> Catalog:
    """The catalog as its translators wrote it."""
    with path(language).open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> GNUTranslations:
    """The compiled catalog; a sentence without a translation is spoken in English."""
    compiled = BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=len(LANGUAGES))
def locale(language: str) -> Locale:
    """How moments, days and lists are written in a language."""
    return Locale.parse(language)


def load() -> None:
    """Compile every catalog now, so that nobody waits for it later and a broken one stops the start."""
    for language in LANGUAGES:
        translations(language)
