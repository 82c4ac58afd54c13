"""Words that only thank or say goodbye, so that courtesy never reopens what is solved."""

import unicodedata

from bot.core import phrases
from bot.core.text import plain, visible

# Phrases are compared in their plain form, with stretched letters drawn together.
_THANKS = """
شكر, شكرا, شكرا لك, شكرا لكم, شكرا جزيلا, الشكر, شكري, اشكرك, اشكركم, نشكرك, نشكركم, الف شكر, مشكور,
مشكوره, مشكورين, متشكر, متشكره, متشكرين, ممنون, ممنونه, ممنونك, ممنونكم, امتناني, يعطيك العافيه,
يعطيكم العافيه, الله يعطيك العافيه, الله يعطيكم العافيه, الله يعافيك, الله يعافيكم, يعافيك, تسلم,
تسلمي, تسلمون, تسلموا, تسلم ايدك, تسلم يدك, تسلم ايديك, تسلم ايديكم, سلمت يداك, سلمت يدك, الله
يسلمك, الله يسلمكم, جزاك الله خيرا, جزاك الله خير, جزاكم الله خيرا, جزاكم الله خير, جزاك الله كل
خير, جزاكم الله كل خير, جزيت خيرا, جزيتم خيرا, بارك الله فيك, بارك الله فيكم, الله يبارك فيك, الله
يبارك فيكم, الله يجزاك خير, الله يجزاكم خير, الله يجزيك الخير, الله يسعدك, الله يسعدكم, الله يحفظك,
الله يحفظكم, الله يوفقك, الله يوفقكم, الله يخليك, الله يخليكم, الله يكرمك, الله يكرمكم, كثر الله
خيرك, كثر خيرك, كتر خيرك, كتر خيركم, ما قصرت, ما قصرتم, ما قصرتوا, ماقصرت, ماقصرتوا, عفاك, يسلمو,
يسلموا, يسلمو ايديك, عاشت ايدك, عاشت ايديكم, رحم الله والديك, رحم الله والديكم, مع السلامه, في امان
الله, وداعا, الى اللقاء,
спасибо, спасибочки, спасиб, спс, пасиб, пасибо, сенкс, сенк ю, благодарю, благодарим, благодарен,
благодарна, благодарны, благодарочка, благодарность, признателен, признательна, признательны, спаси
бог, мерси, рахмет, рақмет, до свидания, досвидания, до встречи, всего доброго, всего хорошего,
всего наилучшего, хорошего дня, хорошего вечера, хороших выходных,
thanks, thank you, thank u, thankyou, thank, thx, thnx, thanx, tnx, tks, ty, tysm, tyvm, cheers,
much appreciated, appreciated, appreciate it, appreciate your help, i appreciate it, i appreciate
your help, i really appreciate it, grateful, god bless, god bless you, bye, bye bye, goodbye, good
bye, see you, take care, have a nice day, have a good day, have a great day, merci
"""

_BESIDE = """
جزيلا, كثيرا, كتير, كثير, جدا, لك, لكم, اخي, اختي, استاذ, استاذه, حبيبي, جميعا, على المساعده, على
مساعدتك, على مساعدتكم, للمساعده, لمساعدتك, لمساعدتكم, على سرعه الرد, على الرد, على الرد السريع, على
الاهتمام, على اهتمامكم, على تعاونكم, على وقتك, على جهودكم, من القلب, من كل قلبي, تمام, ممتاز, حسنا,
اوكي, اوك, طيب, يا, كابتن, غالي, الغالي, والله, الله, يا رب,
большое, большущее, огромное, огромнейшее, очень, вам, вас, тебе, всем, вы супер, за помощь, за вашу
помощь, за ответ, за быстрый ответ, за оперативный ответ, за оперативность, за поддержку, за
понимание, за работу, за отклик, от души, сердечно, искренне, заранее, хорошо, ок, окей, отлично,
супер, ясно, понятно, понял, поняла, и, все, очень помогли, вы очень помогли, дорогие, ребята,
коллеги, друзья,
you, so much, so, very much, very, much, a lot, lots, a ton, a million, many, again, and, for, for
your help, for the help, for helping, for helping me, for all your help, for your support, for the
support, for your time, for the reply, for your reply, for the quick reply, for the answer, for the
quick response, for your assistance, in advance, all, guys, team, everyone, everybody, dear, sir,
madam, friend, ok, okay, great, perfect, awesome, excellent, cool, nice, good, got it
"""

_SOLVED = """
تم الحل, انحلت المشكله, حلت المشكله, تم حل المشكله, اشتغل الان, اشتغلت الان,
все работает, все заработало, все получилось, теперь работает, теперь все работает, проблема решена,
вопрос решен, помогло,
it works, works now, it works now, it is working now, all good, problem solved, that helped, that worked
"""

_KIND_SIGNS = frozenset(
    "👍👌🙏🤝👏🙌💐🌹🌷🌸🌺🌼🌻❤♥🧡💛💚💙💜🤍🖤🤎💖💕💗💓💞💝💘🫶😊🙂☺😀😃😄😁😇🥰😍😘🤗🤩😎😉✅✔☑💯🎉🎊⭐🌟✨🔥👋🤲🫡💪🏆"
)
_THANKING_SIGNS = frozenset("👍👌🙏🤝👏🙌💐🌹🌷❤♥🫶🤲")

THANKING = phrases.listed(_THANKS)
WORKS = phrases.listed(_SOLVED)
"""What people say of a solution that helped, with their thanks or with a yes."""

_KNOWN = THANKING | phrases.listed(_BESIDE) | WORKS


def is_thanks(text: str) -> bool:
    """Nothing but thanks, courtesy or goodbye, in any of the three languages, and not a word more."""
    if not plain(text):
        return _is_kind(text) and bool(_signs(text) & _THANKING_SIGNS)
    return _is_kind(text) and not THANKING.isdisjoint(phrases.read(text, _KNOWN))


def says_it_works(text: str) -> bool:
    """That it works by now, with thanks or without, and not a word more."""
    return _is_kind(text) and not WORKS.isdisjoint(phrases.read(text, _KNOWN))


def _is_kind(text: str) -> bool:
    """Whether it asks nothing, and bears no other signs than kind ones."""
    return not phrases.is_question(text) and _signs(text) <= _KIND_SIGNS


def _signs(text: str) -> frozenset[str]:
    """Emoji and the like, without skin tones and joiners."""
    return frozenset(sign for sign in visible(text) if unicodedata.category(sign) == "So")
