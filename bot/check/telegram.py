"""What Telegram says about our token, and about the webhook."""

from datetime import UTC, datetime, timedelta

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import Telegram
from bot.check.report import Report
from bot.settings import Settings

LATELY = timedelta(hours=1)


async def look_at_telegram(report: Report, given: Settings) -> None:
    telegram = Telegram(given.telegram_bot_token.get_secret_value(), api_url=given.telegram_api_url)
    try:
        name = await telegram.identity()
        hook = await telegram.webhook_info()
    except InvalidToken:
        report.mend("TELEGRAM_BOT_TOKEN: Telegram does not know it; ask @BotFather for the bot's token")
    except TelegramError as error:
        report.mend(
            f"Telegram cannot be asked ({type(error).__name__}); see TELEGRAM_API_URL and the network"
        )
    else:
        report.ok(f"Telegram: @{name}")
        look_at_webhook(report, given, hook, datetime.now(UTC))
    finally:
        await telegram.close()


def look_at_webhook(report: Report, given: Settings, hook: WebhookInfo, now: datetime) -> None:
    """Whether Telegram reaches us; without SANAD_PUBLIC_URL a webhook of old is taken off at the start."""
    ours = f"{given.public_url.rstrip('/')}/telegram" if given.public_url else ""
    if not hook.url or hook.url != ours:
        return  # nothing is set, or the next start sets it
    failed_at = hook.last_error_date
    if failed_at and now - failed_at < LATELY:
        report.mend(
            f"Telegram could not reach {hook.url} {round((now - failed_at).total_seconds() / 60)} minutes ago"
            f" ({hook.last_error_message}); {hook.pending_update_count} messages wait. Does the proxy pass"
            " /telegram on, is its certificate valid, and does the desk run?"
        )
    else:
        report.ok(f"Telegram reaches {hook.url}; {hook.pending_update_count} messages wait")
