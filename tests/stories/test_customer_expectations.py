"""A customer asks what to expect, and gets the promises of the policy and the desk's own rules apart."""

import pytest

from tests.customer_kit import chat, nothing_is_parked
from tests.kit import World


@pytest.mark.parametrize(
    ("language", "asked", "promise", "own"),
    [
        (
            "en",
            "/policy",
            "First reply: within 24 working hours",
            "which the published policy does not state",
        ),
        ("ar", "سياسة الدعم", "خلال 24 ساعة عمل", "لا تذكرها السياسة المنشورة"),
        (
            "ru",
            "регламент",
            "Первый ответ: в течение 24 рабочих часов",
            "в опубликованном регламенте не сказано",
        ),
    ],
)
async def test_the_policy_is_told_in_the_customers_language(
    captain_mama: World, language: str, asked: str, promise: str, own: str
) -> None:
    """CAP-7, CAP-6, CAP-9: what may be expected, and apart from it what is the desk's own."""
    customer = chat(captain_mama, language)
    await customer.says("/start", asked)

    stated, apart = customer.heard[:2]
    assert promise in stated
    assert "/escalate" in stated
    assert own in apart
    assert promise not in apart
    assert customer.keys[0] == "new"


async def test_asking_in_the_middle_of_a_request_loses_nothing(compusoft: World) -> None:
    """CMP-1, CMP-16: the desk's own week is told as its own; the request goes on where it was."""
    customer = chat(compusoft)
    await customer.says("/new", "The reports have been slow since this morning", "/policy")

    assert "• Urgent: within 1 hour" in customer.heard[0]
    assert "Working days are counted by this week: Sunday – Thursday" in customer.heard[1]
    assert "How serious is it?" in customer.heard[2]
    await customer.says("high", "send")
    assert "Your ticket number is" in customer.told
    assert await nothing_is_parked(compusoft)


async def test_the_command_is_in_the_menu_of_commands(e_doc: World) -> None:
    customer = chat(e_doc, "ru")
    await customer.says("/help")

    assert "/policy — Что мы обещаем" in customer.told
