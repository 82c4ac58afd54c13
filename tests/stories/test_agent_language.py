"""Dialogs and private words are in the language that the agent picks; the card stays in its queue's."""

from locales import _, use
from tests.desk_kit import a_case
from tests.kit import SUPPORT, World


def in_language(code: str, sentence: str) -> str:
    with use(code):
        return _(sentence)


async def test_an_agent_names_a_language(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    for said, code in {
        "русский": "ru",
        "Arabic": "ar",
        "ru-RU": "ru",
        "عربي": "ar",
        " ENGLISH": "en",
    }.items():
        await agent.gives("/desk", f"language {said}", channel=SUPPORT)
        await case.learns(agent, in_language(code, "We will speak English from now on."))


async def test_an_agent_picks_a_language_and_is_spoken_to_in_it(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await agent.gives("/desk", "language", channel=SUPPORT)
    question = await case.learns(agent, "Which language shall the desk speak to you?")
    assert question.buttons == ["العربية", "Русский", "English"]

    await case.clicks(agent, "Русский", question)
    unclaimed = await case.glance()
    await case.clicks(agent, "claim")
    dialog = await case.opens(agent, "reply")
    await case.clicks(agent, "claim", unclaimed)

    assert dialog.title == in_language("ru", "Reply")
    await case.learns(agent, in_language("ru", "This ticket is already yours."))
    assert "Claimed by @U0AGENT" in await case.thread()


async def test_the_first_guess_is_the_language_of_their_slack(desk: World) -> None:
    case = await a_case(desk)
    agent = desk.slack.agent("U0RUSSIAN", "agent", locale="ru-RU", channels=[SUPPORT])
    await desk.agent("U0OTHER")
    await case.says(agent, ";; a first word, before anything was asked of Slack")

    dialog = await case.opens(agent, "note")

    assert dialog.title == in_language("ru", "Internal note")


async def test_a_chosen_language_is_kept_whatever_slack_says(desk: World) -> None:
    case = await a_case(desk)
    agent = desk.slack.agent("U0RUSSIAN", "agent", locale="ru-RU", channels=[SUPPORT])
    await desk.agent("U0OTHER")
    await agent.gives("/desk", "language english", channel=SUPPORT)
    await case.learns(agent, "We will speak English from now on.")

    assert (await case.opens(agent, "note")).title == "Internal note"


async def test_anything_else_is_answered_by_how_it_is_used(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    for said in ("", "help", "nonsense", "<!channel>"):
        await agent.gives("/desk", said, channel=SUPPORT)

    await desk.slack.until(lambda: len(agent.whispers) == 4)
    told = await case.learns(agent, "/desk language: choose the language")
    assert "<" not in told.text


async def test_a_language_that_is_not_spoken_is_called_so(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await agent.gives("/desk", "language klingon", channel=SUPPORT)

    told = await case.learns(agent, "The desk does not speak that language")
    assert told.buttons == ["العربية", "Русский", "English"]
