"""docs/conformance.md tells the truth: of clauses and policies all of it, of tests nothing that is not so."""

from bot import policies
from tests import conformance
from tests.conformance import PAGE

WRITTEN = PAGE.read_text("utf-8")


def test_what_is_said_of_clauses_and_policies_is_fresh() -> None:
    """If this fails: make conformance."""
    assert conformance.without_tests(WRITTEN) == conformance.without_tests(conformance.page())


def test_every_test_that_is_listed_exists_and_names_its_clause() -> None:
    """If this fails: make conformance."""
    known = {clause.id: conformance.tests(clause.id) for clause in conformance.clauses()}
    listed = list(conformance.named_on(WRITTEN))

    assert listed
    assert [one for one in listed if one[2] not in known[one[0]].get(one[1], [])] == []


def test_every_clause_has_a_test_or_the_reason_why_it_comes_later() -> None:
    """There are 67 of them."""
    known = conformance.clauses()

    assert len(known) == 67
    assert [clause.id for clause in known if not (conformance.tests(clause.id) or clause.later)] == []


def test_a_policy_states_no_clause_that_there_is_not() -> None:
    known = {clause.id for clause in conformance.clauses()}
    stated = {one for clause in conformance.clauses() for one in policies.shipped(clause.policy).clauses()}

    assert stated - known == set()
