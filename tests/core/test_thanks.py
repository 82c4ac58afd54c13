"""Thanks are told from a complaint that begins with thanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.thanks import is_thanks

ONLY_THANKS = """
شكرا
شكراً جزيلاً لكم 🙏
شكرااااااا
ألف شكر
مشكورين
يعطيكم العافية
الله يعطيك العافية يا غالي
تسلم إيدك
جزاك الله خيراً
وجزاكم الله كل خير
الله يعافيك
بارك الله فيكم
ما قصرتوا
ممنون لك جدًا
شكرا على سرعة الرد، مع السلامة
تمام، شكراً
Спасибо
Спасибо большое!!!
спс
Благодарю вас за быстрый ответ
Отлично, спасибо 👍
СПАСИБООО
Спасибо, всё работает
До свидания
Рахмет
Thanks
thank you so much for your help!
Thx 👍🏽
Great, thanks a lot
Many thanks, bye
It works now, thank you
👍
🙏🙏
❤️
👍🏿
"""

MORE_THAN_THANKS = """
شكرا لكن المشكلة مستمرة
شكرا بس ما اشتغل
لا شكرا
شكرا، ومتى يصلني الرد؟
تمام
спасибо, но не работает
Спасибо, а как сменить пароль
спасибо?
Спасибо, всё равно не работает
хорошо
thanks but it still does not work
thank you. also I need another certificate
thanks for nothing
no thanks
not thankful
ok
thanks 👎
thanks 😡
😡
👎
🔥
1
?
"""


@pytest.mark.parametrize("words", ONLY_THANKS.strip().splitlines())
def test_only_thanks(words: str) -> None:
    assert is_thanks(words)


@pytest.mark.parametrize("words", [*MORE_THAN_THANKS.strip().splitlines(), "", "  "])
def test_more_than_thanks_or_none(words: str) -> None:
    assert not is_thanks(words)


@given(
    st.sampled_from(ONLY_THANKS.strip().splitlines()),
    st.sampled_from(["not", "не", "ليس", "but", "но", "لكن"]),
)
def test_a_word_that_turns_the_meaning_is_never_overheard(thanks: str, but: str) -> None:
    assert not is_thanks(f"{thanks} {but}")
    assert not is_thanks(f"{but} {thanks}")


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_text_whatever_breaks_it(words: str) -> None:
    assert is_thanks(words) in (True, False)
