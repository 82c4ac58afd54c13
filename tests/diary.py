"""A handler that writes down, in the same unit, what it handled."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import insert, select

from bot.core.heard import Incoming
from bot.core.now import Now, Toast
from storage import Store, Tx
from storage.schema import settings
from tests.post_kit import text_of


class Diary:
    """A handler that keeps, in the same unit, what it handled; it fails at what it was told to."""

    def __init__(self) -> None:
        self.fails: defaultdict[str, list[type[Exception]]] = defaultdict(list)
        self.apologies: list[str] = []
        self.told: list[str] = []

    def handle(self, tx: Tx, incoming: Incoming) -> Sequence[Now]:
        text = text_of(incoming)
        tx.connection.execute(insert(settings).values(name=tx.new_id().hex, value=text))
        if self.fails[text]:
            raise self.fails[text].pop(0)(f"about {text}")
        return [Toast(press=text)]

    def give_up(self, _tx: Tx, incoming: Incoming) -> Sequence[Now]:
        self.apologies.append(text_of(incoming))
        return [Toast(press=f"sorry about {text_of(incoming)}")]

    async def tell(self, _incoming: Incoming, nows: Sequence[Now]) -> None:
        self.told += [now.press for now in nows if isinstance(now, Toast)]


async def handled(store: Store) -> list[str]:
    def read(tx: Tx) -> list[str]:
        return [
            str(value)
            for value in tx.connection.execute(select(settings.c.value).order_by(settings.c.name)).scalars()
        ]

    return await store.read(read)
