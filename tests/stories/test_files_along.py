"""Files go where their ticket goes on, once, with the same bytes and names; one may go without the others."""

from pathlib import Path
from typing import Any

from bot import premises
from bot.errands import Terms
from bot.files import FileTerms
from bot.tuning import Tuning
from tests.customer_kit import Chat
from tests.desk_kit import WRITTEN, Case, a_desk, acts, bare
from tests.kit import AT_ONCE, BILLING, SUPERVISION, SUPPORT, World, world
from tests.stories.conftest import monday

FALLBACK = "C0FALLBACK"
EAGER = Tuning(
    AT_ONCE,
    delivery=Terms(first_pause=0.1, not_yet=0.3, poll=0.1),
    files=FileTerms(first_pause=0.05, longest_pause=0.2, poll=0.05),
    tick=0,
)
ARABIC = "تقرير المبيعات.pdf"
PDF, OURS = b"%PDF-1.7 theirs", b"%PDF-1.7 ours"

Files = list[list[tuple[str, bytes | None]]]


async def posted(world: World, channel: str) -> Files:
    """Name and bytes of what the app itself posted in a channel's threads, post by post."""
    await world.settles()
    replies = [reply.raw for message in world.slack.messages(channel) for reply in message.thread]
    own = [raw for raw in replies if raw.get("files") and raw.get("user") == world.slack.bot_user]
    return [[(file["name"], world.slack.file(file["id"])) for file in raw["files"]] for raw in own]


def posted_in(world: World, channel: str) -> bool:
    return any(reply.raw.get("files") for card in world.slack.messages(channel) for reply in card.thread)


def privately(world: World, agent: Any) -> Files:
    shown = [whisper.raw["files"] for whisper in agent.whispers if whisper.raw.get("files")]
    return [[(file["name"], world.slack.file(file["id"])) for file in files] for files in shown]


def names(found: Files) -> list[list[str]]:
    return [[name for name, _content in post] for post in found]


def flat(found: Files) -> list[str]:
    return [name for post in names(found) for name in post]


async def a_claimed_case(world: World) -> tuple[Chat, Case, Any]:
    chat = Chat(world, world.customer("en"))
    case, agent = Case(world, chat.person, await chat.files(WRITTEN)), await world.agent()
    await case.clicks(agent, "claim")
    return chat, case, agent


async def redacts(case: Case, agent: Any, beginning: str) -> None:
    """Take away the words that begin like this, or the last of such."""
    dialog = await case.opens(agent, "redact")
    [*_others, last] = [
        key for key, title in dialog.fields["words"].picks.items() if beginning in bare(title)
    ]
    await case.sends(agent, words=last)
    await case.sends(agent)
    await agent.dismisses()
    await case.world.settles()


async def test_files_go_to_the_other_queue_with_their_bytes_and_names(desk: World) -> None:
    """OSL-4: with the history, so that whoever works it there has what was sent."""
    chat, case, agent = await a_claimed_case(desk)
    await desk.agent("U0BILL", "bill", joins=(BILLING,))
    await chat.sends_album("photo", "document", caption="Two pages")
    await chat.sends("document", name=ARABIC, content=PDF, caption="The report")
    await chat.sends("document", name="wrong.pdf", content=PDF, caption="To be redacted")
    await redacts(case, agent, "To be redacted")
    await agent.sends(await case.card(), "ours.pdf", OURS, mime="application/pdf", text="See ours")
    await agent.sends(await case.card(), "inside.pdf", OURS, mime="application/pdf", text=";; Do not tell")
    before = await posted(desk, SUPPORT)
    assert names(before) == [["photo.jpg", "document.pdf"], [ARABIC]]
    for kind in ("voice", "audio"):  # an album whose last part may still come is not posted yet
        await chat.sends(kind, group="on its way", content=kind.encode())

    await case.answers(agent, "transfer", queue="billing")

    under_way = [("voice.ogg", b"voice"), ("audio.mp3", b"audio")]
    assert await posted(desk, BILLING) == [[*before[0], (ARABIC, PDF), ("ours.pdf", OURS), *under_way]]
    told = bare(await desk.thread(case.reference, BILLING))
    assert "inside.pdf\nThis file is only where the note was written." in told
    assert "wrong.pdf" not in told
    await desk.passes(minutes=5)
    await chat.sends("document", name="later.pdf", content=PDF)
    assert names(await posted(desk, BILLING))[1:] == [["later.pdf"]]
    assert await posted(desk, SUPPORT) == before


async def test_files_go_to_the_fallback_once_and_only_new_ones_come_home(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, fallback=FALLBACK) as desk:
        chat, case, agent = await a_claimed_case(desk)
        await agent.joins(FALLBACK)
        await chat.sends_album("photo", "document", caption="Two pages")
        await agent.sends(await case.card(), "ours.pdf", OURS, mime="application/pdf", text="See ours")
        before = await posted(desk, SUPPORT)
        desk.clock.goes(minutes=5)

        desk.slack.archive(SUPPORT)
        await chat.sends("document", name="late.pdf", content=PDF, caption="Just then")
        await premises.look(desk.app)
        assert flat(await posted(desk, FALLBACK)) == ["photo.jpg", "document.pdf", "ours.pdf", "late.pdf"]
        desk.clock.goes(minutes=5)
        await chat.sends("document", name="new.pdf", content=PDF)
        assert flat(await posted(desk, FALLBACK))[4:] == ["new.pdf"]
        desk.clock.goes(minutes=5)
        desk.slack.archive(SUPPORT, archived=False)
        await premises.look(desk.app)
        assert names((await posted(desk, SUPPORT))[len(before) :]) == [["late.pdf", "new.pdf"]]
        assert len(flat(await posted(desk, FALLBACK))) == 5


async def test_files_go_to_the_ticket_that_stays(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        chat, case, agent = await a_claimed_case(desk)
        await agent.joins(BILLING)
        await chat.sends("document", name=ARABIC, content=PDF, caption="The report")
        desk.telegram.faults.fail("getFile", times=1)
        mine = await chat.person.sends("document", name="lost.txt", content=PDF)
        await desk.telegram.until(lambda: desk.telegram.calls["getFile"] > 1)
        desk.telegram.lose(mine.raw["document"]["file_id"])
        await chat.person.sees("We could not receive this from you", timeout=15)
        await chat.says(
            "/new", "billing", "skip", "I was charged twice for one thing", "normal", "skip", "send"
        )
        other = chat.reference

        await case.answers(agent, "merge", reference=other)

        assert await posted(desk, BILLING) == [[(ARABIC, PDF)]]
        told = bare(await desk.thread(other, BILLING))
        assert "lost.txt\nThis file is not here: it could not be fetched." in told


async def test_one_of_several_is_redacted_and_the_others_stay(desk: World) -> None:
    chat, case, agent = await a_claimed_case(desk)
    await chat.sends_album("photo", "document", "voice", caption="My passport")
    await chat.sends("document", name="other.pdf", content=PDF, caption="Another one")
    [[_photo, *others], other] = await posted(desk, SUPPORT)

    await redacts(case, agent, "My passport")

    assert await posted(desk, SUPPORT) == [other, others]
    told = bare(await case.thread())
    assert "My passport" not in told
    assert "Document" in told
    await redacts(case, agent, "(a file without words)")
    assert [len(post) for post in await posted(desk, SUPPORT)] == [1, 1]

    await agent.joins(BILLING)
    await case.answers(agent, "transfer", queue="billing")
    there = Case(desk, chat.person, case.reference, BILLING)
    await there.clicks(agent, "claim")
    [[*both]] = await posted(desk, BILLING)
    assert other[0] in both
    await redacts(there, agent, "Another one")
    assert await posted(desk, BILLING) == [[one for one in both if one != other[0]]]
    assert bare(await there.thread()).count("What was said so far:") == 1

    desk.telegram.faults.fail("getFile", times=None, after=1)
    await chat.person.sends("document", group="late", name="here.pdf", content=PDF)
    await chat.sends("photo", group="late", caption="Still on its way")
    await desk.passes(seconds=3)
    assert len(await posted(desk, BILLING)) == 1
    await redacts(there, agent, "Still on its way")
    assert names(await posted(desk, BILLING))[1:] == [["here.pdf"]], "nobody waits for the other part"


async def test_supervision_gets_the_files_of_what_is_escalated_to_it(captain_mama: World) -> None:
    """CAP-9: with all that was said, once; what is redacted leaves its channel, and nothing else does."""
    desk, chat = captain_mama, Chat(captain_mama, captain_mama.customer("en"))
    await chat.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
    case = Case(desk, chat.person, chat.reference)
    await desk.agent("U0SUPER", joins=(SUPPORT,))
    await chat.sends_album("photo", "document", caption="Two pages")
    await chat.sends("document", name=ARABIC, content=PDF, caption="The report")
    desk.clock.goes(days=3, minutes=1)
    await chat.says(f"/escalate {case.reference}")

    async def handed() -> Files:
        await desk.settles()
        shown = [post.raw["files"] for post in desk.slack.messages(SUPERVISION) if post.raw.get("files")]
        return [[(file["name"], desk.slack.file(file["id"])) for file in files] for files in shown]

    [[*pages, report]] = await handed()
    assert ([name for name, _content in pages], report) == (["photo.jpg", "document.pdf"], (ARABIC, PDF))
    told = [bare(post.text) for post in desk.slack.messages(SUPERVISION)]
    assert told[1] == f"Files of ticket {case.reference}"

    desk.clock.goes(days=4)
    await desk.ticks()
    await chat.says(f"/escalate {case.reference}")
    assert await handed() == [[*pages, report]]
    await redacts(case, desk.slack.agent("U0SUPER", "super"), "The report")
    assert await handed() == [pages]
    assert flat(await posted(desk, SUPPORT)) == [name for name, _content in pages]


async def test_supervision_gets_what_took_the_place_of_a_file_that_it_has(captain_mama: World) -> None:
    desk, chat = captain_mama, Chat(captain_mama, captain_mama.customer("en"))
    await chat.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
    reference = chat.reference
    mine = await chat.person.sends("document", name="may.pdf", content=PDF)
    await desk.settles()

    def handed() -> list[str]:
        shown = [post.raw["files"] for post in desk.slack.messages(SUPERVISION) if post.raw.get("files")]
        return [file["name"] for files in shown for file in files]

    desk.clock.goes(days=3, minutes=1)
    await chat.says(f"/escalate {reference}")
    await desk.settles()
    assert handed() == ["may.pdf"]

    desk.clock.goes(minutes=1)
    await chat.person.replaces(mine, "document", name="june.pdf", content=OURS)
    for _time in range(2):
        desk.clock.goes(days=4)
        await desk.ticks()
        await chat.says(f"/escalate {reference}")
        await desk.settles()
    assert handed() == ["may.pdf", "june.pdf"]


async def test_what_is_on_its_way_when_it_is_escalated_comes_to_supervision_too(
    sqlite_url: str, tmp_path: Path
) -> None:
    """CAP-9: one part of an album is late, and what else supervision is told does not wait for it."""
    async with world(sqlite_url, tmp_path, policy="captain-mama", clock=monday(), tuning=EAGER) as desk:
        chat = Chat(desk, desk.customer("en"))
        await chat.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
        case = Case(desk, chat.person, chat.reference)
        desk.telegram.faults.fail("getFile", times=None, after=1)
        await chat.sends_album("photo", "document", caption="Two pages")
        await desk.passes(days=3, minutes=1)
        await chat.says(f"/escalate {case.reference}")
        await chat.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
        await desk.passes(days=6)
        await chat.says(f"/escalate {chat.reference}")

        def handed() -> list[list[str]]:
            shown = [post.raw["files"] for post in desk.slack.messages(SUPERVISION) if post.raw.get("files")]
            return [[file["name"] for file in files] for files in shown]

        assert handed() == [["photo.jpg"]]
        escalated = "A customer has escalated {}: it is overdue."
        told = "\n".join(bare(post.text) for post in desk.slack.messages(SUPERVISION))
        assert all(escalated.format(one) in told for one in (case.reference, chat.reference))

        desk.telegram.faults.clear()
        await desk.slack.until(lambda: len(handed()) > 1, within=15)
        await chat.sends("document", name="after.pdf", content=PDF, caption=f"For {case.reference}")
        await desk.settles()
        assert handed() == [["photo.jpg"], ["document.pdf"]], "once, and not what is sent later"


async def test_what_is_on_its_way_when_somebody_takes_it_over_comes_to_them_once(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        chat, case, agent = await a_claimed_case(desk)
        above = await desk.agent("U0SUPER", "supervisor", joins=())
        desk.telegram.faults.fail("getFile", times=None)
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        await chat.sends("document", name=ARABIC, content=PDF, caption="The report")
        await case.says(agent, "See ours", files=[agent.uploads("ours.pdf", OURS, "application/pdf")])
        await above.gives("/ticket", case.reference)
        await desk.settles()
        await acts(above, "take_over", above.whispers[-1])
        await desk.settles()
        await case.sends(above, "I do it myself")
        assert privately(desk, above) == []

        desk.telegram.faults.clear()
        desk.slack.faults.clear()
        await desk.slack.until(lambda: len(privately(desk, above)) > 1, within=15)
        await desk.settles()
        assert sorted(privately(desk, above)) == [[("ours.pdf", OURS)], [(ARABIC, PDF)]]


async def test_a_file_that_is_taken_off_before_it_is_posted_where_its_ticket_went_is_posted_nowhere(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 60\n") as desk:
        _chat, case, agent = await a_claimed_case(desk)
        await agent.joins(BILLING)
        wrong = agent.uploads("wrong.pdf", OURS, "application/pdf")
        right = agent.uploads("right.pdf", PDF, "application/pdf")
        message = await case.says(agent, "See this", files=[wrong, right])
        desk.slack.faults.fail("files.getUploadURLExternal", error="internal_error", times=10_000)
        await case.answers(agent, "transfer", queue="billing")
        await Case(desk, case.customer, case.reference, BILLING).clicks(agent, "claim")
        await agent.takes_off(message, wrong)
        desk.slack.faults.clear()
        await desk.slack.until(lambda: posted_in(desk, BILLING), within=15)
        await desk.settles()
        assert await posted(desk, BILLING) == [[("right.pdf", PDF)]]

        await agent.joins(SUPPORT)
        await Case(desk, case.customer, case.reference, BILLING).answers(agent, "transfer", queue="support")
        assert flat(await posted(desk, SUPPORT)) == ["right.pdf"], "told there anew, without it"


async def test_who_works_it_without_seeing_its_thread_has_the_files_in_private(desk: World) -> None:
    """CMP-3: whoever takes it over has all that was sent, once, and what is sent from then on."""
    chat, case, agent = await a_claimed_case(desk)
    above = await desk.agent("U0SUPER", "supervisor", joins=())
    await chat.sends_album("photo", "document", caption="Two pages")
    await chat.sends("document", name=ARABIC, content=PDF, caption="The report")
    await above.gives("/ticket", case.reference)
    await desk.settles()

    desk.slack.faults.cut_after("files.completeUploadExternal")
    await acts(above, "take_over", above.whispers[-1])
    await desk.settles()
    await case.sends(above, "I do it myself")

    await chat.sends("document", name="after.pdf", content=PDF)
    await desk.slack.until(lambda: len(privately(desk, above)) > 1)
    first, after = privately(desk, above)
    assert [name for name, _content in first] == ["photo.jpg", "document.pdf", ARABIC]
    assert first[-1] == (ARABIC, PDF)
    headed = f"Files of ticket {case.reference}"
    assert [bare(whisper.text) for whisper in above.whispers].count(headed) == 2
    assert after == [("after.pdf", PDF)]
    assert after in await posted(desk, SUPPORT)

    await case.answers(agent, "take_over", "And now I")
    await case.answers(agent, "assign", to="U0SUPER")
    assert "What was said so far" in bare(above.whispers[-1].text)
    assert len(privately(desk, above)) == 2
