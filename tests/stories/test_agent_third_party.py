"""A third party is engaged: on record, and where the policy wants it, not before the customer agrees."""

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, bare
from tests.kit import World


async def a_case_of(world: World, language: str, *answers: str) -> tuple[Case, Chat]:
    customer, agent = chat(world, language), await world.agent()
    await customer.says("/new", *answers, "send")
    case = Case(world, customer.person, customer.reference)
    await case.clicks(agent, "claim")
    return case, customer


async def of_compusoft(world: World) -> tuple[Case, Chat]:
    return await a_case_of(world, "ar", "النظام لا يحفظ الفواتير منذ صباح اليوم", "low")


async def test_nothing_is_shared_before_the_customer_agrees(compusoft: World) -> None:
    """CMP-10: no sharing without explicit consent; the answer is given once, and stays on record."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    dialog = await case.opens(agent, "engage")
    assert "Nothing is shared before the customer agrees" in dialog.text
    await case.sends(agent, "لفحص الخادم", who="شركة الاستضافة")

    told = bare(customer.last.text)
    assert "نودّ إشراك الجهة التالية: شركة الاستضافة" in told
    assert "الغرض: لفحص الخادم" in told
    assert "asks the customer whether a third party may be engaged:\nشركة الاستضافة: لفحص الخادم" in (
        await case.thread()
    )
    question = customer.last
    await customer.says("لا")
    assert "لن يُشارَك أي شيء من طلبك" in bare(customer.told)
    assert "nothing may be shared with the third party.\n@U0AGENT" in await case.thread()
    await customer.presses("share", at=question)
    assert (await case.facts())[-1] == "sharing_refused customer", "an answered question stays answered"

    await case.answers(agent, "engage", "لفحص الخادم مرة واحدة", who="شركة الاستضافة")
    await customer.presses("share", at=question)
    assert "engaged customer" not in await case.facts(), "the button of the first question is over"
    await customer.presses("share")
    assert "لن نشارك إلا ما يلزم" in bare(customer.told)
    assert "The customer agrees that the third party is engaged.\n@U0AGENT" in await case.thread()
    assert (await case.facts())[-1] == "engaged customer"


async def test_a_yes_after_another_question_is_no_consent(compusoft: World) -> None:
    """CMP-10: consent is explicit: a bare yes is one only where nothing else was asked since."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    for asking in ("/status", "/language", "/help"):
        await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
        await customer.says(asking, "نعم")
        assert "engaged customer" not in await case.facts()
        assert (await case.thread()).endswith("نعم")
    await customer.says("/new", "الطابعة لا تعمل مع النظام منذ أمس", "low", "send")
    other = Case(compusoft, customer.person, customer.reference)
    await other.clicks(agent, "claim")
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    question = customer.last
    await other.answers(agent, "ask", "هل أعدت تشغيل الطابعة؟")

    await customer.says("نعم")

    assert "engaged customer" not in await case.facts()
    await customer.presses(other.reference.replace("-", ""))
    assert "نعم" in await other.thread()
    await customer.presses("share", at=question)
    assert (await case.facts())[-1] == "engaged customer"


async def test_a_yes_that_is_placed_on_the_request_is_consent(compusoft: World) -> None:
    """CMP-10: by the answer which request it is about, or by a reply; never one to something older."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    await case.says(agent, "هل الخادم يعمل؟")
    older = customer.last
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    question = customer.last
    await customer.says("نعم", reply_to=older)
    assert "engaged customer" not in await case.facts()
    await customer.says("لا", reply_to=question)
    assert (await case.facts())[-1] == "sharing_refused customer"

    await customer.says("/new")
    await case.answers(agent, "engage", "لفحص الخادم مرة واحدة", who="شركة الاستضافة")
    await customer.says("نعم")
    await customer.presses(case.reference.replace("-", ""))
    assert "engaged customer" in await case.facts()
    assert "لن نشارك إلا ما يلزم" in bare(customer.told)


async def test_where_the_law_requires_it_its_ground_is_recorded(compusoft: World) -> None:
    """CMP-10: "except where the law requires it": nobody is asked, and the ground stays on record."""
    case, customer = await of_compusoft(compusoft)
    agent, said = await compusoft.agent(), len(customer.person.chat)
    await case.opens(agent, "engage")
    await case.sends(agent, " ", who="The regulator", ground="law")
    assert agent.dialog
    assert agent.dialog.errors == {"text": "Please write a few words."}

    await case.sends(agent, "Article 7 of the law on data", who="The regulator", ground="law")

    assert "as the law requires:\nThe regulator: Article 7 of the law on data" in await case.thread()
    assert "engaged agent:U0AGENT" in await case.facts()
    assert len(customer.person.chat) == said


async def test_the_right_to_engage_is_used_without_a_question_and_recorded(e_doc: World) -> None:
    """EDC-12: the service has the right to engage third parties; who was engaged stays on record."""
    question = "Как подписать договор в личном кабинете портала?"
    case, customer = await a_case_of(e_doc, "ru", "consultation", "guest", "withheld", "none", question)
    agent, said = await e_doc.agent(), len(customer.person.chat)
    dialog = await case.opens(agent, "engage")
    assert "ground" not in dialog.fields

    await case.sends(agent, "Проверка подписи", who="Удостоверяющий центр")

    assert "engages a third party:\nУдостоверяющий центр: Проверка подписи" in await case.thread()
    assert "engaged agent:U0AGENT" in await case.facts()
    assert len(customer.person.chat) == said


async def test_a_policy_that_is_silent_offers_no_third_party(desk: World) -> None:
    """CAP-11: data is used for support only; where nothing is stated, nothing is shared."""
    customer = chat(desk)
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await case.clicks(agent, "claim")

    assert "Third party" not in (await case.card()).choices


async def test_the_button_of_the_question_leaves_words_that_wait_for_their_request(compusoft: World) -> None:
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    await customer.says("/new", "الطابعة لا تعمل مع النظام منذ أمس", "low", "send")
    other = Case(compusoft, customer.person, customer.reference)
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    await customer.says("الطابعة تعمل الآن ببطء شديد")
    assert "بشأن أي طلب هذه الرسالة؟" in customer.told

    await customer.presses("share")

    assert (await case.facts())[-1] == "engaged customer"
    assert "لن نشارك إلا ما يلزم" in bare(customer.heard[0])
    assert "بشأن أي طلب هذه الرسالة؟" in customer.heard[1]
    await customer.presses(other.reference.replace("-", ""))
    assert "الطابعة تعمل الآن ببطء شديد" in await other.thread()


async def test_consent_that_is_changed_into_anything_else_no_longer_holds(compusoft: World) -> None:
    """CMP-10: consent is explicit as long as it stands; none is ever taken from a change."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    yes = await customer.says("نعم")
    await customer.edits(yes, "نعم من فضلكم")
    assert (await case.facts())[-1] == "customer_edited customer", "it still is a yes"

    await customer.edits(yes, "لا، لست موافقًا")
    assert "موافقتك لم تعد سارية" in bare(customer.told)
    assert "the consent no longer holds, and nothing more may be shared" in await case.thread()
    assert (await case.thread()).endswith("please ask them again.\n@U0AGENT")
    assert (await case.facts())[-1] == "sharing_refused customer"

    await customer.edits(yes, "نعم")
    assert "يبقى رفضك ساريًا" in bare(customer.told)
    assert "until they have been asked again and agree.\n@U0AGENT" in await case.thread()
    assert (await case.facts())[-1] == "customer_edited customer"
    await case.answers(agent, "engage", "لفحص الخادم مرة واحدة", who="شركة الاستضافة")
    await customer.presses("share")
    assert (await case.facts())[-1] == "engaged customer"
    await customer.edits(yes, "لا")
    assert (await case.facts())[-2:] == ["engaged customer", "customer_edited customer"], (
        "what was answered since by a button holds"
    )
    assert customer.heard == []


async def test_consent_on_a_request_that_was_merged_away_is_taken_back_as_well(compusoft: World) -> None:
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    yes = await customer.says("نعم")
    await customer.says("/new", "الطابعة لا تعمل مع النظام منذ أمس", "low", "send")
    other = Case(compusoft, customer.person, customer.reference)
    await other.clicks(agent, "claim")
    await case.answers(agent, "merge", reference=other.reference)

    await customer.edits(yes, "لا، لست موافقًا")

    assert "موافقتك لم تعد سارية" in bare(customer.told)
    assert other.reference in bare(customer.told)
    assert (await other.thread()).endswith("please ask them again.\n@U0AGENT")
    assert (await case.facts())[-1] == "sharing_refused customer"


async def test_a_reply_to_the_question_that_was_asked_once_more_is_consent(compusoft: World) -> None:
    """CMP-10: it names what it answers, whatever is being asked by then; never what was asked before that."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    await customer.says("ok")
    older = customer.last
    await customer.presses("share-not")
    await case.answers(agent, "engage", "لفحص الخادم مرة واحدة", who="شركة الاستضافة")
    await customer.says("نعم", reply_to=older)
    assert "engaged customer" not in await case.facts()

    await customer.says("ok")
    again = customer.last
    await customer.says("/new")
    await customer.says("نعم", reply_to=again)

    assert (await case.facts())[-1] == "engaged customer"
    assert "لن نشارك إلا ما يلزم" in bare(customer.told)


async def test_a_mere_ok_is_no_consent_and_the_question_is_asked_once_more(compusoft: World) -> None:
    """CMP-10: whoever says "ok" hears that a yes is needed; "I agree" is one in every language."""
    case, customer = await of_compusoft(compusoft)
    agent = await compusoft.agent()
    for vague, refuses in (("تمام", "غير موافق"), ("ok", "no, I do not agree"), ("ок", "не согласна")):
        await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
        await customer.says(vague)
        assert "نعم أو لا" in bare(customer.told)
        assert customer.buttons == ["نعم", "لا"]
        assert vague in await case.thread()
        await customer.says(refuses)
        assert (await case.facts())[-1] == "sharing_refused customer"
    for agrees in ("موافق", "I agree", "согласен"):
        await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
        await customer.says("ok")
        await customer.says(agrees)
        assert (await case.facts())[-1] == "engaged customer"
    await case.answers(agent, "engage", "لفحص الخادم", who="شركة الاستضافة")
    await customer.says("ok")
    await customer.presses("share")
    assert (await case.facts())[-1] == "engaged customer"
