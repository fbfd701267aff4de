"""Contradictions of the rules inside a class and between classes are named before solving, with both ends."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Apart, Ban, CombinedCourse, Commitment, Reservation, SideBySide
from tests.builders import MONDAY, RUN, company, course, day, demand, make_instance, offering, prices


def _problems(**changes):
    with pytest.raises(InstanceError) as refused:
        make_instance(**changes)
    return refused.value.problems


def _lines(**changes):
    return {"demands": [demand("acme-drilling", **changes), demand("bolt-drilling", count=4)]}


def _commitment(**changes):
    return Commitment(**{"demand": "acme-drilling", "run": RUN, "start": MONDAY, "count": 5, "state": "started", **changes})


@pytest.mark.parametrize(
    ("changes", "code", "places"),
    [
        ({"offerings": [offering(combines=(CombinedCourse(course="gone", max_seats=1),))]}, "unknown-reference", ["combines"]),
        (
            {"offerings": [offering(combines=(CombinedCourse(course="drilling", max_seats=1),))]},
            "contradictory-combination",
            ["combines", "course"],
        ),
        ({"offerings": [offering(reserved=(Reservation(company="gone", seats=1, until=MONDAY),))]}, "unknown-reference",
         ["reserved"]),
        ({"offerings": [offering(reserved=(Reservation(company="acme", seats=13, until=MONDAY),))]},
         "contradictory-reservation", ["reserved", "max_seats", "seats"]),
        ({"offerings": [offering(reserved=(Reservation(company="acme", seats=1, until=MONDAY),) * 2)]},
         "contradictory-reservation", ["reserved"]),
        (_lines(probability_percent=50), "contradictory-certainty", ["probability_percent", "certainty"]),
        (_lines(certainty="maybe"), "contradictory-certainty", ["probability_percent", "certainty"]),
        ({"apart": [Apart(first="acme-drilling", second="acme-drilling")]}, "contradictory-pairs", ["second", "first"]),
        ({"apart": [Apart(first="acme", second="bolt-drilling")]}, "unknown-reference", ["first"]),
        (
            {"apart": [Apart(first="acme-drilling", second="bolt-drilling")],
             "side_by_side": [SideBySide(first="bolt-drilling", second="acme-drilling")]},
            "contradictory-pairs",
            ["first", "bolt-drilling, acme-drilling"],
        ),
        ({"courses": [course(off_target_cents=1)]}, "missing-field", ["target_seats", "off_target_cents"]),
        ({"courses": [course(target_seats=13, off_target_cents=1)]}, "out-of-range", ["target_seats", "min_seats", "max_seats"]),
        (_lines(after="gone"), "unknown-reference", ["after"]),
        (_lines(after="bolt-drilling"), "contradictory-order", ["after", "company"]),
        (_lines(after="acme-drilling"), "contradictory-order", ["after", "after"]),
        (_lines(min_gap_days=3, max_gap_days=2), "contradictory-order", ["max_gap_days", "min_gap_days"]),
        (_lines(not_above_alone=True), "missing-field", ["outside", "not_above_alone"]),
        ({"companies": [company("acme", budget_first=MONDAY), company("bolt")]}, "missing-field", ["budget_cents"]),
        ({"companies": [company("acme", budget_cents=1, budget_first=day(days=1), budget_last=MONDAY), company("bolt")]},
         "start-after-end", ["budget_last", "budget_first"]),
        ({"commitments": [_commitment(count=6)]}, "contradictory-commitments", ["count", "count"]),
        ({"commitments": [_commitment()], "bans": [Ban(run=RUN)]}, "contradictory-commitments", ["run", RUN]),
        ({"commitments": [_commitment(demand="gone")]}, "unknown-reference", ["demand"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_both_ends(changes, code, places):
    (problem,) = [found for found in _problems(**changes) if found.code == code]
    assert [pointer.split("/", 2)[-1].rsplit("/", 1)[-1] if "/" not in last else last
            for pointer, last in zip((problem.pointer, *problem.also), places, strict=True)] == places  # fmt: skip


def test_a_circle_of_modules_is_told_for_each_line_of_it():
    lines = [demand(f"acme-{name}", company_id="acme", after=f"acme-{after}") for name, after in ("ab", "bc", "ca")]
    assert [problem.code for problem in _problems(demands=lines)] == ["contradictory-order"] * 3


def test_a_fair_module_order_is_accepted():
    lines = [demand("acme-drilling"), demand("acme-later", company_id="acme", after="acme-drilling", max_gap_days=1)]
    assert make_instance(demands=lines).demands[1].after == "acme-drilling"


def test_frozen_seats_of_a_run_that_can_no_longer_be_are_told():
    gone = make_instance(commitments=[_commitment(run="gone/2027-03-01/block5")])
    with pytest.raises(InstanceError, match="contradictory-commitments") as refused:
        find_candidates(gone)
    assert "the run cannot be or the line may not attend it" in str(refused.value)


def test_a_start_that_is_not_that_of_the_run_is_told():
    with pytest.raises(InstanceError, match="the run starts on 2027-03-01"):
        find_candidates(make_instance(commitments=[_commitment(start=day(weeks=1), state="agreed")]))


def test_agreed_seats_of_a_run_that_can_no_longer_be_cost_their_price_in_any_plan():
    gone = _commitment(run="gone/2027-03-01/block5", state="agreed")
    problem = find_candidates(make_instance(commitments=[gone], prices=prices(change_cents_agreed=30))).problem
    assert problem.constant_cents == 5 * 30
    assert not problem.arc_committed.any()
