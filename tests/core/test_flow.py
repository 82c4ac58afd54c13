"""Conversations: one question per step, and a place that survives everything."""

from typing import Any

import pytest

from bot.core.answering import Misheard, Spoken
from bot.core.flow import (
    Asked,
    Cancelled,
    Done,
    Draft,
    Flow,
    Go,
    LostError,
    Place,
    Turn,
    ask,
    hear,
)
from bot.core.heard import Attachment, Pressed, Said, Shared, Unknown
from bot.core.words import Answer, Choose, Option, Write

BACK = Option(key="back", title="Назад")
CANCEL = Option(key="cancel", title="إلغاء")


class Order(Draft):
    size: str = ""
    name: str = ""
    extras: dict[str, str] = {}


def nothing(_talk: Any, _draft: Order) -> None:
    """These steps look at nothing."""


coffee = Flow("coffee", Order, nothing)


@coffee.step
def size(draft: Order, _view: None) -> Turn:
    sizes = (Option(key="small", title="صغير"), Option(key="large", title="Large"))
    answer = yield Choose("Which size?", (*sizes, CANCEL), called={"tiny": "small"}.get)
    draft.size = answer.key
    return extra.at("milk")


@coffee.step
def extra(draft: Order, _view: None) -> Turn:
    answer = yield Choose(
        f"{draft.at}?", (Option(key="yes", title="Да"), Option(key="no", title="Нет"), BACK)
    )
    draft.extras = {**draft.extras, draft.at: answer.key}
    return extra.at("sugar") if draft.at == "milk" else name


@coffee.step
def name(draft: Order, _view: None) -> Turn:
    answer = yield Write("Your name?", _is_a_name, (BACK,), contact="Share")
    draft.name = answer.text
    return Done(draft)


def _is_a_name(answer: Answer) -> str | None:
    return None if answer.text else "Please write a name."


def said(text: str, *files: Attachment) -> Said:
    return Said(message="1", text=text, files=files)


def begin() -> Asked:
    return ask(coffee, Go("size"), Order(), None, turn=1)


def after(place: Place, *answers: Spoken) -> Asked | Done | Misheard:
    """Hear the answers one by one; between any two the place is stored and read again."""
    result: Asked | Done | Misheard = Misheard()
    for answer in answers:
        place = Place.model_validate_json(place.model_dump_json())
        result = hear(coffee, place, coffee.draft.model_validate(place.draft), None, answer)
        if isinstance(result, Asked):
            place = result.place
    return result


def order(result: Asked | Done | Misheard) -> Order:
    """What the conversation decided."""
    assert isinstance(result, Done)
    assert isinstance(result.command, Order)
    return result.command


def test_a_conversation_runs_through_and_survives_a_restart_between_any_two_messages() -> None:
    ordered = order(after(begin().place, said("2"), said("да"), said("нет"), said("خالد")))

    assert ordered.model_dump(exclude={"at", "told", "typed", "before"}) == {
        "size": "large",
        "extras": {"milk": "yes", "sugar": "no"},
        "name": "خالد",
    }


@pytest.mark.parametrize("typed", ["1", "١", "۱", "１", "1.", "صغير", "صَغير", "small", "SMALL", "tiny"])
def test_an_answer_is_typed_by_number_title_key_or_another_name(typed: str) -> None:
    asked = after(begin().place, said(typed))

    assert isinstance(asked, Asked)
    assert asked.place.draft["size"] == "small"


@pytest.mark.parametrize("typed", ["0", "4", "99", "venti", "", "🙂"])
def test_what_was_not_offered_is_not_an_answer(typed: str) -> None:
    assert after(begin().place, said(typed)) == Misheard()


def test_a_button_answers_the_question_of_its_turn_only() -> None:
    first = begin().place
    second = after(first, Pressed(press="p", data="1:small"))

    assert isinstance(second, Asked)
    assert after(second.place, Pressed(press="p", data="1:small")) == Misheard(stale=True)
    assert after(second.place, Pressed(press="p", data="2:small")) == Misheard(stale=True)
    assert after(second.place, Pressed(press="p", data="rubbish")) == Misheard(stale=True)


def test_numbers_mean_what_the_person_saw_even_if_the_options_changed_since() -> None:
    seen = begin().place.model_copy(update={"asked": ("large", "small", "cancel")})

    asked = after(seen, said("1"))

    assert isinstance(asked, Asked)
    assert asked.place.draft["size"] == "large"


def test_back_returns_to_the_question_before_and_keeps_what_was_said() -> None:
    sugar = after(begin().place, said("small"), said("yes"))
    assert isinstance(sugar, Asked)
    milk = after(sugar.place, Pressed(press="p", data="3:back"))

    assert isinstance(milk, Asked)
    assert (milk.place.step, milk.place.at, milk.question.text) == ("extra", "milk", "milk?")
    assert milk.place.draft["extras"] == {"milk": "yes"}
    assert milk.place.trail == (("size", ""),)


def test_cancel_ends_it() -> None:
    assert after(begin().place, said("إلغاء")) == Done(Cancelled("coffee", Order()))


def test_a_free_answer_is_checked_and_may_be_a_number() -> None:
    asked = after(begin().place, said("small"), said("no"), said("no"))
    assert isinstance(asked, Asked)

    assert after(asked.place, said(" ")) == Misheard("Please write a name.")
    assert order(after(asked.place, said("1"))).name == "1"


def test_a_shared_contact_is_an_answer_where_one_is_wanted() -> None:
    asked = after(begin().place, said("small"), said("no"), said("no"))
    assert isinstance(asked, Asked)
    done = after(asked.place, Shared(message="1", phone="+77010001122", own=True))

    assert order(done).name == "+77010001122"
    assert asked.say().contact == "Share"


def test_an_unreadable_message_is_no_answer() -> None:
    assert after(begin().place, Unknown(name="dice", message="1")) == Misheard()


def test_a_step_of_another_version_is_lost_and_says_so() -> None:
    with pytest.raises(LostError):
        after(begin().place.model_copy(update={"step": "flavour"}), said("1"))
