"""The stock echo bot of python-telegram-bot, which everything is compared with."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.telegram import TOKEN


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    application = Application.builder().token(TOKEN).base_url(f"{os.environ['TELEGRAM_API_URL']}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
