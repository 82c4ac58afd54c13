"""Yes and no, as people type them: one list for all questions that ask for one or the other.

Courtesy may stand beside it ("no, thank you"), but never in its place, and no question mark behind it.
"""

from collections.abc import Callable

from bot.core import phrases
from bot.core.names import names_of
from bot.core.thanks import THANKING, WORKS, is_thanks

_YES = phrases.listed("""
yes i do, yes it is, yes i agree, indeed, absolutely, certainly, definitely,
ايوا, أي نعم, اي والله, اي, اه, آه, طبعا, بالتأكيد, نعم بالتأكيد,
да конечно, конечно да, так точно, безусловно, разумеется, угу
""") | phrases.listed(",".join(names_of("yes")))

_NO = phrases.listed("""
no it is not, no it isnt, no it isn't, not at all,
لا والله, لأه,
да нет, вовсе нет
""") | phrases.listed(",".join(names_of("no")))

_AGREES = _YES | phrases.listed("""
i agree, agreed, i do, i do agree, i consent, you may, you can, i am fine with that, i allow it,
موافق, موافقة, أوافق, أنا موافق, أنا موافقة, أوافق على ذلك, يمكنكم, أسمح, أسمح بذلك,
согласен, согласна, я согласен, я согласна, согласны, даю согласие, я даю согласие, разрешаю, можно
""")
"""What may be a yes where consent is asked for; a mere "ok" is none."""

_DISAGREES = _NO | phrases.listed("""
i do not agree, i dont agree, i don't agree, i disagree, i do not, i dont, i don't, i refuse, you may not,
i do not consent, i dont consent, i don't consent, please do not, please dont, please don't,
غير موافق, غير موافقة, لست موافقا, لست موافقة, أنا غير موافق, أنا غير موافقة, لا أوافق,
لا أوافق على ذلك, أرفض, لا أسمح, لا أسمح بذلك,
не согласен, не согласна, я не согласен, я не согласна, я против, против, не разрешаю, нельзя,
не даю согласия, не надо
""")

_SKIP = phrases.listed(",".join(names_of("skip")))

_WILLING = _YES | phrases.listed("""
ok, okay, okey, fine, alright, all right, go ahead, go on, please, please do, do it, do so, do that, lets
do it, lets, lets go, make it, make one, make a request, file, file it, send it, i would like that,
let's, let's go, let's do it,
تمام, اوكي, اوك, حسنا, طيب, ماشي, موافق, موافقة, تفضل, تفضلوا, يلا, هيا, سجل, سجلوا, سجله, سجلها, قدم,
قدموا, قدمه, تقديم, تسجيل, ارسل, ارسلوا, إرسال, من فضلك, لو سمحت, أريد,
ок, окей, оки, хорошо, ладно, давайте, давай, оформить, оформите, оформляйте, оформляй, оформи,
отправить, отправьте, отправляйте, подать, создать, создайте, создавайте, согласен, согласна, можно,
пожалуйста, хочу, сделайте, надо, нужно
""")

_UNWILLING = _NO | phrases.listed("""
no need, not needed, not necessary, dont, don't, do not, please dont, please don't, rather not, not now,
i do not want, i dont want, i do not want to, i dont want to, never mind, nevermind, forget it,
لا داعي, لا حاجة, لا يلزم, لا أريد, ما أريد, ما ابغى, مو لازم, مش لازم, ليس الآن,
не надо, не нужно, не стоит, не хочу, не требуется, не сейчас, ненадо
""")

_SOLVED = (
    _YES
    | phrases.listed("""
it is, it is solved now, resolved, it is resolved, it is fixed, it has been fixed, it has been solved,
تم حلها, تم إصلاحها,
проблема решилась, решилась, решилось, решили, удалось, всё решено, исправлено
""")
    | phrases.listed(",".join(names_of("solved")))
)

_UNSOLVED = (
    _NO
    | phrases.listed("""
not yet, still not, it is not, it isnt, it isn't, it does not, it doesnt, it doesn't, it did not, it
didnt, it didn't, not really,
ليس بعد, لم تحل بعد, لم يتم بعد,
ещё нет, пока нет, не удалось, не решилась, ещё не решена, ещё не решено
""")
    | phrases.listed(",".join(names_of("unsolved")))
)

_POLITE = THANKING | phrases.listed("""
please, pls, plz, you, so much, very much, a lot, for your help, for the help, for your support,
من فضلك, من فضلكم, لو سمحت, لو سمحتم, رجاء, لك, لكم, جزيلا, كثيرا, جدا, على المساعدة, على مساعدتكم, الحمد
لله,
пожалуйста, пжл, плиз, будьте добры, вам, большое, огромное, за помощь, за вашу помощь
""")

_GLAD = (
    _POLITE
    | WORKS
    | phrases.listed("""
it does, it did, it is working, working now, everything works, everything is fine, all works, great, perfect,
awesome, excellent, cool, nice, good, super, now, and, ok, okay,
اشتغل, اشتغلت, يعمل, تعمل, يعمل الآن, تعمل الآن, كل شيء يعمل, ممتاز, تمام, رائع, الآن, خلاص,
работает, заработало, всё хорошо, всё в порядке, отлично, супер, хорошо, прекрасно, и, всё, теперь, уже, ура
""")
)
"""What stands beside a yes to a solution; alone it is kept as words, for thanks close nothing."""


def is_yes(said: str) -> bool:
    return _reads(said, _YES, _POLITE)


def is_no(said: str) -> bool:
    return _reads(said, _NO, _POLITE)


def means(said: str, key: str) -> bool:
    """Whether it is the answer of this key, whatever follows a dot in it, as in `yes.48291372`."""
    match key.partition(".")[0]:
        case "yes":
            return is_yes(said)
        case "no":
            return is_no(said)
        case "skip":
            return _reads(said, _SKIP, _POLITE)
        case _another:
            return False


def is_solved(said: str) -> bool:
    """To the question whether it is solved."""
    return not is_thanks(said) and _reads(said, _SOLVED, _GLAD)


def is_unsolved(said: str) -> bool:
    """To the same: "no, thank you" may mean that nothing more is needed."""
    return _reads(said, _UNSOLVED, frozenset())


def plainly(yes: str, no: str) -> Callable[[str], str | None]:
    """The keys of a question by a plain yes or no."""
    return lambda said: yes if is_yes(said) else no if is_no(said) else None


def explicitly(yes: str, no: str) -> Callable[[str], str | None]:
    """The same where consent is asked for."""

    def called(said: str) -> str | None:
        if _reads(said, _DISAGREES, _POLITE):
            return no
        return yes if _reads(said, _AGREES, _POLITE) else None

    return called


def readily(yes: str, no: str) -> Callable[[str], str | None]:
    """The same where we offer to do something that can do no harm: "ok" and "go ahead" are a yes there."""

    def called(said: str) -> str | None:
        if _reads(said, _WILLING, _POLITE) and not is_thanks(said):
            return yes
        return no if _reads(said, _UNWILLING, _POLITE) else None

    return called


def _reads(said: str, meant: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether it is nothing but phrases that mean it, at least one, and what may stand beside them."""
    return not phrases.is_question(said) and not meant.isdisjoint(phrases.read(said, meant | beside))
