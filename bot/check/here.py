"""What can be checked without asking anybody: catalogs, queues, levels, the week."""

from babel.messages import Message

from bot import holidays
from bot.check.report import Report
from bot.core.desk import Days, Desk, unserved, unstaffed
from bot.core.policy import Policy
from bot.core.policy.worked import working_spans
from locales.catalogs import catalog

TRANSLATED = ("ar", "ru")


def look_at_words(report: Report) -> None:
    for language in TRANSLATED:
        missing = [message for message in catalog(language) if message.id and not said(message)]
        if missing:
            report.mend(
                f"catalog {language}: {len(missing)} sentences have no translation; run `make messages`"
            )
        else:
            report.ok(f"catalog {language}")


def said(message: Message) -> bool:
    """Whether every form of a sentence is translated, and by a person."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def look_at_queues(report: Report, desk: Desk, policy: Policy) -> None:
    missing = unserved(policy.queue_keys, desk)
    for queue in missing:
        report.mend(f"desk file: queues.{queue}: is missing; the policy {policy.name} sends tickets there")
    if not missing:
        report.ok("every queue of the policy has its channel")


def look_at_levels(report: Report, desk: Desk, policy: Policy) -> None:
    missing = unstaffed(policy.reached, desk)
    for level in missing:
        report.mend(f"desk file: levels.{level}: is missing; the policy {policy.name} escalates to it")
    if policy.reached and not missing:
        report.ok("every level of the policy's ladders has somebody")


def look_at_answers(report: Report, desk: Desk, policy: Policy) -> None:
    """Whether the canned answers speak to every customer."""
    for key, answer in desk.answers.items():
        silent = [language for language in policy.languages if answer.in_(language) is None]
        if silent:
            report.warn(f"desk file: answers.{key}.text: is not offered for customers in {', '.join(silent)}")
    if desk.answers:
        report.ok(f"canned answers: {len(desk.answers)}")


def look_at_country(report: Report, desk: Desk) -> None:
    if desk.calendar and desk.calendar.country not in {"", *holidays.countries()}:
        wanted = 'expected a country whose holidays are known, such as "SA" or "KZ"'
        report.mend(f"desk file: calendar.country: {wanted}, not {desk.calendar.country!r}")


def look_at_fallback(report: Report, desk: Desk) -> None:
    """Whether another channel can stand in for each queue's own."""
    if served := desk.queues_in(desk.fallback_channel):
        named = ", ".join(f"queues.{queue}" for queue in served)
        report.warn(
            f"desk file: fallback_channel: {desk.fallback_channel} is the channel of {named}, so nothing"
            " stands in for it when it cannot be used; put a channel there that no queue has"
        )


def look_at_week(report: Report, desk: Days, policy: Policy) -> None:
    """Whether there is a week by which the policy's working time can be counted."""
    spans = [] if policy.calendar or desk.calendar else working_spans(policy)
    if spans:
        named = ", ".join(f'{where} "{span}"' for where, span in spans)
        report.warn(
            f"policy {policy.name}: {named}: no working week is known, so such a moment is only assumed and"
            " never breached; put a [calendar] into the desk file (see desk.example.toml)"
        )
