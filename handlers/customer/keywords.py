"""Words that people type instead of pressing a button, understood in all languages at any time."""

import re
from collections.abc import Sequence

from bot.core import reference, text
from bot.core.reference import Mistyped
from bot.core.told import Told
from handlers.customer.commands import (
    AskCancelling,
    AskLanguage,
    AskReference,
    Cancel,
    ChooseLanguage,
    Escalate,
    Greet,
    ListTickets,
    NotKnown,
    ShowHelp,
    ShowMenu,
    ShowPolicy,
    ShowTicket,
    StartFiling,
)
from locales import LANGUAGES

SLASHES: dict[str, object] = {
    "/start": ShowMenu(),
    "/menu": ShowMenu(),
    "/new": StartFiling(),
    "/status": AskReference(),
    "/tickets": ListTickets(),
    "/escalate": Escalate(),
    "/language": AskLanguage(),
    "/policy": ShowPolicy(),
    "/help": ShowHelp(),
    "/cancel": Cancel(),
}

_WORDS: dict[object, str] = {
    ShowMenu(): "menu, start, القائمة, قائمة, القائمة الرئيسية, ابدأ, بدء, меню, главное меню, начать, старт",
    Greet(): (
        "hi, hello, hey, hi there, hello there, good morning, good afternoon, good evening, "
        "مرحبا, أهلا, أهلا وسهلا, هلا, صباح الخير, مساء الخير, "
        "привет, приветствую, здравствуйте, здравствуй, добрый день, добрый вечер, доброе утро, доброго дня"
    ),
    Greet(peace=True): (
        "سلام, سلام عليكم, السلام عليكم, السلام عليكم ورحمة الله, السلام عليكم ورحمة الله وبركاته, "
        "السلام عليكم و رحمة الله, السلام عليكم و رحمة الله و بركاته"
    ),
    StartFiling(): (
        "new, new request, new ticket, file a request, file a ticket, open a ticket, create a ticket, "
        "جديد, طلب جديد, تذكرة جديدة, بلاغ جديد, فتح تذكرة, تقديم طلب, رفع طلب, إنشاء طلب, تقديم بلاغ, "
        "новое, новое обращение, новая заявка, новый запрос, новый тикет, создать заявку, "
        "создать обращение, оформить обращение, оформить заявку, подать заявку, оставить заявку"
    ),
    AskReference(): (
        "status, check status, check a request, check ticket, ticket status, request status, "
        "حالة, الحالة, حالة طلب, حالة الطلب, حالة طلبي, حالة التذكرة, متابعة, متابعة طلب, متابعة الطلب, "
        "استعلام, статус, статус заявки, статус обращения, узнать статус, узнать статус обращения, "
        "проверить статус, проверить обращение, проверить заявку"
    ),
    ListTickets(): (
        "tickets, my tickets, my requests, requests, "
        "طلباتي, كل طلباتي, الطلبات, تذاكري, بلاغاتي, "
        "мои заявки, мои обращения, мои запросы, мои тикеты, заявки, обращения, все обращения"
    ),
    Escalate(): (
        "escalate, escalation, escalate my request, escalate my ticket, escalate the request, "
        "تصعيد, التصعيد, تصعيد الطلب, تصعيد طلبي, رفع الطلب للإدارة, رفع الطلب إلى الإدارة, أريد التصعيد, "
        "эскалация, эскалировать, эскалировать обращение, передать выше, передать руководству, "
        "передать обращение руководству, обратиться к руководству"
    ),
    AskCancelling(): (
        "cancel my request, cancel the request, i no longer need it, no longer needed, not needed any more, "
        "إلغاء الطلب, إلغاء طلبي, إلغاء التذكرة, لم أعد بحاجة إليه, لم أعد أحتاجه, ما عاد أحتاجه, "
        "отменить обращение, отменить заявку, отмена обращения, отмена заявки, уже не нужно, "
        "больше не нужно, уже неактуально, не актуально"
    ),
    AskLanguage(): "language, change language, اللغة, تغيير اللغة, لغة, язык, сменить язык, поменять язык",
    ShowPolicy(): (
        "policy, support policy, the policy, terms, working hours, "
        "سياسة, السياسة, سياسة الدعم, سياسة الدعم الفني, ساعات العمل, أوقات العمل, "
        "регламент, политика, правила, правила поддержки, часы работы, время работы"
    ),
    ShowHelp(): "help, commands, مساعدة, المساعدة, الأوامر, помощь, справка, команды",
    Cancel(): "cancel, stop, إلغاء, ألغ, إيقاف, تراجع, отмена, отменить, отмени, стоп",
    ChooseLanguage("ar"): (
        "arabic, العربية, اللغة العربية, بالعربية, باللغة العربية, عربي, بالعربي, арабский, арабский язык, "
        "по-арабски, на арабском, на арабском языке"
    ),
    ChooseLanguage("ru"): (
        "russian, الروسية, اللغة الروسية, بالروسية, باللغة الروسية, روسي, بالروسي, русский, русский язык, "
        "по-русски, на русском, на русском языке"
    ),
    ChooseLanguage("en"): (
        "english, الإنجليزية, اللغة الإنجليزية, بالإنجليزية, باللغة الإنجليزية, إنجليزي, بالإنجليزي, "
        "الإنكليزية, английский, английский язык, по-английски, на английском, на английском языке"
    ),
}

_KNOWN = {text.plain(word): command for command, words in _WORDS.items() for word in words.split(",")}


_SLASH = re.compile(r"/[a-z0-9_]{1,32}")
_STUCK = re.compile(r"^(/(?:status|escalate|cancel))_?(?=\d)", re.IGNORECASE)
"""A command with the number of a request right behind it: `/status4829-1372`, `/status_48291372`."""


def slash(told: Told, languages: Sequence[str]) -> object | None:
    """The command of a message that begins with a slash; what stands behind it is taken along.

    `languages` are those that can be spoken here, as they are numbered where they are asked for.
    """
    said = _STUCK.sub(r"\1 ", told.text)
    name, rest = [*said.split(maxsplit=1), "", ""][:2]
    known = SLASHES.get(name.lower()) or (NotKnown() if is_unknown_slash(said) else None)
    if isinstance(known, StartFiling):
        return StartFiling(told.reworded(rest.strip()))
    if isinstance(known, AskLanguage):
        return _language(rest, languages) or known
    return _about(known, rest) if rest else known


def _about(command: object, said: str) -> object:
    """The command, about the request that is named with it, if one is."""
    named = _named(said) if isinstance(command, AskReference | Escalate | Cancel | AskCancelling) else ""
    match command:
        case AskReference() if len(meant := reference.several(said)) > 1:
            return ListTickets(only=meant)
        case AskReference() if named:
            return ShowTicket(named)
        case Escalate() if named:
            return Escalate(named)
        case Cancel() | AskCancelling() if named:
            return AskCancelling(named)
    return command


def _named(said: str) -> str:
    """The one reference of what was said in whatever words, or its end; as typed where it is mistyped."""
    read = reference.read(said)
    if isinstance(read, Mistyped):
        return said
    meant = reference.several(said)
    return read or (meant[0] if len(meant) == 1 else reference.ending(said))


def _language(said: str, languages: Sequence[str]) -> ChooseLanguage | None:
    """The language that is named behind the command: in words of any language, by its code or its number."""
    named = command(said)
    if isinstance(named, ChooseLanguage):
        return named
    numbered = {str(number): code for number, code in enumerate(languages, start=1)}
    code = numbered.get(str(text.number(said)), text.plain(said))
    return ChooseLanguage(code) if code in LANGUAGES else None


def is_unknown_slash(said: str) -> bool:
    """Whether it is nothing but a command that there is not; `/var/log is full` is no command."""
    return bool(_SLASH.fullmatch(said.lower())) and said.lower() not in SLASHES


def command(said: str) -> object | None:
    """The command that a message is when it consists of nothing but its words, and of a request's number."""
    if known := _KNOWN.get(text.plain(said)):
        return known
    named, beside = reference.beside(said) if any(map(str.isdecimal, said)) else ("", said)
    known = _KNOWN.get(text.plain(beside)) if named else None
    return _about(known, named) if isinstance(known, Cancel | AskCancelling | Escalate) else None
