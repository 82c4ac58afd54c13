"""Loading the desk: a thousand modules, none of which is ever garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 100)
"""How much may be made before the collector looks. A message makes thousands of things, and hardly ever one
that only it can find: to look as often as Python does takes a tenth of a message's time.
"""


@contextmanager
def loading() -> Iterator[None]:
    """The collector rests meanwhile, which saves a fifth of the start, and never looks at them again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
