"""What customers are promised: a moment in their own words, the source's words, or nothing, and each once."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.policies import shipped
from storage.schema import promised
from tests.customer_kit import Chat, chat, nothing_is_parked
from tests.desk_kit import Case
from tests.kit import World, world

RIYADH = ZoneInfo("Asia/Riyadh")
WRITTEN = "The lesson has not opened since this morning, whatever I try"

# Monday the 23rd of November 2026 and the days around it; none of them is a Saudi holiday.
MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 23, 25, 26, 27, 28, 29


def becomes(desk: World, day: int, hour: int, minute: int = 0) -> None:
    """Desk time goes to a moment of November in Riyadh."""
    desk.clock.ahead = datetime(2026, 11, day, hour, minute, tzinfo=RIYADH) - datetime.now(UTC)


async def files_with_captain_mama(customer: Chat, category: str = "access") -> str:
    await customer.says("/new", category, "none", "me@mail.com", WRITTEN, "send")
    return customer.reference


async def test_a_receipt_and_a_status_say_until_when_in_each_language(captain_mama: World) -> None:
    """CAP-7: 24 working hours from Monday 10:00 are over on Thursday at 10:00, three days of eight hours.

    Nothing but the first reply is promised before an agent has looked.
    """
    for language, said, solution in (
        ("en", "You will have our first reply by Thursday 10:00 (Saudi time).", "solution"),
        ("ar", "يصلك ردنا الأول في موعد أقصاه يوم الخميس الساعة 10:00 ص (بتوقيت السعودية).", "الحل"),
        ("ru", "Первый ответ вы получите до четверга, 10:00 (время Саудовской Аравии).", "решение"),
    ):
        becomes(captain_mama, MONDAY, 10)
        customer = chat(captain_mama, language)
        reference = await files_with_captain_mama(customer)
        assert said in customer.told
        assert solution not in customer.told
        captain_mama.clock.goes(hours=1)
        await customer.says(reference)
        assert said in customer.told
        assert solution not in customer.told


async def test_a_request_of_the_evening_hears_when_it_is_handled_and_once(captain_mama: World) -> None:
    """CAP-6, CAP-7: on Thursday at 16:00 it is due on Tuesday at 16:00; at 18:00 work starts on Sunday."""
    customer = chat(captain_mama)
    becomes(captain_mama, THURSDAY, 16)
    reference = await files_with_captain_mama(customer)
    assert "by Tuesday 16:00" in customer.told
    assert "closed" not in customer.told

    becomes(captain_mama, THURSDAY, 18)
    await customer.says("It is the lesson on navigation")
    closed = "We are closed now and open again on Sunday at 09:00 (Saudi time)."
    assert f"Added to your request {reference}.\n\n{closed}" in customer.told
    becomes(captain_mama, FRIDAY, 12)
    await customer.says("The one with the film")
    assert customer.told == f"Added to your request {reference}."

    other = chat(captain_mama)
    becomes(captain_mama, SATURDAY, 23)
    another = await files_with_captain_mama(other)
    own = shipped("captain-mama").texts.receipt_when_closed
    assert own
    assert own.in_("en").format(reference=another, opening="tomorrow at 09:00 (Saudi time)") in other.told
    assert "by Tuesday 17:00." in other.told  # whose time it is was said
    assert "We are closed now" not in other.told
    await other.says("And the film is silent")
    assert other.told == f"Added to your request {another}."

    becomes(captain_mama, SUNDAY, 8, 30)
    await other.says("Thank you!")
    await other.says("Still silent")
    assert other.told == f"Added to your request {another}."
    becomes(captain_mama, SUNDAY, 18)
    await other.says("Silent until the evening")
    assert "open again tomorrow at 09:00" in other.told
    assert await nothing_is_parked(captain_mama)


async def test_a_suggestion_keeps_its_own_receipt_and_hears_that_it_is_closed(captain_mama: World) -> None:
    """CAP-5, CAP-6: it went to the department; its first reply is promised, a solution is not."""
    customer = chat(captain_mama)
    becomes(captain_mama, FRIDAY, 12)
    await files_with_captain_mama(customer, "suggestion")

    assert "gone to the competent department" in customer.told
    assert "We are closed now and open again on Sunday at 09:00 (Saudi time)." in customer.told
    assert "first reply by Tuesday 17:00" in customer.told
    assert "solution" not in customer.told


async def files_with_osool(customer: Chat) -> str:
    await customer.says("/new", "technical", "trainee", WRITTEN, "send")
    return customer.reference


async def test_osool_says_its_range_and_never_a_moment(osool: World) -> None:
    """OSL-5, OSL-6: the published range, from the request."""
    policy = shipped("osool")
    receipt, when_closed = policy.texts.receipt, policy.texts.receipt_when_closed
    assert receipt
    assert when_closed
    customer = chat(osool)
    becomes(osool, MONDAY, 10)
    reference = await files_with_osool(customer)
    assert receipt.in_("en").format(reference=reference) in customer.told
    assert "first reply" not in customer.told
    await customer.says(reference)
    assert (
        "The expected time for a reply is 24 to 48 hours from your request,"
        " by the priority of the problems and the order of the requests." in customer.told
    ), "no more than the receipt has promised"

    becomes(osool, MONDAY, 20)
    reference = await files_with_osool(customer)
    assert (
        when_closed.in_("en").format(reference=reference, opening="tomorrow at 09:00 (Riyadh time)")
        in customer.told
    )
    assert "24 to 48 hours from your request" in customer.told


async def test_osool_says_of_a_thursdays_evening_only_when_work_starts(osool: World) -> None:
    """OSL-5, OSL-6: nothing that was said has passed before that."""
    when_closed, customer = shipped("osool").texts.receipt_when_closed, chat(osool)
    assert when_closed
    becomes(osool, THURSDAY, 14, 30)
    reference = await files_with_osool(customer)
    assert (
        when_closed.in_("en").format(reference=reference, opening="on Sunday at 09:00 (Riyadh time)")
        in customer.told
    )
    assert "48" not in customer.told.replace(reference, "")
    await customer.says(reference)
    assert "Work on it starts on Sunday at 09:00 (Riyadh time)." in customer.told
    assert "48" not in customer.told.replace(reference, "")
    becomes(osool, SUNDAY - 1, 20)
    await customer.says(reference)
    assert "Work on it starts tomorrow at 09:00 (Riyadh time)." in customer.told
    assert "has passed" not in customer.told, "all that was said is when work starts"
    becomes(osool, SUNDAY, 9, 30)
    await customer.says(reference)
    assert "Work on it starts" not in customer.told
    becomes(osool, SUNDAY, 15)
    await customer.says(reference)
    assert "has passed" in customer.told


async def test_osools_range_in_arabic_and_russian(osool: World) -> None:
    """OSL-6."""
    for language, said in (
        ("ar", "المدة المتوقعة للرد من 24 إلى 48 ساعة من وقت الطلب، حسب أولوية المشاكل وأسبقية"),
        ("ru", "срок ответа — от 24 до 48 часов с момента обращения, в зависимости от приоритета"),
    ):
        customer = chat(osool, language)
        await customer.says(await files_with_osool(customer))

        assert said in customer.told


async def files_with_compusoft(customer: Chat, priority: str) -> str:
    await customer.says("/new", WRITTEN, priority, "send")
    return customer.reference


async def test_plain_hours_run_at_night_and_the_effect_is_provisional(compusoft: World) -> None:
    """CMP-1, CMP-2, CMP-4: the receipt has the number, the effect that the customer sees, and each moment."""
    customer = chat(compusoft)
    becomes(compusoft, MONDAY, 16)
    reference = await files_with_compusoft(customer, "high")
    assert f"Your ticket number is {reference}" in customer.told
    assert "Its importance, until we have looked at it: High." in customer.told
    assert "first reply by 20:00 today (Riyadh time)" in customer.told
    assert "solution by 00:00 tomorrow." in customer.told
    assert customer.told.count("Riyadh") == 1
    assert "closed" not in customer.told

    becomes(compusoft, MONDAY, 22)
    await files_with_compusoft(customer, "urgent")
    assert "first reply by 23:00 today" in customer.told
    assert "solution" not in customer.told
    assert "closed" not in customer.told  # a reply is promised before it opens again
    becomes(compusoft, THURSDAY, 18)
    await files_with_compusoft(customer, "low")
    assert "first reply by 06:00 tomorrow" in customer.told
    assert "solution by Tuesday 09:00" in customer.told


async def test_without_a_week_two_working_days_are_words(sqlite_url: str, tmp_path: Path) -> None:
    """CMP-16: no week is published, and none is known, so the customer reads the words and no date.

    Later they read from when on it counts.
    """
    async with world(sqlite_url, tmp_path, policy="compusoft") as desk:
        for language, said, since in (
            (
                "en",
                "a solution within 2 working days",
                " of your request, sent on Monday, 23 November at 10:00",
            ),
            ("ar", "خلال يومي عمل", " من وقت إرسال طلبك يوم الاثنين 23 نوفمبر الساعة 10:00 ص"),
            (
                "ru",
                "в течение 2 рабочих дней",
                " с момента обращения, отправленного в понедельник, 23 ноября в 10:00",
            ),
        ):
            desk.clock.becomes(datetime(2026, 11, MONDAY, 10, tzinfo=UTC))
            customer = chat(desk, language)
            reference = await files_with_compusoft(customer, "low")
            assert f"{said}." in customer.told
            desk.clock.becomes(datetime(2026, 11, MONDAY + 1, 9, tzinfo=UTC))
            await customer.says(reference)
            assert f"{since} (UTC)." in customer.told


async def test_a_promise_is_told_again_only_when_it_worsens(compusoft: World) -> None:
    """CMP-2: they hear of what is due later than they were last told, and of what holds no longer."""
    customer, agent = chat(compusoft), await compusoft.agent()
    becomes(compusoft, MONDAY, 10)
    case = Case(compusoft, customer.person, await files_with_compusoft(customer, "high"))
    later, void = (
        "needs longer than we said: you will have it",
        "that we named for a solution no longer holds.",
    )
    for priority, news in (
        (
            "low",
            [
                f"Our first reply {later} by Monday, 23 November, 22:00 (Riyadh time).",
                f"The solution {later} by Wednesday, 25 November, 10:00.",
            ],
        ),
        ("high", []),
        ("medium", [f"The time {void}"]),  # by 22:00 they were told
        ("low", ["You will have a solution by Wednesday, 25 November, 10:00 (Riyadh time)."]),
        ("medium", [f"The time {void}"]),
    ):
        seen = len(customer.heard)
        await case.answers(agent, "priority", priority=priority)
        told = "\n".join(customer.heard[seen:]).split("\n")
        assert [line for line in told if "longer" in line or "will have" in line] == news
    await customer.says(case.reference)
    assert "first reply by 18:00 today" in customer.told
    assert "solution" not in customer.told
    seen = len(customer.person.chat)
    await case.answers(agent, "priority", priority="low")  # what a status said is told, too
    assert f"Our first reply {later} by Monday, 23 November, 22:00 (Riyadh time)." in customer.told
    assert len(customer.person.chat) == seen + 1


@pytest.mark.parametrize("filed_before_this_was_kept", [False, True])
async def test_a_receipt_holds_though_its_moment_was_better_in_between(
    compusoft: World, filed_before_this_was_kept: bool
) -> None:
    """CMP-2: what an agent made sooner, and nobody was told, is not missed when it is as it was."""
    customer, agent = chat(compusoft), await compusoft.agent()
    becomes(compusoft, MONDAY, 10)
    case = Case(compusoft, customer.person, await files_with_compusoft(customer, "low"))
    assert "first reply by 22:00 today" in customer.told
    if filed_before_this_was_kept:
        await compusoft.app.store.do(lambda tx: tx.connection.execute(promised.delete()))
    for priority in ("high", "low"):
        await case.answers(agent, "priority", priority=priority)
    assert "Its priority is now: Low." in customer.told
    assert "longer" not in customer.told
    assert "will have" not in customer.told.partition("Its priority is now")[2]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "by Monday, 15 March, 16:00"),
        ("ar", "في موعد أقصاه يوم الاثنين 15 مارس الساعة 4:00 م"),
        ("ru", "до понедельника, 15 марта, 16:00"),
    ],
)
async def test_a_date_is_named_when_the_weekday_would_mislead(
    captain_mama: World, language: str, said: str
) -> None:
    """CAP-6: two weekends and Eid al-Fitr lie between Thursday and the fourth working day from then."""
    captain_mama.clock.ahead = datetime(2027, 3, 4, 16, tzinfo=RIYADH) - datetime.now(UTC)
    customer = chat(captain_mama, language)
    await files_with_captain_mama(customer)

    assert said in customer.told
