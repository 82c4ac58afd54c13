"""A policy of one's own: every kind of field with its check, a title, a required contact, and a survey."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.customer_kit import WRITTEN, a_desk_with, chat, gives, nothing_is_parked, resolved
from tests.kit import World, living_in, street

POLICY = """
name = "school"
organisation = { en = "School", ru = "Школа" }
languages = ["en", "ru"]
title_asked = true

[[queues]]
key = "support"
title = { en = "Support", ru = "Поддержка" }

[[categories]]
key = "visit"
queue = "support"
fields = ["phone", "email", "parent", "floor", "note"]
title = { en = "Visit", ru = "Визит" }

[[categories]]
key = "other"
queue = "support"
title = { en = "Other", ru = "Другое" }

[[fields]]
key = "phone"
kind = "phone"
title = { en = "Phone", ru = "Телефон" }
question = { en = "Which phone?", ru = "Какой телефон?" }

[[fields]]
key = "email"
kind = "email"
title = { en = "Mail", ru = "Почта" }
question = { en = "Which mail?", ru = "Какая почта?" }

[[fields]]
key = "parent"
kind = "yes_no"
title = { en = "Parent", ru = "Родитель" }
question = { en = "Are you a parent?", ru = "Вы родитель?" }

[[fields]]
key = "floor"
kind = "choice"
title = { en = "Floor", ru = "Этаж" }
question = { en = "Which floor?", ru = "Какой этаж?" }
[[fields.options]]
key = "first"
title = { en = "The first floor, by the stairs in the old building behind the library", ru = "Первый" }
[[fields.options]]
key = "second"
title = { en = "The second", ru = "Второй" }

[[fields]]
key = "note"
kind = "text"
required = false
title = { en = "Note", ru = "Заметка" }
question = { en = "Anything else?", ru = "Что-нибудь ещё?" }

[contact]
ask = "required"
kinds = ["phone"]

[[survey]]
key = "polite"
kind = "yes_no"
text = { en = "Were we polite?", ru = "Мы были вежливы?" }

[[survey]]
key = "quick"
kind = "scale"
text = { en = "How quick were we?", ru = "Как быстро мы ответили?" }
"""


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk_with(database_url, tmp_path, POLICY) as here:
        yield here


async def test_each_kind_of_field_is_checked_with_courtesy(school: World) -> None:
    customer = chat(school)
    await customer.says("/new", "visit", "yesterday")
    assert "does not look like a phone number" in customer.told
    await customer.says("+7 (999) 000-11-22", "me at mail")
    assert "does not look like an e-mail address" in customer.told
    assert "name@mail.com" in customer.told
    await customer.says("Me@MAIL.com", "perhaps")
    assert "We have kept what you sent" in customer.told
    await customer.says("да", "3rd")
    assert "Which floor?" in customer.told
    await customer.says("Первый", "x" * 310)
    assert "too long by 10 characters" in customer.told
    await customer.says("x" * 301)
    assert "too long by one character" in customer.told
    await customer.says("skip", "!!!")
    assert "A title needs a word or two" in customer.told
    await customer.says("t" * 121)
    assert "too long by one character" in customer.told
    await customer.says("  A visit \n on Monday ", WRITTEN, "me@mail.com")
    assert "does not look like a phone number" in customer.told
    assert "Skip" not in [button.text for row in customer.person.keyboard or [] for button in row]
    await customer.says("8 999 000 11 22")

    for line in (
        "Phone: +79990001122",
        "Mail: Me@mail.com",
        "Parent: Yes",
        "Floor: The first floor, by the stairs",
        "Title: A visit on Monday",
        "Contact: 89990001122",
    ):
        assert line in customer.told
    await customer.says("send")
    card = await school.card(customer.reference)
    assert "A visit on Monday" in card.text
    assert "The first floor" in card.text
    assert await nothing_is_parked(school)


async def test_an_own_contact_is_taken_for_a_phone(school: World) -> None:
    customer = chat(school, phone="+79995550011")
    await customer.says("/new", "other", "A question", WRITTEN)
    await customer.shares_contact()

    assert "Contact: +79995550011" in customer.told


async def test_the_policys_survey_is_asked_question_by_question(school: World) -> None:
    customer = chat(school)
    await customer.says("/new", "other", "A question", WRITTEN, "+79995550011", "send")
    reference = customer.reference
    await resolved(school, customer, reference)
    await customer.says("solved")
    assert "Were we polite?" in customer.told
    polite = customer.last
    await customer.says("skip")
    assert "How quick were we?" in customer.told
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.says("٢")
    await customer.says("You were slow")
    assert "Thank you for your time" in customer.told
    await customer.presses("no", polite)

    assert customer.heard == ["Thank you for your time."], "what was said already is not asked again"
    assert "2 of 5" in (await school.card(reference)).text
    assert "You were slow" in await school.thread(reference)
    told = [message.text for message in school.slack.messages("C0SUPPORT")]
    assert sum("rated" in text for text in told) == 2


async def test_a_title_names_the_ticket_wherever_it_is_listed(school: World) -> None:
    customer = chat(school)
    for title in ("First thing", "Second thing"):
        await customer.says("/new", "other", title, WRITTEN, "+79995550011", "send")
    await customer.says("It is about the second thing")
    assert sum("thing" in title for title in customer.buttons) == 2
    await customer.says("/tickets")

    assert "First thing" in customer.told
    assert "Second thing" in customer.told


async def test_a_language_that_the_policy_does_not_have_is_not_chosen(school: World) -> None:
    customer = chat(school)
    await customer.says("العربية")

    assert "Which language shall we speak?" in customer.told
    assert customer.keys == ["en", "ru", "cancel"]


async def test_a_policy_that_changes_meanwhile_asks_again_only_what_is_missing(
    database_url: str, tmp_path: Path
) -> None:
    """The category is removed, then a field, while people are in the middle of answering."""
    async with street(database_url, tmp_path) as place:
        gives(place, POLICY)
        async with living_in(place) as world:
            at_summary, at_field, at_choice = chat(world), chat(world), chat(world)
            await at_summary.says("/new", "other", "A question", WRITTEN, "+79995550011")
            await at_field.says("/new", "visit", "+79990001122", "me@mail.com", "yes")
            await at_choice.says("/new", "other", "A question")
            summary = at_summary.last
        gives(place, _without_floor_and_other(POLICY))
        async with living_in(place) as world:
            for customer in (at_summary, at_field, at_choice):
                customer.world = world
            await at_summary.presses("send", summary)
            assert "What is it about?" in at_summary.told
            await at_summary.says("visit", "+79990001122", "me@mail.com", "no", "skip")
            assert WRITTEN in at_summary.told
            await at_summary.says("send")
            assert "We have received your request" in at_summary.told

            await at_field.says("second")
            assert "ask you something once more" in at_field.told
            assert "Anything else?" in at_field.told

            await at_choice.says(WRITTEN)
            assert "What is it about?" in at_choice.told
            assert await nothing_is_parked(world)


def _without_floor_and_other(policy: str) -> str:
    smaller = policy.replace('key = "other"', 'key = "rest"').replace('"floor", "note"', '"note"')
    before, _, rest = smaller.partition('[[fields]]\nkey = "floor"')
    return before + '[[fields]]\nkey = "note"' + rest.partition('[[fields]]\nkey = "note"')[2]


async def test_where_there_is_one_kind_of_request_nobody_is_asked_for_it(compusoft: World) -> None:
    """CMP-16, CMP-2: no categories are published; the customer says how serious it is."""
    customer = chat(compusoft)
    await customer.says("/new", WRITTEN)

    assert "What is it about?" not in customer.told
    assert "How serious is it?" in customer.told
    await customer.says("high")
    assert "Kind of request" not in customer.told
    await customer.says("send")
    assert "Your ticket number is" in customer.told


async def test_a_survey_that_changes_meanwhile_ends_quietly(database_url: str, tmp_path: Path) -> None:
    async with street(database_url, tmp_path) as place:
        gives(place, POLICY)
        async with living_in(place) as world:
            await place.listens()
            customer = chat(world)
            await customer.says("/new", "other", "A question", WRITTEN, "+79995550011", "send")
            await resolved(world, customer, customer.reference)
            await customer.says("solved")
            asked = customer.last
        gives(place, POLICY.partition("[[survey]]")[0])
        async with living_in(place) as world:
            customer.world = world
            await customer.presses("yes", asked)
            await customer.person.sees_toast("earlier question")
            await customer.says("The site is down again since noon")
            assert "already filled in" in customer.told
            assert await nothing_is_parked(world)
