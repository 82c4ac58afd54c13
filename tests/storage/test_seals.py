"""Seals: what people wrote opens with the right key, in the right place, and nowhere else."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import DamagedError, ErasedError, Keyring, KeyringError, Store, Tx, WrongKeyError
from storage.crypto import new_operator_key
from storage.rotation import rotate
from storage.schema import customers, keys, words

TEXT = "الموقع لا يعمل \x00 \ud800"


def key(name: str, letter: str) -> str:
    return f"{name}:{base64.b64encode(letter.encode() * 32).decode()}"


OLD, NEW = key("old", "o"), key("new", "n")


async def test_words_come_back_as_they_were_written(store: Store) -> None:
    def unit(tx: Tx) -> tuple[str, bytes, str]:
        owner, row = tx.new_id(), tx.new_id()
        tx.new_owner(owner)
        of_owner = tx.unseal(owner, words.c.text, row, tx.seal(owner, words.c.text, row, TEXT))
        of_store = tx.unseal(None, words.c.text, row, tx.seal(None, words.c.text, row, "store's"))
        return (
            of_owner,
            tx.unseal_bytes(owner, words.c.text, row, tx.seal(owner, words.c.text, row, b"\x00")),
            of_store,
        )

    assert await store.do(unit) == (TEXT, b"\x00", "store's")


async def test_the_same_words_never_look_the_same(store: Store) -> None:
    def unit(tx: Tx) -> set[bytes]:
        row = tx.new_id()
        return {tx.seal(None, words.c.text, row, "same") for _ in range(10)}

    assert len(await store.do(unit)) == 10


@pytest.mark.parametrize("change", ["row", "column", "owner", "bytes", "cut", "empty"])
async def test_sealed_bytes_open_nowhere_else(store: Store, change: str) -> None:
    def unit(tx: Tx) -> None:
        owner, other, row = tx.new_id(), tx.new_id(), tx.new_id()
        tx.new_owner(owner)
        tx.new_owner(other)
        sealed = tx.seal(owner, words.c.text, row, "words")
        cut = {"bytes": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:-1], "empty": b""}
        column = customers.c.name if change == "column" else words.c.text
        tx.unseal(
            other if change == "owner" else owner,
            column,
            other if change == "row" else row,
            cut.get(change, sealed),
        )

    with pytest.raises(DamagedError):
        await store.do(unit)


async def test_a_person_who_was_erased_is_out_of_reach(store: Store) -> None:
    def write(tx: Tx) -> tuple[UUID, bytes]:
        owner = tx.new_id()
        tx.new_owner(owner)
        return owner, tx.seal(owner, customers.c.name, owner, "Anna")

    owner, sealed = await store.do(write)
    await store.do(lambda tx: tx.erase_owner(owner))

    for ask in (store.do, store.read):
        with pytest.raises(ErasedError):
            await ask(lambda tx: tx.unseal(owner, customers.c.name, owner, sealed))


async def test_an_erasure_that_was_undone_erased_nobody(store: Store) -> None:
    def write(tx: Tx) -> tuple[UUID, bytes]:
        owner = tx.new_id()
        tx.new_owner(owner)
        return owner, tx.seal(owner, customers.c.name, owner, "Anna")

    def erase_and_fail(tx: Tx) -> None:
        tx.erase_owner(owner)
        raise KeyError

    owner, sealed = await store.do(write)
    with pytest.raises(KeyError):
        await store.do(erase_and_fail)

    assert await store.do(lambda tx: tx.unseal(owner, customers.c.name, owner, sealed)) == "Anna"


async def test_a_key_of_a_unit_that_was_undone_seals_nothing_later(store: Store) -> None:
    owner = await store.do(lambda tx: tx.new_id())

    def fail(tx: Tx) -> None:
        tx.new_owner(owner)
        tx.seal(owner, customers.c.name, owner, "Anna")
        raise KeyError

    with pytest.raises(KeyError):
        await store.do(fail)
    with pytest.raises(ErasedError):
        await store.do(lambda tx: tx.seal(owner, customers.c.name, owner, "Anna"))


async def test_look_ups_find_after_a_restart_and_differ_in_every_store(
    database_url: str, keyring: Keyring, tmp_path: object
) -> None:
    hashes = []
    for url in (database_url, database_url, f"sqlite:///{tmp_path}/other.db"):
        store = await Store.open(url, keyring)
        hashes.append(await store.read(lambda tx: tx.hash("telegram", "42")))
        await store.close()

    assert hashes[0] == hashes[1] != hashes[2]
    assert len(hashes[0]) == 32


async def test_a_hash_tells_where_its_parts_begin(store: Store) -> None:
    assert await store.read(lambda tx: tx.hash("ab", "c") != tx.hash("a", "bc") != tx.hash("abc"))


async def test_rotation_loses_nobody_and_the_old_key_may_go(database_url: str) -> None:
    def write(tx: Tx) -> list[tuple[UUID, bytes, bytes]]:
        owners = [tx.new_id() for _ in range(25)]
        for owner in owners:
            tx.new_owner(owner)
        return [(owner, tx.seal(owner, customers.c.name, owner, "Anna"), tx.hash("a")) for owner in owners]

    before = await Store.open(database_url, Keyring.parse(OLD))
    written = await before.do(write)
    await before.close()
    both = await Store.open(database_url, Keyring.parse(f"{NEW}, {OLD}"))
    assert await rotate(both, batch=10) == 27
    assert await rotate(both) == 0
    await both.close()

    after = await Store.open(database_url, Keyring.parse(NEW))
    names = await after.read(
        lambda tx: {tx.unseal(owner, customers.c.name, owner, sealed) for owner, sealed, _ in written}
    )
    hashed = await after.read(lambda tx: tx.hash("a"))
    assert names == {"Anna"}
    assert {before for _, _, before in written} == {hashed}
    await after.close()


async def test_a_missing_key_is_named_and_a_wrong_one_too(database_url: str) -> None:
    await (await Store.open(database_url, Keyring.parse(OLD))).close()

    with pytest.raises(WrongKeyError, match="'old', which SANAD_KEYS does not hold"):
        await Store.open(database_url, Keyring.parse(NEW))
    with pytest.raises(WrongKeyError, match="'old' in SANAD_KEYS is not the one"):
        await Store.open(database_url, Keyring.parse(key("old", "x")))
    await (await Store.open(database_url, Keyring.parse(OLD))).close()


async def test_a_key_that_only_some_rows_need_is_missed_at_once(database_url: str) -> None:
    store = await Store.open(database_url, Keyring.parse(f"{NEW},{OLD}"))

    def unit(tx: Tx) -> None:
        customer = tx.new_id()
        tx.new_owner(customer)
        tx.connection.execute(keys.update().where(keys.c.owner == customer).values(wrapped_by="lost"))

    await store.do(unit)
    await store.close()

    with pytest.raises(WrongKeyError, match="'lost'"):
        await Store.open(database_url, Keyring.parse(f"{NEW},{OLD}"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "SANAD_KEYS is empty"),
        (f"{OLD},", "entry 2: expected `id:key`"),
        ("nonsense", "entry 1: expected `id:key`"),
        (f"{OLD},new:%%%", r"entry 2 \('new'\): the key is not base64"),
        ("old:c2hvcnQ=", r"entry 1 \('old'\): the key has 5 bytes in place of 32"),
        (f"{OLD},{OLD}", "entry 2: the id 'old' is there twice"),
    ],
)
def test_keys_that_cannot_be_read_are_told_by_number(text: str, told: str) -> None:
    with pytest.raises(KeyringError, match=told) as caught:
        Keyring.parse(text)

    assert "c2hvcnQ" not in str(caught.value)


@given(st.text())
def test_no_text_is_too_odd_to_be_refused_properly(text: str) -> None:
    try:
        Keyring.parse(text)
    except KeyringError as error:
        assert "SANAD_KEYS" in str(error)  # noqa: PT017 - whether it raises depends on the text


def test_a_fresh_key_is_a_good_one_and_a_keyring_never_shows_its_keys() -> None:
    entry = new_operator_key()
    keyring = Keyring.parse(f"{entry},{OLD}")

    assert keyring.newest == entry.partition(":")[0]
    assert entry.partition(":")[2] not in repr(keyring)
