"""Captain Mama's published policy, clause by clause, in the customer's chat."""

from bot.core.text import plain
from bot.policies import shipped
from tests.customer_kit import chat, nothing_is_parked, resolved
from tests.kit import DEPARTMENT, SUPPORT, World

POLICY = shipped("captain-mama")
FIRST_REPLY = {
    "ar": "الرد الأولي خلال 24 ساعة عمل",
    "ru": "24 рабочих часов",
    "en": "within 24 working hours",
}
ASKED = "لا أستطيع تسجيل الدخول إلى حسابي منذ صباح اليوم"


async def test_cap_2_all_kinds_of_requests_are_offered_by_their_titles(captain_mama: World) -> None:
    customer = chat(captain_mama, "ar")
    await customer.says("/new")

    assert customer.keys == ["account", "access", "certificate", "complaint", "suggestion", "cancel"]
    assert customer.buttons[:-1] == [category.title.in_("ar") for category in POLICY.categories]


async def test_cap_2_a_certificate_asks_whether_the_requirements_are_met(captain_mama: World) -> None:
    for language, yes in (("ar", "نعم"), ("ru", "да"), ("en", "yes")):
        customer = chat(captain_mama, language)
        field = POLICY.field("requirements")
        assert field
        assert field.hint
        await customer.says("/new", "شهادتي", "الملاحة الجوية")
        assert field.question.in_(language) in customer.told
        assert field.hint.in_(language) in customer.told
        await customer.says(yes, "me@mail.com", "أحتاج إلى شهادة الحضور باسمي الكامل")

        assert f"{field.title.in_(language)}: " in customer.told


async def test_cap_2_no_other_kind_asks_about_requirements(captain_mama: World) -> None:
    for category in ("account", "access", "complaint", "suggestion"):
        customer = chat(captain_mama, "ar")
        await customer.says("/new", category, "none", "me@mail.com", ASKED)

        assert customer.keys[0] == "send"


async def test_cap_3_kind_course_and_registered_mail_are_stated(captain_mama: World) -> None:
    customer = chat(captain_mama, "ar")
    await customer.says("/new", "نسيت كلمة المرور")
    assert "ما اسم الدورة أو الورشة؟" in customer.told
    assert customer.buttons[0] == "لا تخص دورة بعينها"
    await customer.says("لا تخص دورة بعينها")
    assert "ما البريد الإلكتروني المسجل في حسابك؟" in customer.told
    await customer.says("بريدي معروف لديكم")
    assert "name@mail.com" in customer.told
    await customer.says("Mama@Example.org", ASKED)
    for line in (
        POLICY.categories[0].title.in_("ar"),
        "الدورة أو الورشة: لا تخص دورة بعينها",
        "البريد المسجل في الحساب: Mama@example.org",
        ASKED,
    ):
        assert line in customer.told
    await customer.says("send")

    card = await captain_mama.card(customer.reference)
    for line in ("Activation or password", "No course in particular", "Mama@example.org"):
        assert line in card.text


async def test_cap_3_a_course_is_given_by_its_name(captain_mama: World) -> None:
    customer = chat(captain_mama, "ru")
    await customer.says("/new", "урок", "Первый полёт", "me@mail.com", "Занятие не открывается второй день")

    assert "Курс или мастер-класс: Первый полёт" in customer.told


async def test_cap_4_the_receipt_comes_at_once_in_the_customers_language(
    captain_mama: World,
) -> None:
    for language, first_reply in FIRST_REPLY.items():
        customer = chat(captain_mama, language)
        await customer.says("/new", "access", "none", "me@mail.com", ASKED, "send")

        [receipt] = customer.heard
        own = POLICY.receipt("access")
        assert own
        assert receipt.startswith(own.in_(language).format(reference=customer.reference))
        assert first_reply in receipt


async def test_cap_5_a_suggestion_goes_to_the_department_and_promises_nothing(
    captain_mama: World,
) -> None:
    for language in ("ar", "ru", "en"):
        customer = chat(captain_mama, language)
        await customer.says("/new", "فكرة", "none", "me@mail.com", "أقترح إضافة ورش مسائية للأمهات", "send")
        reference = customer.reference
        suggestion = POLICY.category("suggestion")
        assert suggestion
        assert suggestion.receipt

        assert suggestion.receipt.in_(language).format(reference=reference) in customer.told
        assert "24" not in customer.told.replace(reference, "")
        await captain_mama.card(reference, DEPARTMENT)
        assert captain_mama.slack.messages(SUPPORT) == []


async def test_cap_14_nothing_that_the_policy_is_silent_about_is_asked(captain_mama: World) -> None:
    assert POLICY.priorities == ()
    assert POLICY.resolved.reopen_within is None
    assert POLICY.survey is None
    assert POLICY.contact.ask == "none"
    customer = chat(captain_mama, "en")
    await customer.says("/new", "access", "none", "me@mail.com", ASKED)

    assert customer.keys[0] == "send"
    assert "Importance" not in customer.told
    assert "Contact" not in customer.told
    await customer.says("send")
    assert "Priority" not in (await captain_mama.card(customer.reference)).text


async def test_requests_without_a_title_are_known_by_what_they_are_about_and_how_they_begin(
    captain_mama: World,
) -> None:
    """CAP-14 asks for no title: a button with a bare number would tell nobody which request it is."""
    customer = chat(captain_mama, "ar")
    references = []
    for category, words in (("access", ASKED), ("suggestion", "Workshops in the evening,\nplease: " * 3)):
        await customer.says("/new", category, "none", "me@mail.com", words, "send")
        references.append(customer.reference)
    about = {category.key: category.title.in_("ar") for category in POLICY.categories}
    begins = "Workshops in the evening, please: Workshops in the evening,…"
    told = ((references[0], about["access"], ASKED), (references[1], about["suggestion"], begins))
    known = [" · ".join(f"\u2068{part}\u2069" for part in parts) for parts in told]

    for said in ("وما زال الأمر كما هو منذ أمس", "/cancel"):
        await customer.says(said)
        titles = [button.text for row in customer.last.buttons for button in row]
        assert sorted(titles[:2]) == sorted(known)
        await customer.says("/cancel")
        await customer.says("/start")


async def test_cap_14_the_desks_own_window_and_survey_are_used(captain_mama: World) -> None:
    """`[defaults]`: 72 hours, and the one question of the desk."""
    customer = chat(captain_mama, "en")
    await customer.says("/new", "access", "none", "me@mail.com", ASKED, "send")
    reference = customer.reference
    solution = await resolved(captain_mama, customer, reference)
    await customer.presses("solved", solution)
    assert "from 1 (not at all) to 5 (very)" in customer.told
    await customer.presses("5")
    await customer.presses("skip")
    captain_mama.clock.goes(hours=71)
    await customer.says("It is back", reply_to=solution)
    assert f"Your request {reference} is open again" in customer.told

    again = await resolved(captain_mama, customer, reference, "Mended for good.")
    captain_mama.clock.goes(hours=73)
    await customer.says("It is back once more", reply_to=again)
    assert "too late to reopen" in customer.told
    assert await nothing_is_parked(captain_mama)


async def test_cap_1_help_lists_the_published_addresses(captain_mama: World) -> None:
    for language in ("ar", "ru", "en"):
        customer = chat(captain_mama, language)
        await customer.says("/help")
        for way in POLICY.elsewhere:
            assert way.note.in_(language) in customer.told
            assert (way.address or "") in customer.told


async def test_titles_typed_without_accents_or_case_are_known(captain_mama: World) -> None:
    for category in POLICY.categories:
        for title in category.title.root.values():
            customer = chat(captain_mama, "ru")
            await customer.says("/new", plain(title).upper())
            assert "Как называется курс" in customer.told
