"""An incident ties tickets of many customers: they are told once each, and resolved by one solution."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.core.policy import Policy
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from handlers.ties import incidents
from storage import Tx, policies
from storage.schema import tickets
from tests.customer_kit import Chat, a_desk_with
from tests.desk_kit import Case, as_seen, bare, beside
from tests.kit import BILLING, SUPPORT, World, world
from tests.stories.test_ties_redact import redacts
from tests.time_kit import POLICY, happened

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


async def ties(case: Case, agent: Agent, *others: Case) -> None:
    """Tie these to the incident of a ticket."""
    for other in others:
        await sees_incident(case, agent)
        await presses(case, agent, "tie")
        await case.sends(agent, reference=other.reference)


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
        assert "1 message delivered" in (await case.card()).text
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


async def test_incidents_that_are_not_listed_are_said_to_be_there(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incidents, "MOST", 1)
    async with world(sqlite_url, tmp_path) as desk:
        cases = [(await filed(desk, "ru", RUSSIAN, f"+770100000{n:02}"))[1] for n in range(3)]
        agent = await desk.agent()
        for case, title in zip(cases[:2], ("The main line is down", "Payments hang"), strict=True):
            desk.clock.goes(seconds=1)
            assert "newest" not in (await case.opens(agent, "incident")).text
            await case.sends(agent, title=title)

        dialog = await cases[2].opens(agent, "incident")
        assert list(dialog.fields["incident"].picks.values()) == ["A new incident", "Payments hang"]
        told = "Only the newest are listed. An older one takes further tickets from its own list."
        assert told in bare(dialog.text)
        await agent.dismisses()
        await ties(cases[0], agent, cases[2])
        assert "Incident: The main line is down" in bare((await cases[2].card()).text)


async def test_what_an_incident_told_is_redacted_from_any_of_the_tickets_it_was_told_for(desk: World) -> None:
    russian, first = await filed(desk, "ru", RUSSIAN, "+77010000002")
    second = Case(desk, russian.person, await russian.files(f"{RUSSIAN}, и приложение тоже"))
    above = await desk.agent("U0SUPER", "supervisor")
    await first.answers(above, "incident", title="The main line is down")
    await ties(first, above, second)
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
    await ties(first, agent, second)

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
    await ties(first, both, billed)

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


REASON = """
[[reasons]]
key = "{key}"
title = {{ en = "{key} it", ar = "تم", ru = "Сделано" }}
"""


async def filed_under(case: Case, policy: str) -> None:
    """The ticket is one of this policy."""
    digits = case.reference.replace("-", "")

    def pin(tx: Tx) -> None:
        pinned = policies.keep(tx, Policy.load(policy, "p.toml"), case.world.clock())
        tx.connection.execute(update(tickets).where(tickets.c.reference == digits).values(policy_hash=pinned))

    await case.world.app.store.do(pin)


async def is_over(case: Case, agent: Agent, title: str) -> bool:
    """Whether no other ticket can be tied to the incident."""
    return title not in (await case.opens(agent, "incident")).fields["incident"].picks.values()


@asynccontextmanager
async def an_incident_of_three_policies(database_url: str, folder: Path) -> AsyncIterator[list[Case]]:
    """Tickets of different reasons and of none are tied together, and there is one beside them."""
    explained, replaced = REASON.format(key="explain"), REASON.format(key="replace")
    waits = "[defaults]\nundo_seconds = 30"
    async with a_desk_with(database_url, folder, POLICY + explained, waits) as desk:
        agent, cases = await desk.agent(), list[Case]()
        for number in range(4):
            customer = Chat(desk, desk.customer("en"))
            await customer.says("/new", f"The site is down here, too, in room {number} of ours", "send")
            cases.append(Case(desk, customer.person, customer.reference))
        first, other, free, _beyond = cases
        await filed_under(other, POLICY + replaced)
        await filed_under(free, POLICY)
        await first.answers(agent, "incident", title="The line is down")
        await ties(first, agent, other, free)
        yield cases


async def asks_reason(case: Case, agent: Agent) -> list[str]:
    """The reasons to choose from, in the dialog that resolves all."""
    await sees_incident(case, agent)
    await presses(case, agent, "resolve_all")
    assert agent.dialog
    return list(agent.dialog.fields["reason"].picks)


async def _takes_back(first: Case, other: Case, agent: Agent) -> None:
    """One Undo for all that were resolved, and all are open again."""
    [offered] = [told for told in agent.whispers if "Undo" in told.buttons]
    assert "This goes to the customers of this incident in 30 seconds." in bare(offered.text)
    await first.clicks(agent, "Undo", offered)
    await first.learns(agent, "Your words were taken back: 2 customers do not get them.")
    for one in (first, other):
        assert "Open" in (await one.card()).text
        assert "took this back: the customer does not get it.\nThe line works." in bare(await one.thread())


async def test_all_are_resolved_with_a_reason_that_their_policies_have_and_an_undone_one_is_no_end(
    database_url: str, tmp_path: Path
) -> None:
    """EDC-5: where a policy lists how work ends, nothing ends without that; what has others is left out."""
    async with an_incident_of_three_policies(database_url, tmp_path) as (first, other, free, beyond):
        agent = await first.world.agent()
        for undone in (True, False):
            assert await asks_reason(first, agent) == ["explain", "replace"]
            await first.sends(agent, text_en="The line works.", reason="explain")
            await first.learns(agent, "2 tickets are resolved.")
            if undone:
                await _takes_back(first, free, agent)
        await first.learns(agent, f"because its policy does not have the chosen reason: {other.reference}")
        assert "How it ended\nexplain it" in (await first.card()).text.replace(": ", "\n")
        assert "Resolved" in (await free.card()).text
        assert "How it ended" not in (await free.card()).text
        assert "New" in (await other.card()).text, "it is not even claimed"
        assert not await is_over(beyond, agent, "The line is down")

        assert await asks_reason(other, agent) == ["replace"], "what is resolved asks nothing"
        await other.sends(agent, text_en="A new line is there.", reason="replace")
        assert await is_over(beyond, agent, "The line is down")
        await other.clicks(agent, "Undo", await other.learns(agent, "This goes to the customers"))
        assert "Open" in (await other.card()).text
        assert not await is_over(beyond, agent, "The line is down"), "there is work again"

        await asks_reason(other, agent)
        await other.sends(agent, text_en="A new line is there.", reason="replace")
        assert await is_over(beyond, agent, "The line is down")
        first.world.clock.goes(seconds=31)
        await first.world.settles()
        await first.world.presses_key(first.customer, "unsolved")
        assert not await is_over(beyond, agent, "The line is down"), "the customer says that it is not solved"


ANSWERED = '[[targets]]\nwhat = "first_response"\nwithin = "4 hours"\n'


async def test_what_all_are_told_can_be_undone_for_all_of_them_while_it_waits(
    database_url: str, tmp_path: Path
) -> None:
    """And answers the requests of all that get it."""
    async with a_desk_with(
        database_url, tmp_path, POLICY + ANSWERED, "[defaults]\nundo_seconds = 30"
    ) as desk:
        twice, first = await filed(desk, "ru", RUSSIAN, "+77010000002")
        second = Case(desk, twice.person, await twice.files(f"{RUSSIAN}, и приложение тоже"))
        _arab, third = await filed(desk, "ar", ARABIC, "+966500000001")
        agent = await desk.agent()
        await first.answers(agent, "incident", title="The main line is down")
        for one in (second, third):
            await sees_incident(first, agent)
            await presses(first, agent, "tie")
            await first.sends(agent, reference=one.reference)
        for undone, words in ((True, "hunter2"), (False, "the fuse")):
            await sees_incident(third, agent)
            await presses(third, agent, "tell_all")
            await third.sends(agent, text_ar=words, text_ru=words)
            told = await third.learns(agent, "This goes to the customers of this incident in 30 seconds.")
            if undone:
                await third.clicks(agent, "Undo", told)
                await third.learns(agent, "Your words were taken back: 2 customers do not get them.")
            await desk.passes(seconds=31)
            assert (first.reached(words), third.reached(words)) == ((0, 0) if undone else (1, 1))
            met = [] if undone else [("met", "first_response")]
            for one in (first, second, third):
                assert await happened(desk, one.reference, "met", "breached") == met
        for one in (first, second, third):
            assert "took this back: the customer does not get it.\nhunter2" in bare(await one.thread())
            assert "1 message delivered" in (await first.card()).text
        await third.clicks(agent, "Undo", told)
        await third.learns(agent, "It is too late: the customer already has these words.")


@pytest.mark.parametrize(
    "taken_away", ["undone when one was untied", "redacted in one", "redacted in the other"]
)
async def test_no_promise_stands_still_for_words_that_never_went_out(
    taken_away: str, sqlite_url: str, tmp_path: Path
) -> None:
    """Rule 2: one message about two requests is settled in both, whatever takes it back."""
    async with a_desk_with(sqlite_url, tmp_path, POLICY + ANSWERED, "[defaults]\nundo_seconds = 30") as desk:
        twice, first = await filed(desk, "ru", RUSSIAN, "+77010000002")
        second = Case(desk, twice.person, await twice.files(f"{RUSSIAN}, и приложение тоже"))
        agent = await desk.agent()
        await first.answers(agent, "incident", title="The main line is down")
        await ties(first, agent, second)
        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ru="Мы чиним линию.")
        told = await first.learns(agent, "This goes to the customers of this incident in 30 seconds.")
        if taken_away.startswith("undone"):
            await sees_incident(second, agent)
            await presses(second, agent, "untie")
            await first.clicks(agent, "Undo", told)
        else:
            of = first if taken_away == "redacted in one" else second
            await of.clicks(agent, "claim")
            await redacts(of, agent, "Мы чиним")

        await desk.passes(hours=6)
        assert first.reached("Мы чиним") == 0
        for one in (first, second):
            assert await happened(desk, one.reference, "breached") == [("breached", "first_response")]
            said = "took this back" if taken_away.startswith("undone") else "redacted a message"
            if taken_away.startswith("undone") and one is second:
                said = "this was not sent: the ticket was untied from the incident before."
            assert said in bare(await one.thread())


async def test_what_all_were_told_is_redacted_with_every_request_that_it_was_about(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk_with(sqlite_url, tmp_path, POLICY + ANSWERED) as desk:
        twice, first = await filed(desk, "ru", RUSSIAN, "+77010000002")
        second = Case(desk, twice.person, await twice.files(f"{RUSSIAN}, и приложение тоже"))
        _arab, third = await filed(desk, "ar", ARABIC, "+966500000001")
        agent = await desk.agent()
        await first.answers(agent, "incident", title="The main line is down")
        await ties(first, agent, second, third)
        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ru="Мы чиним hunter2.", text_ar="نعمل على إصلاح الخط.")
        assert first.reached("hunter2") == 1

        await second.clicks(agent, "claim")
        await redacts(second, agent, "Мы чиним")

        assert first.reached("hunter2") == 0
        for one in (first, second):
            thread = bare(await one.thread())
            assert "hunter2" not in thread
            assert "@U0AGENT redacted a message of this ticket." in thread
            assert "could be" not in thread, "nothing is said to have failed"
        assert "نعمل على إصلاح الخط." in bare(await third.thread()), (
            "another customer's message is another one"
        )


async def an_incident_of_two(desk: World) -> tuple[Agent, list[Chat], list[Case]]:
    """Two customers, of whom the second has filed twice, and the agent who has tied their three tickets."""
    arab, first = await filed(desk, "ar", ARABIC, "+966500000001")
    russian, second = await filed(desk, "ru", RUSSIAN, "+77010000002")
    twice = Case(desk, russian.person, await russian.files(f"{RUSSIAN}, и приложение тоже"))
    agent = await desk.agent()
    for case in (first, second, twice):
        await case.clicks(agent, "claim")
    await first.answers(agent, "incident", title="The main line is down")
    await ties(first, agent, second, twice)
    return agent, [arab, russian], [first, second, twice]


async def test_news_that_one_customer_missed_is_sent_to_them_again_about_all_their_tickets(
    desk: World,
) -> None:
    """Sent from one of their threads it is sent: the other has nothing to send any more."""
    agent, [_arab, russian], [first, second, twice] = await an_incident_of_two(desk)
    await russian.person.blocks()
    await sees_incident(first, agent)
    await presses(first, agent, "tell_all")
    await first.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
    await russian.person.unblocks()
    await desk.settles()
    assert not second.reached("Мы чиним линию.")
    offers = [as_seen(await missed(case)) for case in (second, twice)]
    assert "This did not reach" not in await first.thread()

    for case, again in zip((second, twice), offers, strict=True):
        await case.clicks(agent, "Send again", again)

    assert second.reached("Мы чиним линию.") == 1
    assert [(await missed(case)).buttons for case in (second, twice)] == [[], []]
    assert second.reference in bare(russian.last.text)
    assert twice.reference in bare(russian.last.text)
    await twice.learns(agent, "These words have been sent again already")
    for case in (second, twice):
        assert [fact.split()[0] for fact in await case.facts()][-2:] == ["sent_again", "delivered"]
    assert first.reached("نعمل على إصلاح الخط.") == 1


async def test_news_is_sent_again_only_about_tickets_that_are_under_way(desk: World) -> None:
    """One was stopped, one is resolved: their customer is told of the third, and of these nothing."""
    _arab, first = await filed(desk, "ar", ARABIC, "+966500000001")
    russian, stopped = await filed(desk, "ru", RUSSIAN, "+77010000002")
    texts = (f"{RUSSIAN}, и приложение тоже", f"{RUSSIAN}, и почта не приходит")
    resolved, going = [Case(desk, russian.person, await russian.files(text)) for text in texts]
    agent = await desk.agent()
    for case in (first, stopped, resolved, going):
        await case.clicks(agent, "claim")
    await first.answers(agent, "incident", title="The main line is down")
    await ties(first, agent, stopped, resolved, going)
    await russian.person.blocks()
    await sees_incident(first, agent)
    await presses(first, agent, "tell_all")
    await first.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
    await russian.person.unblocks()
    await desk.settles()
    offers = [await missed(case) for case in (stopped, resolved, going)]
    await stopped.answers(agent, "stop", "Это не к нам")
    await resolved.answers(agent, "resolve", "Почта снова приходит")

    for case, again in zip((stopped, resolved), offers, strict=False):
        await case.clicks(agent, "Send again", again)
        await case.learns(agent, "The ticket is resolved. Open it again to write to the customer.")
    assert not going.reached("Мы чиним линию.")
    await going.clicks(agent, "Send again", offers[2])

    assert going.reached("Мы чиним линию.") == 1
    told = bare(next(one.text for one in russian.person.chat if "Мы чиним линию." in one.text))
    assert [case.reference in told for case in (stopped, resolved, going)] == [False, False, True]


async def test_news_that_waits_leaves_out_what_was_cancelled_or_untied_meanwhile(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Its customer is told at the same moment of what is left; nothing, where nothing is."""
    async with a_desk_with(sqlite_url, tmp_path, POLICY, "[defaults]\nundo_seconds = 30") as desk:
        agent, [_arab, russian], [first, second, twice] = await an_incident_of_two(desk)
        colleague = await desk.agent("U0OTHER", "other")
        await sees_incident(second, agent)
        await presses(second, agent, "tell_all")
        await second.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
        undo = agent.whispers[-1]
        await desk.passes(seconds=20)

        await russian.says(f"/cancel {second.reference}")
        await russian.presses("yes")
        await sees_incident(first, colleague)
        await presses(first, colleague, "untie")
        await desk.passes(seconds=9)
        assert not twice.reached("Мы чиним линию.")
        await desk.passes(seconds=2)

        assert twice.reached("Мы чиним линию.") == 1
        told = bare(next(one.text for one in russian.person.chat if "Мы чиним линию." in one.text))
        assert (second.reference in told, twice.reference in told) == (False, True)
        assert not first.reached("نعمل على إصلاح الخط.")
        why = "@U0AGENT, this was not sent: the"
        assert f"{why} customer cancelled the request before.\nМы чиним" in bare(await second.thread())
        assert f"{why} ticket was untied from the incident before." in bare(await first.thread())
        assert why not in bare(await twice.thread())
        kinds = [[fact.split()[0] for fact in await one.facts()] for one in (first, second, twice)]
        assert [("taken_back" in one, "delivered" in one) for one in kinds] == [
            (True, False),
            (True, False),
            (False, True),
        ]
        await first.clicks(agent, "Undo", undo)
        await first.learns(agent, "1 customer does not get these words: they had been taken back before.")
        assert "1 customer has them already." in bare(agent.whispers[-1].text)


async def test_what_was_sent_again_to_one_customer_is_taken_back_from_that_one(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk_with(sqlite_url, tmp_path, POLICY, "[defaults]\nundo_seconds = 30") as desk:
        agent, [arab, russian], [first, second, twice] = await an_incident_of_two(desk)
        for person in (arab.person, russian.person):
            await person.blocks()
        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ar="hunter2", text_ru="hunter2")
        await desk.passes(seconds=31)
        for person in (arab.person, russian.person):
            await person.unblocks()
        await desk.settles()
        for case in (first, second):
            await case.clicks(agent, "Send again", await missed(case))

        await second.clicks(agent, "Undo", await second.learns(agent, "This goes to the customer in"))
        await second.learns(agent, "Your words were taken back: 1 customer does not get them.")
        await desk.passes(seconds=31)

        assert (first.reached("hunter2"), second.reached("hunter2")) == (1, 0)
        taken_back = [[fact.split()[0] for fact in await one.facts()][-1] for one in (first, second, twice)]
        assert taken_back == ["delivered", "taken_back", "taken_back"]


@pytest.mark.parametrize("back", ["before the merge", "after it"])
async def test_news_that_was_missed_is_offered_and_sent_once_where_its_tickets_were_merged(
    back: str, sqlite_url: str, tmp_path: Path
) -> None:
    """Under the number that goes on: there is no other any more."""
    async with world(sqlite_url, tmp_path) as desk:
        agent, [_arab, russian], [first, stays, merged] = await an_incident_of_two(desk)
        await russian.person.blocks()
        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
        if back == "before the merge":
            await russian.person.unblocks()
            await desk.settles()
        await merged.answers(agent, "merge", reference=stays.reference)
        if back == "after it":
            await russian.person.unblocks()
            await desk.settles()
        offers = [as_seen(one) for one in (await stays.card()).thread if "Send again" in one.buttons]
        assert len(offers) == 1
        assert "2 messages not delivered" in (await stays.card()).text

        await stays.clicks(agent, "Send again", offers[0])

        assert bare(russian.last.text) == f"По вашему обращению {stays.reference}:\n\nМы чиним линию."
        assert "not delivered" not in (await stays.card()).text
        await stays.clicks(agent, "Send again", offers[0])
        await stays.learns(agent, "These words have been sent again already")
        assert stays.reached("Мы чиним линию.") == 1


async def test_news_is_headed_in_the_language_that_it_was_written_in(sqlite_url: str, tmp_path: Path) -> None:
    """Also where its customer chose another one while it waited, and where it is sent to them again."""
    async with a_desk_with(sqlite_url, tmp_path, POLICY, "[defaults]\nundo_seconds = 30") as desk:
        agent, [_arab, russian], [first, second, twice] = await an_incident_of_two(desk)
        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ar="نعمل على إصلاح الخط.", text_ru="Мы чиним линию.")
        await russian.says("/language English")
        await russian.says(f"/cancel {twice.reference}")
        await russian.presses("yes")
        await desk.passes(seconds=31)
        told = f"По вашему обращению {second.reference}:\n\nМы чиним линию."
        assert second.reached(told) == 1

        await sees_incident(first, agent)
        await presses(first, agent, "tell_all")
        await first.sends(agent, text_ar="الخط يعمل.", text_en="The line is up.")
        await russian.person.blocks()
        await desk.passes(seconds=31)
        await russian.person.unblocks()
        await russian.says("/language русский")
        await second.clicks(agent, "Send again", await missed(second))
        await desk.passes(seconds=31)
        assert second.reached(f"About your request {second.reference}:\n\nThe line is up.") == 1


async def test_untied_from_one_incident_the_news_of_another_goes_out(sqlite_url: str, tmp_path: Path) -> None:
    """That of a ticket which was merged into the untied one, and is still tied to its own."""
    async with a_desk_with(sqlite_url, tmp_path, POLICY, "[defaults]\nundo_seconds = 30") as desk:
        customer = Chat(desk, desk.customer("ru"))
        texts = (RUSSIAN, f"{RUSSIAN}, и приложение тоже")
        merged, stays = [Case(desk, customer.person, await customer.files(text)) for text in texts]
        agent = await desk.agent()
        for case, title in ((merged, "The main line is down"), (stays, "The application hangs")):
            await case.clicks(agent, "claim")
            await case.answers(agent, "incident", title=title)
        for case, text in ((merged, "Мы чиним линию."), (stays, "Приложение чинят.")):
            await sees_incident(case, agent)
            await presses(case, agent, "tell_all")
            await case.sends(agent, text_ru=text)
        await merged.answers(agent, "merge", reference=stays.reference)
        await sees_incident(stays, agent)
        await presses(stays, agent, "untie")
        await desk.passes(seconds=31)

        assert stays.reached("Мы чиним линию.") == 1
        assert not stays.reached("Приложение чинят.")


async def missed(case: Case) -> Seen:
    """The offer to send the news again, in the thread of a ticket."""
    thread = (await case.card()).thread
    return next(one for one in thread if "This did not reach the customer:" in one.text)
