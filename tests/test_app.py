"""What the composition root refuses to start with."""

from importlib.resources import files
from pathlib import Path

import pytest

from bot.check import check
from bot.settings import SettingsError
from storage import inbox
from tests.customer_kit import gives
from tests.kit import BILLING, SUPPORT, Street, living_in, street, world


async def test_a_queue_cannot_vanish_while_tickets_wait_in_it(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        customer = here.customer("en")
        await here.tells(customer, "/new", "billing", "skip", "I was charged twice for the same month", "low")
        await here.tells(customer, "skip", "send")
        assert here.slack.messages(BILLING)

    with pytest.raises(SettingsError, match=r"queues\.billing: is missing, and tickets wait in it"):
        async with world(sqlite_url, tmp_path, policy="captain-mama"):
            pytest.fail("it started, and nobody would have seen the ticket again")


async def test_a_queue_cannot_vanish_while_customers_may_escalate_to_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CAP-9: by the policy that their tickets were filed under, whatever the policy of now says."""
    async with street(sqlite_url, tmp_path, policy="captain-mama") as place:
        async with living_in(place) as here:
            await place.listens()
            customer = here.customer("en")
            await here.tells(customer, "/new", "access", "none", "me@mail.com", "I cannot sign in", "send")
        shown = files("bot.policies").joinpath("captain-mama.toml").read_text("utf-8")
        gives(place, shown.replace('"supervision"', '"management"'))
        renamed(place, "[queues.supervision]", "[queues.management]")
        with pytest.raises(SettingsError, match=r"queues\.supervision: is missing, and customers may"):
            async with living_in(place):
                pytest.fail("it started, and others would have read what was escalated")
        for name, value in place.settings.items():
            monkeypatch.setenv(name, value)
        lines: list[str] = []
        assert not await check(lines.append, offline=True), "it tells before the start"
        mend = (
            "mend  desk file: queues.supervision: is missing, and customers may escalate open tickets to it"
        )
        assert [line.startswith(mend) for line in lines if line.startswith("mend")] == [True]


async def test_every_level_that_a_ladder_climbs_to_has_somebody(sqlite_url: str, tmp_path: Path) -> None:
    """CMP-3: all who are missing are named at once."""
    async with street(sqlite_url, tmp_path, policy="compusoft") as place:
        for level in ("department-manager", "executive-team"):
            without(place, level)
        with pytest.raises(SettingsError) as refused:
            async with living_in(place):
                pytest.fail("it started, and nobody would have heard of what is late")

    for level in ("department-manager", "executive-team"):
        assert f"levels.{level}: is missing; the policy compusoft escalates to it" in str(refused.value)


async def test_a_closed_ticket_of_a_queue_that_is_gone_can_still_be_opened_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place) as here:
            await place.listens()
            agent = await here.agent(joins=(BILLING,))
            customer = here.customer("en")
            await here.tells(customer, "/new", "billing", "skip", "I was charged twice for one month", "low")
            await here.tells(customer, "skip", "send")
            card = here.slack.messages(BILLING)[0]
            await agent.clicks("claim", card)
            await here.settles()
            await agent.clicks("resolve", here.slack.messages(BILLING)[0])
            await here.slack.until(lambda: agent.dialog)
            await agent.submits({})
            await customer.sees("has been resolved")
            await here.presses_key(customer, "solved")

        place.settings["SANAD_POLICY"] = do_without_billing(tmp_path)
        async with living_in(place) as here:
            await here.tells(customer, "/tickets", "1")
            await here.presses_key(customer, "unsolved")
            await customer.sees("is open again")
            assert await here.app.store.read(inbox.parked) == []


def without(place: Street, level: str) -> None:
    """Let the desk file name nobody on a level."""
    renamed(place, f"[levels.{level}]", f"[levels.not-{level}]")


def renamed(place: Street, table: str, now: str) -> None:
    """A table of the desk file has another name now."""
    desk = Path(place.settings["SANAD_DESK"])
    desk.write_text(desk.read_text("utf-8").replace(table, now), "utf-8")


def do_without_billing(folder: Path) -> str:
    """Let the general policy and the desk file have all their work in one queue; tells the policy's path."""
    shown = files("bot.policies").joinpath("general.toml").read_text("utf-8")
    kept = shown.replace('queue = "billing"', 'queue = "support"')
    start = kept.index('[[queues]]\nkey = "billing"')
    policy = folder / "without.toml"
    policy.write_text(kept[:start] + kept[kept.index("# Categories") :], "utf-8")
    (folder / "desk.toml").write_text(f'[queues.support]\nchannel = "{SUPPORT}"\nlanguage = "en"\n', "utf-8")
    return str(policy)
