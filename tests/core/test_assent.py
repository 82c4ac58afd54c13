"""Yes and no as people type them: with courtesy, never by it, and never more than they say."""

import pytest

from bot.core import assent

YES = (
    "yes",
    "Yes!",
    "yes, thanks",
    "Yes please",
    "да",
    "Дааа",
    "да, спасибо",
    "نعم",
    "نعم شكرًا",
    "أيوه",
    "اي",
)
NO = ("no", "No, thank you", "нет", "нет, спасибо", "لا", "لا شكرا")
WILLING = (
    "ok",
    "okay, please",
    "go ahead",
    "ок",
    "давайте",
    "да, оформляйте",
    "تمام",
    "تقديم",
    "نعم من فضلك",
)
UNWILLING = ("don't", "no need, thanks", "не надо", "нет, не нужно", "لا داعي")
SOLVED = ("yes solved", "Yes, it works now", "да, всё работает", "نعم، تم الحل")
UNSOLVED = ("No, not solved", "not yet", "нет, не решена", "ещё нет", "لا، لم تحل", "ليس بعد")
NEITHER = (
    *(
        "thanks",
        "спасибо",
        "شكرا",
        "ok thanks",
        "It works",
        "yes?",
        "solved?",
        "yes no",
        "yes, but it is slow",
    ),
    *("not great, thanks", "не работает", "لا يعمل", "", "👍"),
)


def offered(said: str) -> str | None:
    return assent.readily("file", "no")(said)


@pytest.mark.parametrize("said", YES)
def test_a_plain_yes_is_one_everywhere(said: str) -> None:
    assert assent.plainly("share", "share-not")(said) == "share"
    assert assent.is_solved(said)
    assert offered(said) == "file"
    assert not assent.is_unsolved(said)


@pytest.mark.parametrize("said", NO)
def test_a_plain_no_is_one_everywhere_but_with_thanks_it_reopens_nothing(said: str) -> None:
    assert assent.plainly("share", "share-not")(said) == "share-not"
    assert not assent.is_solved(said)
    assert offered(said) == "no"
    assert assent.is_unsolved(said) == (said in {"no", "нет", "لا"})
    assert assent.means(said, "skip")
    assert assent.means(said, "no.48291372.1.done")


@pytest.mark.parametrize("said", WILLING)
def test_willingness_is_a_yes_to_an_offer_alone(said: str) -> None:
    plain = said in {"да, оформляйте", "نعم من فضلك"}
    assert offered(said) == "file"
    assert assent.is_yes(said) == (said == "نعم من فضلك")
    assert plain or not assent.is_solved(said)


@pytest.mark.parametrize("said", UNWILLING)
def test_unwillingness_is_a_no_to_an_offer_alone(said: str) -> None:
    assert offered(said) == "no"
    assert not assent.is_unsolved(said)


def test_what_is_said_of_a_solution_beside_yes_and_no() -> None:
    assert all(map(assent.is_solved, SOLVED))
    assert all(map(assent.is_unsolved, UNSOLVED))
    assert not any(map(assent.is_solved, UNSOLVED))
    assert not any(map(assent.is_unsolved, SOLVED))


@pytest.mark.parametrize("said", NEITHER)
def test_thanks_doubts_and_questions_are_neither(said: str) -> None:
    assert assent.plainly("yes", "no")(said) is None
    assert offered(said) is None
    assert not assent.is_solved(said)
    assert not assent.is_unsolved(said)
