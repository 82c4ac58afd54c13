"""`python -m bot` is `sanad`."""

from bot.cli import main

main()
