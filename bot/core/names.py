"""Words that people type for the answers that many questions offer, in the three languages."""

from bot.core.text import plain

_WORDS = {
    "yes": "yes, yeah, yep, yup, sure, of course, نعم, ايوه, أيوا, اي نعم, أجل, بلى, اكيد, да, ага, конечно",
    "no": "no, nope, nah, not, لا, كلا, لأ, нет, не, неа",
    "skip": "skip, no, none, later, تخطي, تخط, تجاوز, لا, لا يوجد, пропустить, пропуск, нет, дальше, позже",
    "back": "back, go back, previous, رجوع, عودة, السابق, ارجع, назад, вернуться",
    "send": "send, send it, submit, ok, okay, إرسال, ارسل, أرسل, تأكيد, отправить, отправь, готово",
    "change": "change, edit, change an answer, تعديل, تغيير, عدل, изменить, поменять, исправить",
    "agree": (
        "agree, i agree, yes, ok, okay, أوافق, موافق, موافقة, نعم, согласен, согласна, согласны, да, "
        "даю согласие"
    ),
    "not_now": ("not now, no, later, i do not agree, ليس الآن, لا أوافق, لا, لاحقا, не сейчас, нет, позже"),
    "enough": (
        "that is all, thats all, that's all, enough, nothing else, nothing more, ok, okay, "
        "هذا كل شيء, هذا كل ما لدي, يكفي, لا شيء آخر, لا يوجد غير ذلك, تمام, حسنا, "
        "это всё, всё, хватит, больше ничего, ничего больше, ок, окей, хорошо"
    ),
    "on": "continue, go on, متابعة, استمرار, أكمل, продолжить, продолжай",
    "new": "new, new request, begin a new one, جديد, طلب جديد, новое, новая, начать новое, новое обращение",
    "drop": "throw it away, delete, discard, حذف, احذف, удалить, выбросить",
    "solved": "solved, it is solved, fixed, تم الحل, انحلت, حلت المشكلة, решено, решена, проблема решена",
    "unsolved": (
        "not solved, unsolved, it is not solved, not fixed, "
        "لم تحل, لم يتم الحل, لم تنحل, ما انحلت, غير محلولة, لم تحل المشكلة, "
        "не решено, не решена, проблема не решена, нерешено"
    ),
    "older": "older, next, more, التالي, الأقدم, المزيد, далее, ещё, следующая, раньше",
    "newer": "newer, previous, الأحدث, السابق, новее, предыдущая",
    "menu": "menu, القائمة, قائمة, меню",
}

_NAMES = {key: frozenset(map(plain, words.split(","))) for key, words in _WORDS.items()}


def names_of(key: str) -> frozenset[str]:
    """Other names of an answer by its key, in plain form; what follows a dot says what it is about."""
    return _NAMES.get(key.partition(".")[0], frozenset())
