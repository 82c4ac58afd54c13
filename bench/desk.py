"""The whole desk as `sanad run` builds it, in a process of its own, with pacing lifted unless told not to."""

import asyncio
import signal
import sys

from bot.commands.loading import loading

with loading():
    from bot import app, logs, loop
    from bot.channels import Pace
    from bot.channels.slack import Limits
    from bot.settings import load
    from bot.tuning import Paces, Tuning

AT_ONCE = (0.0, 1)
SLACK = Limits(post=AT_ONCE, update=AT_ONCE, publish=AT_ONCE, workspace=AT_ONCE)
FREE = Paces(telegram_account=Pace("", every=0.0), telegram_chat=Pace("", every=0.0), slack=SLACK)
PACED = Paces(slack=SLACK)


async def main() -> None:
    settings = load(None)
    logs.set_up("error")
    paced = "paced" in sys.argv
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with app.running(settings, tuning=Tuning(PACED if paced else FREE)):
        await ended.wait()


if __name__ == "__main__":
    loop.run(main())
