"""Osool's published policy in the customer's chat: its rules, everybody, and three questions at the end."""

from bot.policies import shipped
from tests.customer_kit import chat, nothing_is_parked
from tests.desk_kit import bare
from tests.kit import CHANNELS, World

POLICY = shipped("osool")
CENTRE = CHANNELS["contact-centre"]
WRITTEN = "The platform shows an empty page when I open my course"
SERVED = ["enrolment", "technical", "training", "onboarding", "account", "attendance", "trainer"]


async def test_the_rules_stand_once_above_the_first_question(osool: World) -> None:
    """OSL-7: in each language, at the beginning of a request, and not again before the next one."""
    rules = POLICY.texts.rules
    assert rules
    for language in ("ar", "ru", "en"):
        customer = chat(osool, language)
        await customer.says("/new")
        assert rules.in_(language) in customer.told
        assert customer.keys[:-1] == SERVED
        await customer.says("account", "other", "/tickets", "/new")
        assert rules.in_(language) not in customer.told
        await customer.presses("on")
        assert rules.in_(language) not in customer.told
        await customer.presses("cancel")
        await customer.says("/new")
        assert rules.in_(language) in customer.told


async def test_a_thin_description_is_asked_about_once(osool: World) -> None:
    """OSL-7: detail is asked for, and little is taken in the end."""
    customer = chat(osool)
    await customer.says("/new", "technical", "trainee", "please")
    assert "A few more details would help us to understand it." in customer.told
    await customer.presses("enough")
    assert customer.keys[0] == "send"


async def test_all_kinds_of_requests_enter_at_the_first_level_whoever_asks(osool: World) -> None:
    """OSL-2, OSL-3: technical problems and accounts among them; nobody is refused, all have one target."""
    for category in SERVED:
        customer = chat(osool)
        await customer.says("/new", category)
        assert customer.keys[:3] == ["trainer", "trainee", "other"]
        await customer.says("Somebody else", WRITTEN, "send")
        card = next(m for m in osool.slack.messages(CENTRE) if customer.reference in m.text)
        assert "Who asks: Somebody else" in bare(card.text)
        await customer.says(customer.reference)
        assert "24 to 48 hours from your request, by the priority of the problems" in bare(customer.told)
    assert {target.client for target in POLICY.targets} == {()}
    assert await nothing_is_parked(osool)


async def test_the_survey_asks_whether_it_was_completed_then_quality_and_satisfaction(osool: World) -> None:
    """OSL-8: for the ticket and in the chat, which the policy file says is not what was published."""
    customer, agent = chat(osool, "en"), await osool.agent(joins=(CENTRE,))
    await customer.says("/new", "account", "trainee", WRITTEN, "send")
    reference = customer.reference
    assert POLICY.survey
    texts = [question.text.in_("en") for question in POLICY.survey if question.text]
    await agent.clicks("claim", await osool.card(reference, CENTRE))
    await osool.settles()
    await agent.clicks("resolve", await osool.card(reference, CENTRE))
    await osool.settles()
    await agent.submits({"text": "Please open it again."})
    await osool.settles()
    await customer.presses("solved")
    for text, answer in zip(texts, ("no, thanks", "2", "4"), strict=True):
        assert text in customer.told
        await customer.says(answer)
    assert len(texts) == 3
    assert "a few words for the team" in customer.told
    assert "No · 2 of 5 · 4 of 5" in bare((await osool.card(reference, CENTRE)).text)
    assert any("rated" in message.text for message in osool.slack.messages(CENTRE))
