"""The blind index: words are found by their stems, and the store holds none of them."""

import pytest

from storage.stems import stems


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


def test_different_words_stay_apart() -> None:
    assert not set(stems("номер счета")) & set(stems("адрес доставки"))
    assert not set(stems("لون")) & set(stems("موقع"))
    assert len(stems("the same the same THE")) == 2
