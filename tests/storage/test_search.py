"""The blind index: words are found by their stems, and the store holds none of them."""

from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Store, Tx, search, tickets
from storage.stems import sought as sought_by
from storage.stems import stems
from tests.ticket_rows import a_ticket


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        pytest.param("لم تصلني والفاتورة خطأ", "فاتوره", id="and the, ta marbuta"),
        pytest.param("الطلبات متأخرة", "طلب", id="a plural with its article"),
        pytest.param("إعادة الأموال", "اعاده", id="hamza"),
        pytest.param("Ещё одна посылка с заказом", "еще заказа посылкой", id="cases and ё"),
        pytest.param("طلباتي لم تصل", "طلبك", id="my and your"),
        pytest.param("мой адрес", "адреса", id="a case"),
        pytest.param("Two refunds were promised", "refund promise", id="English endings"),
        pytest.param("серийный номер ZX81-٤٢", "zx81 42", id="numbers in any digits"),
    ],
)
def test_a_word_is_found_in_another_of_its_forms(written: str, sought: str) -> None:
    assert found(written, sought)


def found(written: str, sought: str) -> bool:
    """Whether each word that is sought stands there in one of the ways in which it may be written."""
    known = set(stems(written))
    return all(any(known.issuperset(way) for way in ways) for ways in sought_by(sought))


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param(("Wi-Fi", "wifi"), id="a hyphen"),
        pytest.param(("UTF‑8", "utf8"), id="a hyphen that does not break"),
        pytest.param(("عبدالله", "عبد الله"), id="servant of"),
        pytest.param(("عبد الرحمٰن", "عبدالرحمن"), id="servant of, with marks"),
        pytest.param(("أبو بكر", "ابوبكر"), id="father of"),
        pytest.param(("сим-карта", "симкарты"), id="a hyphen, in a case"),
    ],
)
def test_what_is_written_as_one_word_or_as_two_is_found_by_either(shapes: tuple[str, str]) -> None:
    one, other = shapes
    assert found(f"before {one} after", other)
    assert found(f"before {other} after", one)
    assert found(f"before {one} after", f"after {one}")
    assert not found("before after", one)
    assert not found("before after", other)


def test_of_three_that_hyphens_join_two_are_found_as_one_word() -> None:
    assert found("Новый Wi-Fi-роутер не работает", "wifi роутер")
    assert found("Новый Wi-Fi роутер не работает", "Wi-Fi-роутер")
    assert found("wi fi", "Wi-Fi"), "what was found before is found still"
    assert found("أبو عبد الله", "ابو عبدالله")
    assert not found("عبد القادر", "عبدالله")


@given(st.text(), st.text())
def test_whatever_was_written_is_found_by_itself_and_by_any_word_of_it(before: str, after: str) -> None:
    assert found(f"{before} {after}", before)
    assert found(f"{before} {after}", after)


async def test_a_telephone_number_is_found_however_its_beginning_is_written(store: Store) -> None:
    """Until what the ticket says about itself is forgotten; words of all who wrote go with their customer."""

    def told(tx: Tx) -> UUID:
        ticket = tickets.read(tx, a_ticket(tx))
        search.forget(tx, ticket.id)
        search.of_ticket(tx, replace(ticket, form={"contact": "+966 50 000 0001"}), "customer")
        search.of_words(tx, ticket.id, tx.new_id(), "a turbine")
        return ticket.id

    ticket_id = await store.do(told)
    for sought in ("0500000001", "٠٥٠٠٠٠٠٠٠١", "+966500000001", "turbines"):
        assert await store.read(partial(search.find, sought=sought, limit=5)) == [ticket_id]
    assert await store.read(partial(search.find, sought="+966500000002", limit=5)) == []
    await store.do(partial(search.forget, source=ticket_id))
    assert await store.read(partial(search.find, sought="0500000001", limit=5)) == []
    customer = (await store.read(partial(tickets.read, ticket_id=ticket_id))).customer_id
    await store.do(partial(search.forget_customer, customer_id=customer))
    assert await store.read(partial(search.find, sought="turbines", limit=5)) == []


def test_different_words_stay_apart() -> None:
    assert not set(stems("номер счета")) & set(stems("адрес доставки"))
    assert not set(stems("لون")) & set(stems("موقع"))
    assert len(stems("the same the same THE")) == 2
