"""Apart: two lines or two companies never share a class."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import Apart
from cohort_opt.verification.rules import apart
from tests.builders import course, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("apart",)


def _kept_apart(first, second, of="demands", **changes):
    return make_instance(apart=[Apart(first=first, second=second, of=of)], **changes)


@pytest.mark.parametrize("ends", [("acme-drilling", "bolt-drilling", "demands"), ("bolt", "acme", "companies")])
def test_lines_or_companies_that_are_kept_apart_never_meet(ends):
    assert broken(_kept_apart(*ends), planned()) == RULE
    assert broken(make_instance(), planned()) == ()


def test_one_of_them_may_sit_there():
    alone = _kept_apart("acme-drilling", "bolt-drilling", demands=[demand("acme-drilling", count=8), demand("bolt-drilling")])
    assert broken(alone, planned({"acme-drilling": 8}), without={"bolt-drilling": 5}) == ()


def test_two_lines_of_one_company_may_be_kept_apart_too():
    lines = [demand("acme-drilling"), demand("acme-late", company_id="acme", count=4)]
    instance = _kept_apart("acme-late", "acme-drilling", demands=lines)
    assert broken(instance, planned({"acme-drilling": 5, "acme-late": 4})) == RULE


def test_competitors_sit_in_two_parallel_classes():
    # Two classes of 5 and 4 at 950,000 each instead of one, where the minimum allows it and parallel classes do.
    rules = {"courses": [course(min_seats=4)], "offerings": [offering(max_parallel=2)]}
    rules |= {"rooms": [room(count=2)], "instructors": [instructor(count=2)]}
    assert propose(make_instance(**rules)).objective_cents == 1_142_500
    assert propose(_kept_apart("acme", "bolt", "companies", **rules)).objective_cents == 1_142_500 + 950_000


def test_the_message_names_class_and_both():
    assert message(_kept_apart("acme", "bolt", "companies"), planned()).endswith(
        "Company[acme] and Company[bolt] are kept apart and both sit there"
    )


def test_it_applies_to_pairs():
    assert apart.applies(_kept_apart("acme", "bolt", "companies"))
    assert not apart.applies(make_instance())
    assert checked("apart", _kept_apart("acme", "bolt", "companies"), without={"acme-drilling": 5, "bolt-drilling": 4}) == 0
