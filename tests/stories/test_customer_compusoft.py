"""Compusoft's published policy in the customer's chat: its effect, its receipt, its state, and feedback."""

from bot.policies import shipped
from tests.customer_kit import chat, nothing_is_parked, resolved
from tests.desk_kit import bare
from tests.kit import World

POLICY = shipped("compusoft")
WRITTEN = "النظام لا يحفظ الفواتير منذ صباح اليوم في جميع الفروع"


async def test_the_effect_is_described_and_logs_and_screenshots_are_taken(compusoft: World) -> None:
    """CMP-2, CMP-4, CMP-6: each level in its published words, files at once, and the number."""
    for language in ("ar", "ru", "en"):
        customer = chat(compusoft, language)
        await customer.says("/new")
        describe = POLICY.categories[0].describe
        assert describe
        assert describe.in_(language) in customer.told  # there is one kind of request, so nobody is asked
        await customer.sends("photo", caption=WRITTEN)
        for priority in POLICY.priorities:
            assert priority.title.in_(language) in " ".join(customer.buttons)
            if priority.definition:
                assert priority.definition.in_(language) in customer.told
        await customer.says("medium", "send")
        reference = customer.reference
        assert POLICY.texts.receipt
        assert customer.told.startswith(POLICY.texts.receipt.in_(language).format(reference=reference))
        assert "Photo" in bare(await compusoft.thread(reference))


async def test_its_cycle_is_followed_and_feedback_is_asked_after_closing(compusoft: World) -> None:
    """CMP-13: the state at any time; the form of the feedback is not published, so it is the desk's own."""
    assert POLICY.survey is None
    customer = chat(compusoft, "ar")
    await customer.says("/new", WRITTEN, "low", "send")
    reference = customer.reference
    solution = await resolved(compusoft, customer, reference, "أُصلح الحفظ.")
    await customer.says(reference)
    assert "بانتظار" in customer.told
    await customer.presses("solved", solution)
    assert customer.buttons == ["1", "2", "3", "4", "5", "تخطي"]
    await customer.says("4", "شكرًا على السرعة، لكن الإشعار تأخر")
    assert "4 of 5" in bare((await compusoft.card(reference)).text)
    assert "لكن الإشعار تأخر" in await compusoft.thread(reference)
    await customer.says(reference)
    assert "مغلق" in customer.told
    assert await nothing_is_parked(compusoft)
