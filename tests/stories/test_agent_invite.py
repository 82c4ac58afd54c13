"""A customer is invited to a remote session, from the ticket, by a tool that was named for it."""

from pathlib import Path

from tests.customer_kit import chat
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import World


async def test_an_agent_invites_to_a_remote_session_by_the_policys_tools(osool: World) -> None:
    """OSL-1: remote access such as TeamViewer or AnyDesk; what was sent stays on record."""
    customer, agent = chat(osool, "ar"), await osool.agent(joins=("C0CONTACT",))
    await customer.says("/new", "technical", "trainee", "المنصة لا تعمل منذ الصباح ولا أستطيع الدخول", "send")
    case = Case(osool, customer.person, customer.reference, "C0CONTACT")
    assert "Remote session" not in (await case.card()).choices
    await case.clicks(agent, "claim")

    dialog = await case.opens(agent, "invite")
    assert dialog.fields["tool"].picks == {"0": "TeamViewer", "1": "AnyDesk"}
    for wrong in ("http://anydesk.example/1", "https://a.example/1 and more", "whenever you like"):
        await case.sends(agent, session=wrong)
        assert agent.dialog
        assert list(agent.dialog.errors) == ["session"]
    await case.sends(agent, "يُرجى تشغيل البرنامج أولًا.", session="https://get.example/s/123", tool="1")

    told = customer.last.text
    assert "\nالجلسة: https://get.example/s/123\n" in told, "the link stands bare, so that it opens"
    assert "البرنامج: AnyDesk" in bare(told)
    assert "يُرجى تشغيل البرنامج أولًا." in told
    assert "لا نطلب كلمة المرور أبدًا" in told
    assert (
        "invites the customer to a remote session:\nAnyDesk: https://get.example/s/123" in await case.thread()
    )
    assert "invited agent:U0AGENT" in await case.facts()
    assert "Reply expected" not in (await case.card()).text
    assert "1 message delivered" in (await case.card()).text


async def test_the_desk_file_names_tools_where_the_policy_does_not(database_url: str, tmp_path: Path) -> None:
    """AIG-8: remote access exists, by no named tool; the operator names it."""
    async with a_desk(database_url, tmp_path, extra='[remote]\ntools = ["RustDesk"]') as desk:
        case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
        await case.clicks(agent, "claim")
        dialog = await case.opens(agent, "invite")
        assert dialog.fields["tool"].picks == {"0": "RustDesk"}
        await case.answers(other, "take_over", "My shift")

        await case.sends(agent, session="123 456 789")

        assert agent.dialog
        assert "in somebody else's hands now" in agent.dialog.text
        assert not case.reached("123 456 789")


async def test_nobody_is_invited_where_no_tool_is_named(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    assert "Remote session" not in (await case.card()).choices
