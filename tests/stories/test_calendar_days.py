"""What is filed while nobody works is promised from the next working day on."""

from pathlib import Path

from tests.calendar_kit import at_work, captain_mama_on, filed, riyadh


async def test_cap_6_weekends_and_official_holidays_are_no_time_of_work(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-6: 24 working hours begin on Sunday for what is filed on Friday, and after National Day."""
    friday, national_day = riyadh(18, 12, month=9), riyadh(23, 12, month=9)
    async with captain_mama_on(friday, database_url, tmp_path) as place, at_work(place) as world:
        early, _ = await filed(world, "on friday")
        assert "first reply by Tuesday 17:00" in early.told

        world.clock.becomes(national_day)
        late, _ = await filed(world, "on national day")
        assert "first reply by Monday 17:00" in late.told
