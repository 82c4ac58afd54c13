"""E-DOC's published rules in the customer's chat: users and guests, and an identity that may be withheld."""

from bot.policies import shipped
from tests.customer_kit import chat, nothing_is_parked
from tests.desk_kit import bare
from tests.kit import World

POLICY = shipped("e-doc")
WRITTEN = "Документ не подписывается, страница показывает ошибку"


async def test_users_and_guests_are_served_alike_and_may_withhold_who_they_are(e_doc: World) -> None:
    """EDC-4, EDC-7, EDC-13: all interested parties; the refusal is on the card, and an agent decides."""
    field = POLICY.field("identity")
    assert field
    assert field.hint
    for client, identity, shown in (
        ("Гость Портала", "Не указывать", "Identity: I prefer not to"),
        ("Пользователь Портала", "БИН 000000000000", "Identity: БИН 000000000000"),
    ):
        customer = chat(e_doc, "ru")
        await customer.says("/new", "консультация")
        assert customer.buttons[:2] == ["Пользователь Портала", "Гость Портала"]
        await customer.says(client)
        assert field.question.in_("ru") in customer.told
        assert field.hint.in_("ru") in customer.told
        assert "Не указывать" in customer.buttons
        await customer.says(identity, "Пропустить", WRITTEN, "отправить")
        assert shown in bare((await e_doc.card(customer.reference)).text)
    assert await nothing_is_parked(e_doc)


async def test_nothing_is_said_of_time_where_the_levels_are_lost(e_doc: World) -> None:
    """EDC-1, EDC-8: no level and no time; every request has its number, nobody is asked for a priority."""
    assert POLICY.targets == ()
    customer = chat(e_doc, "ru")
    await customer.says("/new", "fault", "guest", "withheld", WRITTEN)
    assert customer.keys[0] == "send"
    await customer.says("send")
    reference = customer.reference
    assert POLICY.texts.receipt
    assert customer.told.startswith(POLICY.texts.receipt.in_("ru").format(reference=reference))
    assert "час" not in customer.told
    await customer.says(reference)
    assert "получите" not in customer.told
