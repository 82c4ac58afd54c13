"""A ticket goes to another queue with all that was said; where it was, its card says where it is."""

from tests.desk_kit import Case, a_case, bare
from tests.kit import BILLING, CONTACT_CENTRE, SUPPORT, World, reference_in
from tests.time_kit import happened


async def test_a_transferred_ticket_takes_its_words_along_and_leaves_word(desk: World) -> None:
    """OSL-4: transfer to any queue, with the history."""
    case, agent = await a_case(desk), await desk.agent()
    colleague = await desk.agent("U0OTHER", "other", joins=(BILLING,))
    await case.clicks(agent, "claim")
    await case.says(agent, "We are on it")
    old = await case.card()

    dialog = await case.opens(agent, "transfer")
    assert dialog.fields["queue"].picks == {"billing": "Billing"}
    await case.sends(agent, "They were charged twice", queue="billing")

    assert bare(old.text).splitlines()[0] == f"{case.reference} · Transferred"
    assert f"This ticket goes on in Billing: #{BILLING}" in bare(old.text)
    assert (old.buttons, old.choices) == ([], [])
    there = Case(desk, case.customer, case.reference, BILLING)
    card, thread = await there.card(), bare(await there.thread())
    assert "Claimed by" not in card.text
    assert card.buttons == ["Claim", "Note"]
    for words in ("The site has been down", "We are on it", "They were charged twice"):
        assert words in thread
    assert "@U0AGENT transferred the ticket here from Support." in thread
    assert case.reached("was passed on to Billing") == 1
    assert not case.reached("charged twice")

    desk.slack.publish(BILLING)
    await there.clicks(agent, "claim")
    await there.learns(agent, "Only members of this queue's channel can act")
    await there.clicks(colleague, "claim")
    await there.says(colleague, "Billing here")
    assert case.reached("Billing here") == 1
    await case.customer.says("Thank you both, and the invoice is 17")
    assert "invoice is 17" in await there.thread()


async def test_words_in_the_thread_that_it_left_stay_there(desk: World) -> None:
    """OSL-4: only the new queue acts, by its own card; the old thread says where that is."""
    case, both = await a_case(desk), await desk.agent("U0BOTH", "both", joins=(SUPPORT, BILLING))
    await case.clicks(both, "claim")
    old = await case.glance()
    before = await case.card()
    await case.answers(both, "transfer", queue="billing")
    there = Case(desk, case.customer, case.reference, BILLING)
    await there.clicks(both, "claim")

    await both.writes(before, "Said in the old thread")
    await desk.settles()

    told = await case.learns(both, "the ticket goes on elsewhere now")
    assert f"#{BILLING}" in told.text
    assert not case.reached("Said in the old thread")
    await case.clicks(both, "note", old)
    assert both.dialog, "a ticket is worked from wherever its card is seen"

    await both.dismisses()
    await there.answers(both, "transfer", queue="support")
    assert "This ticket goes on in Support" in bare(before.text)
    gone, back = (card for card in desk.slack.messages(SUPPORT) if case.reference in card.text)
    assert (gone.buttons, back.buttons) == ([], ["Claim", "Note"])


async def test_of_two_who_pass_it_on_the_second_is_told(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    colleague = await desk.agent("U0OTHER", "other", joins=(SUPPORT, BILLING))
    await case.opens(colleague, "transfer")
    await case.clicks(agent, "claim")

    await case.sends(colleague, "A careful note", queue="billing")

    assert colleague.dialog
    assert "A careful note" in colleague.dialog.text
    assert desk.slack.messages(BILLING) == []


async def test_the_running_clock_goes_along(osool: World) -> None:
    """OSL-4, OSL-6: all enter at the first level; a transfer changes the queue and not what was promised."""
    customer = osool.customer("ar")
    await osool.tells(customer, "/new")
    await osool.presses_key(customer, "technical")
    await osool.presses_key(customer, "trainee")
    await osool.tells(customer, "لا يعمل البث المباشر منذ الصباح", "send")
    agent = await osool.agent("U0AGENT", joins=(CONTACT_CENTRE, SUPPORT))
    [message] = osool.slack.messages(CONTACT_CENTRE)
    case = Case(osool, customer, reference_in(message.text), CONTACT_CENTRE)
    due = next(line for line in (await case.card()).text.splitlines() if "First response: " in line)
    await case.answers(agent, "transfer", queue="support")

    there = Case(osool, customer, case.reference, SUPPORT)
    assert due in (await there.card()).text
    await osool.passes(hours=49)
    assert await happened(osool, case.reference, "breached") == [("breached", "first_response")]
