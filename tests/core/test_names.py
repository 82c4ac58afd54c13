"""Other names of answers: those that stand side by side share none."""

from itertools import combinations

from bot.core.names import names_of

SIDE_BY_SIDE = [
    ("yes", "no", "skip", "back"),
    ("solved", "unsolved"),
    ("send", "change", "back"),
    ("on", "new", "drop"),
    ("older", "newer", "menu"),
    ("enough", "back", "skip"),
]


def test_answers_that_stand_side_by_side_share_no_name() -> None:
    for keys in SIDE_BY_SIDE:
        for one, other in combinations(keys, 2):
            assert not names_of(one) & names_of(other) or {one, other} == {"no", "skip"}


def test_names_are_known_in_every_language_and_for_what_a_key_is_about() -> None:
    for said, key in (("да", "yes"), ("نعم", "yes"), ("нет", "no"), ("لا", "no"), ("пропустить", "skip")):
        assert said in names_of(key)
    assert names_of("solved.48291372.1") == names_of("solved")
    assert names_of("website") == frozenset()
