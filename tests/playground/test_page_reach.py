"""How the bot reaches people on the playground's page: a group, words taken back, an account that is gone."""

from tests.playground.visitor import ARABIC, RUSSIAN, Visitor, bot_said, desk_said, visiting

CHANNEL = "C0QUEUE1"
FILING = ("/new", "question", "كيف أغيّر رقم هاتفي في الحساب؟", "low", "skip", "send")


async def as_agent(visitor: Visitor, do: str, **more: str) -> None:
    act = {"do": do, "channel": CHANNEL, **more}
    assert await visitor.does({"on": "desk", "who": "U0AGENTA", "act": act}) == (200, {"answered": True})


async def test_cap_1_a_group_is_pointed_to_the_private_chat() -> None:
    """And it is seen on the page, with what was said there (CAP-1)."""
    async with visiting() as visitor:
        await visitor.does({"on": "group", "who": RUSSIAN})
        shown = await visitor.sees(lambda shown: shown["groups"][str(RUSSIAN)])
        [pointed] = shown["groups"][str(RUSSIAN)]
        assert "В группах мы не принимаем обращения" in pointed["text"]
        assert pointed["buttons"][0][0]["url"].endswith("?start=group")

        await visitor.does({"on": "group", "who": RUSSIAN, "text": "/start"})
        shown = await visitor.sees(lambda shown: len(shown["groups"][str(RUSSIAN)]) > 1)
        assert [message["from_bot"] for message in shown["groups"][str(RUSSIAN)]] == [True, False]
        assert bot_said(shown, RUSSIAN) == shown["groups"][str(ARABIC)] == []


async def test_words_wait_to_be_taken_back_and_an_account_can_be_gone() -> None:
    async with visiting(undo=60) as visitor:
        await visitor.tells(ARABIC, *FILING)
        shown = await visitor.sees(lambda shown: shown["slack"]["channels"][0]["messages"])
        card = shown["slack"]["channels"][0]["messages"][0]["ts"]
        await as_agent(visitor, "clicks", action="claim", ts=card)
        await visitor.sees(lambda shown: "Claimed by" in str(desk_said(shown)))

        await as_agent(visitor, "writes", text="a slip", thread=card)
        shown = await visitor.sees(lambda shown: shown["slack"]["channels"][0]["messages"][0]["replies"])
        slip = next(
            reply
            for reply in shown["slack"]["channels"][0]["messages"][0]["replies"]
            if reply["text"] == "a slip"
        )
        await as_agent(visitor, "deletes", ts=slip["ts"])
        await as_agent(visitor, "writes", text="the answer", thread=card)
        shown = await visitor.walks("hour")
        assert "a slip" not in str(bot_said(shown, ARABIC))
        assert "the answer" in str(bot_said(shown, ARABIC))

        await visitor.on_phone(ARABIC, do="loses_account")
        assert (await visitor.on_phone(ARABIC, do="says", text="I am gone"))[0] == 409
        await as_agent(visitor, "writes", text="are you there?", thread=card)
        await visitor.walks("hour")
        await visitor.sees(lambda shown: "The customer's chat is gone" in str(desk_said(shown)))
        await visitor.on_phone(ARABIC, do="regains_account")
        await visitor.on_phone(ARABIC, do="says", text="Here I am")
        await visitor.sees(lambda shown: "can be reached again" in str(desk_said(shown)))
