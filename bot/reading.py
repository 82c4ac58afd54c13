"""The bytes of kept files, opened while they are sent."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from uuid import UUID

from storage import Store, files
from storage.vault import Vault


class Reader:
    """Reads files out of the vault, a chunk at a time; the disk is waited for in a thread."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store, self._vault = store, vault

    async def read(self, file: UUID) -> AsyncIterator[bytes]:
        """Raises ErasedError, DamagedError."""
        cipher = await self._store.read(partial(files.cipher, file=file))
        chunks = self._vault.read(file, cipher)
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            yield chunk
