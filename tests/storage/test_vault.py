"""Bytes of files at rest: nothing can be read without the key, and no change goes unnoticed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import DamagedError
from storage.vault import CHUNK, SEALED_CHUNK, Vault

KEY = AESGCM(bytes(32))
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]
SIZES = st.one_of(st.sampled_from(EDGES), st.integers(0, 3 * CHUNK))


def content(size: int) -> bytes:
    return (b"Zanzibar " * (size // 9 + 1))[:size]


def write(vault: Vault, plain: bytes, pieces: int = 10_000) -> UUID:
    file = uuid4()
    with vault.write(file, KEY) as writer:
        for start in range(0, len(plain), pieces):
            writer.write(plain[start : start + pieces])
    assert writer.size == len(plain)
    return file


def read(vault: Vault, file: UUID, key: AESGCM = KEY) -> bytes:
    return b"".join(vault.read(file, key))


@settings(max_examples=30)
@given(size=SIZES, pieces=st.integers(1000, 3 * CHUNK))
def test_any_size_comes_back_however_it_came(size: int, pieces: int) -> None:
    with TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        assert read(vault, write(vault, content(size), pieces)) == content(size)


@settings(max_examples=30)
@given(size=SIZES, data=st.data())
def test_any_cut_is_detected(size: int, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        file = write(vault, content(size))
        sealed = vault.path(file).read_bytes()
        chunks = len(sealed) // SEALED_CHUNK
        whole = st.integers(0, chunks).map(lambda number: number * SEALED_CHUNK)
        left = data.draw(st.one_of(whole, st.integers(0, len(sealed) - 1)))
        vault.path(file).write_bytes(sealed[: min(left, len(sealed) - 1)])
        with pytest.raises(DamagedError):
            read(vault, file)


@settings(max_examples=30)
@given(size=SIZES, data=st.data())
def test_any_changed_byte_is_detected(size: int, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        file = write(vault, content(size))
        sealed = bytearray(vault.path(file).read_bytes())
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1
        vault.path(file).write_bytes(sealed)
        with pytest.raises(DamagedError):
            read(vault, file)


@settings(max_examples=30)
@given(order=st.permutations(range(4)))
def test_any_swap_is_detected(order: list[int]) -> None:
    with TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        file = write(vault, content(4 * CHUNK))
        sealed = vault.path(file).read_bytes()
        parts = [sealed[start : start + SEALED_CHUNK] for start in range(0, len(sealed), SEALED_CHUNK)]
        vault.path(file).write_bytes(b"".join(parts[place] for place in order))
        if order == sorted(order):
            assert read(vault, file) == content(4 * CHUNK)
        else:
            with pytest.raises(DamagedError):
                read(vault, file)


def test_the_bytes_of_one_file_do_not_pass_for_those_of_another(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    one, other = write(vault, content(10)), write(vault, content(10))
    vault.path(other).write_bytes(vault.path(one).read_bytes())

    with pytest.raises(DamagedError):
        read(vault, other)
    with pytest.raises(DamagedError):
        read(vault, one, AESGCM(b"1" * 32))
    with pytest.raises(DamagedError, match="is not in"):
        read(vault, uuid4())


def test_a_file_that_is_not_finished_is_not_there(tmp_path: Path) -> None:
    vault, file = Vault(tmp_path / "files"), uuid4()

    def breaks_off() -> None:
        with vault.write(file, KEY) as writer:
            writer.write(content(3 * CHUNK))
            raise OSError("cut")

    with pytest.raises(OSError, match="cut"):
        breaks_off()

    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_what_a_dead_process_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    kept = write(vault, content(10))
    left = vault.path(kept).with_name("0123.abcd.part")
    left.write_bytes(b"half")

    assert vault.sweep(left.stat().st_mtime - 1) == 0
    assert vault.sweep(left.stat().st_mtime + 1) == 1
    assert read(vault, kept) == content(10)
    assert vault.path(kept).stat().st_mode & 0o077 == 0


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    vault, file = Vault(tmp_path), uuid4()
    most = 0
    with vault.write(file, KEY) as writer:
        for _ in range(200):
            writer.write(bytes(CHUNK))
            most = max(most, writer.waiting)
    assert most <= CHUNK
    assert max(len(chunk) for chunk in vault.read(file, KEY)) == CHUNK
    assert sum(len(chunk) for chunk in vault.read(file, KEY)) == 200 * CHUNK


def test_the_folder_holds_nothing_that_can_be_read(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    file = write(vault, content(3 * CHUNK))

    assert b"Zanzibar" not in vault.path(file).read_bytes()
    assert vault.path(file).name == file.hex
