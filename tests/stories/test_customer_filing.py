"""Filing a ticket: asked what the policy needs, and nothing twice, with a way back and out desk."""

from pathlib import Path

from tests.customer_kit import WRITTEN, cards, chat, kinds_of_files, nothing_is_parked
from tests.desk_kit import Case
from tests.kit import World, living_in, street, world


async def test_a_ticket_is_filed_by_buttons_alone_but_for_the_words(desk: World) -> None:
    customer = chat(desk, phone="+966500000077")
    await customer.says("/start")
    for key in ("new", "technical", "website"):
        await customer.presses(key)
    await customer.says(WRITTEN)
    assert "High" in customer.told
    assert "Work has stopped and there is no way round it" in customer.told
    await customer.presses("high")
    await customer.person.taps("Share my number")
    await desk.settles()
    for line in (
        "Technical problem",
        "Where: Website",
        WRITTEN,
        "Importance: High",
        "Contact: +966500000077",
    ):
        assert line in customer.told
    await customer.presses("send")

    assert "We have received your request" in customer.told
    assert "A member of our team will answer you here" in customer.told
    card = await desk.card(customer.reference)
    assert "High" in card.text
    assert "+966500000077" in card.text


async def test_back_and_cancel_are_at_every_question(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new")
    assert customer.keys[-1] == "cancel"
    assert "back" not in customer.keys
    for answer in ("account", "me@mail.com", WRITTEN, "low"):
        await customer.says(answer)
        keyboard = [button.text for row in customer.person.keyboard or [] for button in row]
        ways = [*customer.buttons, *keyboard]
        assert {"Back", "Cancel"} <= set(ways)
    await customer.says("skip")
    assert customer.keys == ["send", "change", "back", "cancel"]
    await customer.presses("change")
    assert {"back", "cancel"} <= set(customer.keys)


async def test_back_at_the_first_question_is_no_part_of_the_request(desk: World) -> None:
    """There is nowhere to go back to: it is asked again, and the word is kept as nobody's text."""
    for language, back in (("en", "Back"), ("ru", "назад"), ("ar", "رجوع")):
        customer = chat(desk, language)
        await customer.says("/new")
        asked = customer.last.text
        for word in (back, "go back"):
            await customer.says(word)
            assert [message.text for message in customer.person.chat if message.from_bot][-1] == asked
            assert len(customer.heard) == 1
        await customer.says("1", "1", WRITTEN, "1", "skip")
        assert WRITTEN in customer.told
        assert f": {WRITTEN}\n" in customer.told


async def test_back_goes_through_all_questions_and_keeps_the_answers(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low", "skip")
    for words in ("may we reach you", "How serious", "What goes wrong", "Where does it", "What is it about"):
        await customer.says("back")
        assert words in customer.told
    await customer.says("question")

    assert "Kind of request: Question" in customer.told
    assert WRITTEN in customer.told


async def test_cancel_leaves_from_every_question(desk: World) -> None:
    customer = chat(desk)
    answers = ["/new", "technical", "website", WRITTEN, "low", "skip", "change"]
    for length in range(1, len(answers) + 1):
        await customer.says(*answers[:length], "/cancel")
        assert "Nothing was sent" in customer.told
        assert customer.keys[:1] == ["new"], customer.heard
    assert await cards(desk) == 0


async def test_any_answer_is_changed_before_sending(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low", "skip")
    for change, answer, line in (
        ("field.where", "app", "Where: Mobile app"),
        ("description", "The app closes by itself when I pay", "Description: The app closes by itself"),
        ("priority", "high", "Importance: High"),
        ("contact", "me@mail.com", "Contact: me@mail.com"),
    ):
        await customer.presses("change")
        await customer.presses(change)
        await customer.says(answer)
        assert line in customer.told
        assert customer.keys[0] == "send"
    assert WRITTEN not in customer.told


async def test_another_category_asks_for_what_it_needs_and_keeps_the_rest(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low", "skip", "change")
    await customer.presses("category")
    await customer.presses("account")
    assert "Which e-mail address" in customer.told
    await customer.says("me@mail.com")

    assert "Account e-mail: me@mail.com" in customer.told
    assert WRITTEN in customer.told
    assert "Where:" not in customer.told


async def test_going_back_from_a_change_changes_nothing(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "low", "skip", "change")
    await customer.presses("description")
    assert "replaces what you wrote" in customer.told
    await customer.says("back", "back")

    assert WRITTEN in customer.told
    await customer.says("send")
    assert WRITTEN in await desk.thread(customer.reference)


async def test_a_thin_description_is_asked_about_once(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question", "help me")
    assert "A few more details" in customer.told
    await customer.says("please")
    assert "How serious" in customer.told
    await customer.says("low", "skip")

    assert "help me\nplease" in customer.told


async def test_who_has_no_more_to_say_says_so(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question", "help me")
    await customer.presses("enough")

    assert "How serious" in customer.told
    for said in ("1", "no, thank you", "Nothing else"):
        another = chat(desk)
        await another.says("/new", "question", "help me", said, "low", "skip")
        assert said not in another.told
    for detail in ("2", "٣", "404"):
        another = chat(desk)
        await another.says("/new", "question", "help me", detail, "low", "skip")
        assert f"help me\n{detail}" in another.told


async def test_a_description_that_an_edit_makes_long_enough_is_not_asked_for_again(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question")
    mine = await customer.says("help me")
    await customer.edits(mine, "My account is locked since I have a new telephone")

    assert "We have noted your change.\n\nHow serious" in customer.told
    await customer.says("low", "skip")
    assert "Description: My account is locked since" in customer.told


async def test_what_was_written_before_is_not_asked_again(desk: World) -> None:
    customer = chat(desk)
    await customer.says(WRITTEN, "Since 9 o'clock")
    await customer.presses("file")
    await customer.says("technical", "website")
    assert "How serious" in customer.told
    await customer.says("low", "skip")

    assert f"{WRITTEN}\nSince 9 o'clock" in customer.told


async def test_thin_words_from_before_are_asked_about_once(desk: World) -> None:
    customer = chat(desk)
    await customer.says("help me")
    await customer.presses("file")
    await customer.says("question")
    assert "A few more details" in customer.told
    await customer.says("I would like to know your prices", "low", "skip")

    assert "help me\nI would like to know your prices" in customer.told


async def test_a_new_request_may_be_described_behind_the_command(desk: World) -> None:
    customer = chat(desk)
    await customer.says(f"/new {WRITTEN}", "technical", "website")

    assert "How serious" in customer.told


async def test_words_at_a_question_with_buttons_are_kept(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "It happens since the last update of the site")
    assert "We have kept what you sent" in customer.told
    assert "Where does it happen?" in customer.told
    await customer.says("website")
    assert "How serious" in customer.told
    await customer.says("Only in the evening", "low", "skip", "send")

    thread = await desk.thread(customer.reference)
    assert "since the last update of the site\nOnly in the evening" in thread


async def test_two_messages_in_a_row_are_both_part_of_the_description(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    await customer.person.says("The site has been down since the morning")
    await customer.person.says("and the app is very slow as well")
    await desk.settles()
    await customer.says("low", "skip", "send")

    thread = await desk.thread(customer.reference)
    assert "since the morning\nand the app is very slow as well" in thread


async def test_files_in_the_middle_are_kept(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new")
    await customer.sends("photo")
    assert "We have kept what you sent" in customer.told
    await customer.says("account")
    await customer.sends("document", name="error.log")
    assert "We have kept what you sent" in customer.told
    assert "Please answer this in words" in customer.told
    await customer.sends("voice", caption="me@mail.com")
    await customer.says(WRITTEN, "low", "skip")
    assert "Photo\nDocument: error.log\nVoice message" in customer.told
    await customer.says("send")

    thread = await desk.thread(customer.reference)
    assert "error.log" in thread
    assert await kinds_of_files(desk) == ["document", "photo", "voice"]


async def test_a_photo_is_description_enough(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    await customer.sends("photo", caption="look")

    assert "How serious" in customer.told


async def test_an_album_is_one_answer(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    await customer.sends_album("photo", "photo", "photo", "photo")

    assert len(customer.heard) == 1
    assert "How serious" in customer.told
    await customer.says("low", "skip", "send")
    assert await kinds_of_files(desk) == ["photo"] * 4
    assert (await desk.thread(customer.reference)).count("Photo") == 4


async def test_an_album_is_all_in_the_summary(captain_mama: World) -> None:
    customer = chat(captain_mama)
    await customer.says("/new", "complaint", "none", "me@mail.com")
    await customer.sends_album("photo", "video", "photo")

    assert len(customer.heard) == 1
    assert "Description: Photo\nVideo: video.mp4\nPhoto" in customer.told


async def test_pressing_twice_files_once(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question", WRITTEN, "low", "skip")
    summary = customer.last
    send = next(button.data for row in summary.buttons for button in row if button.data.endswith(":send"))
    await customer.person.presses_data(summary, send)
    await customer.person.presses_data(summary, send)
    await desk.settles()

    assert await cards(desk) == 1
    await customer.person.sees_toast("We have received your request. Its number is")
    assert await nothing_is_parked(desk)


async def test_sending_twice_in_words_is_answered_as_done(sqlite_url: str, tmp_path: Path) -> None:
    """Beside another ticket, too; whatever is said after that is words, and so is the word itself then."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        for text, how in ((WRITTEN, "Send"), ("The invoice of last month is wrong", "отправить")):
            reference = await desk.files_in_talk(customer.person, text)
            await desk.settles()
            for again in (how, "1", how):
                await customer.says(again)
                assert customer.heard == [f"We have received your request. Its number is {reference}."]
        assert how not in await desk.thread(reference)
        await customer.says("It is still so", how)
        assert "Which request is this about?" in customer.told
        await customer.says(reference)
        assert how in await desk.thread(reference)
        agent, reference = await desk.agent(), await customer.files("I cannot change my own address there")
        desk.clock.goes(seconds=7)
        await agent.uses("file_ticket")
        await desk.slack.until(lambda: agent.dialog)
        await agent.submits({"customer": reference, "category": "question"})
        await agent.submits({"text": "They called: how do I pay?", "priority": "low"})
        await customer.person.sees("Our team has filed this request for you")
        await customer.says("send")
        assert customer.heard == [f"We have received your request. Its number is {reference}."]
        await customer.says("/cancel", reference, "yes", "send")
        assert customer.told.startswith(f"Request {reference}: cancelled")
        await desk.files_in_talk(customer.person, "I cannot change my own password there")
        desk.clock.goes(minutes=11)
        await customer.says("send")
        assert customer.told == "Which request is this about?"


async def test_what_answers_an_agent_is_not_taken_for_sent_twice(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer, agent = chat(desk), await desk.agent()
        case = Case(desk, customer.person, await customer.files("I cannot sign in to the website"))
        await case.clicks(agent, "claim")
        await customer.says("/new", "technical", "website", WRITTEN, "low", "skip")
        await case.answers(agent, "ask", "How many devices are there?")
        desk.clock.goes(seconds=40)
        await customer.presses("send")
        desk.clock.goes(seconds=40)
        await customer.says("1")
        assert "Which request is this about?" in customer.told
        await customer.presses(case.reference.replace("-", ""))
        assert (await case.thread()).endswith("The customer wrote:\n1")
        assert "· Open" in (await case.card()).text


async def test_the_contact_keyboard_goes_when_it_is_not_needed_any_more(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question", WRITTEN, "low")
    assert customer.person.keyboard
    await customer.says("Skip")
    assert not customer.person.keyboard
    await customer.says("back")
    assert customer.person.keyboard
    await customer.says("/cancel")
    assert not customer.person.keyboard
    assert len(customer.heard) == 2, "one tick, and no more of them"


async def test_it_goes_after_a_restart_too_and_stays_while_its_question_is_open(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Whoever asked may be gone by the time of the answer: what was asked is known by whoever hears it."""
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place) as before:
            await place.listens()
            customer, agent = chat(before), await before.agent()
            case = Case(before, customer.person, await customer.files())
            await case.clicks(agent, "claim")
            await customer.says("/new", "question", WRITTEN, "low")
            await case.says(agent, "We are on it.")
            assert customer.person.keyboard, "what an agent says meanwhile is no answer to it"
            await customer.says("It is still so", reply_to=customer.last)
            assert customer.heard == [f"Added to your request {case.reference}."]
            assert customer.person.keyboard
            await customer.says("/status")
            assert not customer.person.keyboard
            await customer.says("/new", "on")
            kept = customer.person.keyboard
            assert kept
        async with living_in(place) as after:
            await place.listens()
            customer.world = after
            await customer.says("Skip")
            assert not customer.person.keyboard
            assert customer.heard[0] == "✓"
            await customer.says("send", "/help")
            assert "✓" not in customer.told
            customer.person.keyboard = kept
            await customer.person.taps("Share my number")
            await after.settles()
            assert not customer.person.keyboard, "one from long ago that is used goes as well"


async def test_somebody_elses_contact_is_refused_and_a_typed_one_taken(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "question", WRITTEN, "low")
    await customer.shares_contact(phone="+79990001122", own=False, name="a friend")
    assert "somebody else's contact" in customer.told
    await customer.says("call me")
    assert "neither like a phone number nor an e-mail" in customer.told
    await customer.sends("photo")
    assert customer.told.startswith("We have kept what you sent. Please answer this in words.")
    await customer.says("٠٠٩٦٦ ٥٠ ٠٠٠ ٠٠٧٧")

    assert "Contact: +966500000077" in customer.told


async def test_a_few_words_where_an_address_is_asked_for_are_kept_as_well(desk: World) -> None:
    """People who are locked out say so in two words or three, above all in Russian and in Arabic."""
    for language, short, alone, beside, described in (
        ("en", "I'm locked out", "urgent!", "cannot sign in", "The page says that I am unknown"),
        ("ru", "не пускает", "помогите", "не могу войти", "Страница пишет, что меня не знает"),
        ("ar", "الحساب لا يفتح", "ساعدوني", "لا يفتح", "تقول الصفحة إنها لا تعرفني"),
    ):
        customer = chat(desk, language)
        await customer.says("/new", "account")
        await customer.says("ann.mail.com")
        slip = customer.told
        kept = {"en": "We have kept", "ru": "Мы сохранили", "ar": "حفظنا"}[language]
        for said in (short, alone):
            await customer.says(said)
            assert customer.told.startswith(kept)
            assert customer.told.endswith(slip), "what may be a slip in the address is not kept"
        await customer.says(f"a@b.com {beside}", described, "low")
        await customer.says("skip")
        assert [words for words in (short, alone, beside, described) if words not in customer.told] == []
        assert "ann.mail.com" not in customer.told
        await customer.says("send")
        assert short in await desk.thread(customer.reference)


async def test_words_that_only_name_the_address_are_not_kept(desk: World) -> None:
    for naming in ("My e-mail is a@b.com", "Моя почта: a@b.com", "بريدي الإلكتروني هو a@b.com"):
        customer = chat(desk)
        await customer.says("/new", "account", naming, "The page says that I am unknown", "low", "skip")
        assert "Account e-mail: a@b.com\n" in customer.told
        assert naming not in customer.told
