"""An incident ties tickets of many customers: they are told once each, and resolved by one solution."""

from bot.playground.slack import Agent
from tests.customer_kit import Chat
from tests.desk_kit import Case, bare, beside
from tests.kit import BILLING, SUPPORT, World

ARABIC, RUSSIAN = (
    "الموقع لا يعمل منذ الصباح ولا أستطيع الدخول",
    "Сайт не открывается с самого утра, войти нельзя",
)


async def filed(desk: World, language: str, text: str, phone: str) -> tuple[Chat, Case]:
    chat = Chat(desk, desk.customer(language, phone=phone))
    return chat, Case(desk, chat.person, await chat.files(text))


async def sees_incident(case: Case, agent: Agent) -> str:
    """The list of the incident, as the agent reads it now."""
    before = len(agent.whispers)
    await case.clicks(agent, "incident")
    return "\n".join(bare(told.text) for told in agent.whispers[before:])


async def presses(case: Case, agent: Agent, verb: str) -> None:
    """Press a button under the list of the incident."""
    await agent.clicks(verb, agent.whispers[-1])
    await case.world.settles()


async def test_customers_of_an_incident_are_told_once_each_in_their_own_language(desk: World) -> None:
    _arab, first = await filed(desk, "ar", ARABIC, "+966500000001")
    russian, second = await filed(desk, "ru", RUSSIAN, "+77010000002")
    twice = Case(desk, russian.person, await russian.files(f"{RUSSIAN}, и приложение тоже"))
    agent, colleague = await desk.agent(), await desk.agent("U0OTHER", "other")
    await second.clicks(colleague, "claim")

    await first.answers(agent, "incident", title="")
    assert "few words" in beside(agent, "title")
    await first.sends(agent, title="The main line is down")
    assert "Incident: The main line is down" in bare((await first.card()).text)
    assert "@U0AGENT tied this ticket to an incident:" in bare(await first.thread())
    assert "1 ticket · 1 customer" in await sees_incident(first, agent)
    await presses(first, agent, "tie")
    await first.sends(agent, reference=second.reference)
    dialog = await twice.opens(agent, "incident")
    assert "The main line is down" in dialog.fields["incident"].picks.values()
    (key,) = (key for key, title in dialog.fields["incident"].picks.items() if title.startswith("The main"))
    await twice.sends(agent, incident=key)

    told = await sees_incident(twice, agent)
    assert "3 tickets · 2 customers" in told
    assert f"{second.reference} · Open · Support · Русский" in told
    assert "@U0OTHER" in told

    await presses(twice, agent, "tell_all")
    assert agent.dialog
    assert set(agent.dialog.fields) == {"text_ar", "text_ru"}, "only the languages that they have"
    await twice.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru=" ")
    assert "few words" in beside(agent, "text_ru")
    await twice.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
    assert first.reached("نعمل على إصلاح الخط.") == 1
    assert second.reached("Мы чиним линию.") == 1, "once, though two of their tickets are tied"
    assert second.reference in bare(russian.last.text)
    assert twice.reference in bare(russian.last.text)
    assert not first.reached("main line")
    for case in (second, twice):
        assert "@U0AGENT to all customers of this incident:" in bare(await case.thread())
    assert "1 message delivered" in (await first.card()).text
    await first.learns(agent, "2 customers are told.")


async def test_an_incident_is_renamed_on_every_card(desk: World) -> None:
    """Its title may hold what should not have been written: nothing of it is kept."""
    _chat, first = await filed(desk, "en", "The site is down and I cannot sign in", "+966500000001")
    agent = await desk.agent()
    await first.answers(agent, "incident", title="The line of hunter2 is down")
    await sees_incident(first, agent)
    await presses(first, agent, "rename")
    await first.sends(agent, title=" ")
    assert "few words" in beside(agent, "title")
    await first.sends(agent, title="The main line is down")

    assert "Incident: The main line is down" in bare((await first.card()).text)
    assert "hunter2" not in bare((await first.card()).text)
    assert "renamed agent:U0AGENT" in await first.facts()


async def test_what_an_incident_told_is_redacted_from_any_of_the_tickets_it_was_told_for(desk: World) -> None:
    russian, first = await filed(desk, "ru", RUSSIAN, "+77010000002")
    second = Case(desk, russian.person, await russian.files(f"{RUSSIAN}, и приложение тоже"))
    above = await desk.agent("U0SUPER", "supervisor")
    await first.answers(above, "incident", title="The main line is down")
    await sees_incident(first, above)
    await presses(first, above, "tie")
    await first.sends(above, reference=second.reference)
    await sees_incident(first, above)
    await presses(first, above, "tell_all")
    await first.sends(above, text_ru="Пароль от линии: hunter2")
    assert first.reached("hunter2") == 1

    dialog = await second.opens(above, "redact")
    (key,) = (key for key, title in dialog.fields["words"].picks.items() if "hunter2" in title)
    await second.sends(above, words=key)
    await second.sends(above)

    assert not first.reached("hunter2")
    assert "hunter2" not in await second.thread()


async def test_one_solution_resolves_all_but_what_is_in_other_hands(desk: World) -> None:
    arab, first = await filed(desk, "ar", ARABIC, "+966500000001")
    _russian, second = await filed(desk, "ru", RUSSIAN, "+77010000002")
    agent, colleague = await desk.agent(), await desk.agent("U0OTHER", "other")
    await second.clicks(colleague, "claim")
    await first.answers(agent, "incident", title="The main line is down")
    await sees_incident(first, agent)
    await presses(first, agent, "tie")
    await first.sends(agent, reference=second.reference)

    await sees_incident(first, agent)
    await presses(first, agent, "resolve_all")
    await first.sends(agent, text_ar="عاد الخط.", text_ru="Линия работает.")
    assert "Resolved" in (await first.card()).text
    assert "Resolved" not in (await second.card()).text, "it stays in the hands that it is in"
    await first.learns(agent, f"@U0OTHER works on it: {second.reference}")
    await desk.presses_key(arab.person, "solved")
    assert "Closed" in (await first.card()).text

    await sees_incident(second, colleague)
    await presses(second, colleague, "resolve_all")
    await second.sends(colleague, text_ru="Линия работает.")
    _chat, third = await filed(desk, "en", "The line is down here as well, nothing works", "+77010000003")
    dialog = await third.opens(agent, "incident")
    assert list(dialog.fields["incident"].picks.values()) == ["A new incident"], "that one is over"


async def test_tickets_that_somebody_may_not_act_on_are_left_out_by_name(desk: World) -> None:
    _chat, first = await filed(desk, "en", "The site is down and I cannot sign in", "+966500000001")
    payer = Chat(desk, desk.customer("ru", phone="+77010000002"))
    await desk.tells(payer.person, "/new", "billing", "skip", "Списали дважды за один заказ", "normal")
    await payer.says("skip", "send")
    billed = Case(desk, payer.person, payer.reference, BILLING)
    agent, both = await desk.agent(), await desk.agent("U0BOTH", "both", joins=(SUPPORT, BILLING))
    await first.answers(both, "incident", title="Payments hang")
    await sees_incident(first, both)
    await presses(first, both, "tie")
    await first.sends(both, reference=billed.reference)

    told = await sees_incident(first, agent)
    assert f"Left out, because you cannot act on it: {billed.reference}" in told
    assert "Русский" not in told
    await presses(first, agent, "tell_all")
    assert agent.dialog
    assert set(agent.dialog.fields) == {"text_en"}
    await first.sends(agent, text_en="We are on it.")
    await first.learns(agent, f"Left out, because you cannot act on it: {billed.reference}")
    assert first.reached("We are on it.") == 1
    assert not billed.reached("We are on it.")

    await sees_incident(first, both)
    await presses(first, both, "tell_all")
    await sees_incident(first, agent)
    await presses(first, agent, "untie")
    assert "Incident" not in bare((await first.card()).text)
    await first.sends(both, text_en="Lost?", text_ru="Пропало?")
    assert both.dialog
    assert "Lost?" in both.dialog.text
    assert "Пропало?" in both.dialog.text
    assert not billed.reached("Пропало?")


async def test_what_was_merged_hands_its_incident_on(desk: World) -> None:
    chat, first = await filed(desk, "en", "The site is down and I cannot sign in", "+966500000001")
    second = Case(desk, chat.person, await chat.files("The site is still down, as I wrote before"))
    agent = await desk.agent()
    await second.answers(agent, "incident", title="The main line is down")

    await second.answers(agent, "merge", reference=first.reference)

    assert "Incident: The main line is down" in bare((await first.card()).text)
    assert "tied agent:U0AGENT" in await first.facts()
