"""What days off are called in the language of the moment, also where the holidays package does not know."""

from collections.abc import Mapping
from datetime import date

from bot.core.hours import OpenHours
from locales import N_, _, current

OBSERVED, SUBSTITUTED = " (observed)", "Day off (substituted"

KNOWN = frozenset(
    {
        N_("Capital Day"),
        N_("Constitution Day"),
        N_("Day of Arafah"),
        N_("Defender of the Fatherland Day"),
        N_("Eid al-Adha"),
        N_("Eid al-Adha Holiday"),
        N_("Eid al-Fitr Holiday"),
        N_("Founding Day Holiday"),
        N_("Independence Day"),
        N_("International Women's Day"),
        N_("Kazakhstan's People Solidarity Holiday"),
        N_("National Day Holiday"),
        N_("New Year's Day"),
        N_("Nowruz Holiday"),
        N_("Orthodox Christmas"),
        N_("Republic Day"),
        N_("Victory Day"),
    }
)
"""The public holidays of the countries whose policies are shipped, as the package names them."""


def names(hours: OpenHours) -> Mapping[date, str]:
    """The days off of a desk. What an operator called a day stays as it is."""
    spoken = hours.days.names.get(current(), {})
    return {day: spoken.get(day) or _named(name) for day, name in hours.names.items()}


def _named(name: str) -> str:
    if name.startswith(SUBSTITUTED):
        return _("Day off in exchange for a working one")
    holiday = name.removesuffix(OBSERVED)
    if holiday not in KNOWN:
        return name
    return _(holiday) if holiday == name else _("Day off for: {holiday}", holiday=_(holiday))
