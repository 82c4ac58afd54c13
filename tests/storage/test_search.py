"""The blind index: words are found by their stems, and the store holds none of them."""

from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest

from storage import Store, Tx, search, tickets
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
    known = set(stems(written))

    assert [stem for stem in stems(sought) if stem not in known] == []


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
