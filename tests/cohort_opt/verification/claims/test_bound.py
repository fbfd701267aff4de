"""Bound: it does not lie above the plan, the gap is that between the two, and an optimum meets its bound."""

import pytest

from cohort_opt.proposal import PartEntry
from cohort_opt.solution import SolveStatus
from cohort_opt.verification.claims import bound
from tests.cohort_opt.verification.proposals import complaints, refused

OBJECTIVE = 4_349_001


@pytest.mark.parametrize(("cents", "expected"), [(OBJECTIVE, ()), (OBJECTIVE + 1, ("bound",))])
def test_a_bound_meets_the_objective_at_most(cents, expected):
    assert refused(bound_cents=cents, gap=0.0) == expected


# (4,349,001 - bound) / 4,349,001
@pytest.mark.parametrize(
    ("cents", "gap", "expected"),
    [
        (4_000_000, 0.080249, ()),  # 0.0802485
        (4_000_000, 0.080248, ("bound",)),
        (4_000_000, 0.080250, ("bound",)),
        (4_000_000, 0.0802485, ("bound",)),  # seven decimals
        (4_000_000, 0.0, ("bound",)),
        (4_000_000, -0.080249, ("bound",)),
        (4_000_000, None, ("bound",)),
        (OBJECTIVE - 1, 0.0, ()),  # 0.00000023
        (OBJECTIVE - 2, 0.0, ()),  # 0.00000046
        (OBJECTIVE - 3, 0.000001, ()),  # 0.00000069
        (OBJECTIVE - 3, 0.0, ("bound",)),
        (0, 1.0, ()),
        (-OBJECTIVE, 2.0, ()),
        (4_000_000, float("nan"), ("bound",)),
        (4_000_000, float("inf"), ("bound",)),
    ],
)
def test_the_gap_is_right_to_six_decimals(cents, gap, expected):
    assert refused(bound_cents=cents, gap=gap) == expected


def test_without_a_bound_there_is_no_gap():
    assert refused(bound_cents=None, bound_source="none", gap=None) == ()
    assert refused(bound_cents=None, bound_source="none", gap=0.080249) == ("bound",)


@pytest.mark.parametrize(("cents", "source"), [(None, "cp-sat"), (4_000_000, "none")])
def test_a_bound_has_a_source_and_only_a_bound_has_one(cents, source):
    gap = None if cents is None else 0.080249
    assert refused(bound_cents=cents, bound_source=source, gap=gap) == ("bound",)


def test_optimal_means_that_the_bound_is_met():
    assert refused(status=SolveStatus.OPTIMAL, bound_cents=OBJECTIVE, gap=0.0) == ()
    assert refused(status=SolveStatus.OPTIMAL) == ("bound",)
    # One cent below: the gap rounds to 0, the proof is still missing.
    assert complaints(status=SolveStatus.OPTIMAL, bound_cents=OBJECTIVE - 1, gap=0.0) == [
        "Proposal: status optimal with objective 4349001 and bound 4349000 cents: a proven optimum meets its bound"
    ]


def test_it_needs_no_plan():
    assert not bound.needs_plan()


def parts(*figures):
    """Return parts of these objectives and bounds."""
    return tuple(
        PartEntry(input="0" * 64, objective_cents=objective, bound_cents=least, bound_source="cp-sat")
        for objective, least in figures
    )


# 349,001 of the objective is what no plan can avoid: 3,000,000 + 1,000,000 + 349,001.
@pytest.mark.parametrize(
    ("figures", "cents", "expected"),
    [
        (((3_000_000, 3_000_000), (1_000_000, 1_000_000)), OBJECTIVE, ()),
        (((3_000_000, 2_900_000), (1_000_000, 1_000_000)), OBJECTIVE - 100_000, ()),
        (((3_000_000, 2_900_000), (1_000_000, 1_000_000)), OBJECTIVE - 99_999, ("bound",)),
        (((3_000_000, 2_900_000), (1_000_000, 1_000_000)), OBJECTIVE, ("bound",)),
        (((3_000_000, 2_900_000), (1_000_000, 1_100_000)), OBJECTIVE, ("bound",)),  # the sum is right, the second is not
        (((3_000_000, None), (1_000_000, 1_000_000)), OBJECTIVE - 100_000, ("bound",)),
    ],
)
def test_parts_add_up_to_the_whole(figures, cents, expected):
    gap = round((OBJECTIVE - cents) / OBJECTIVE, 6)
    assert refused(bound_cents=cents, gap=gap, parts=parts(*figures)) == expected


def test_a_part_without_a_bound_leaves_the_whole_without_one():
    figures = parts((3_000_000, None), (1_000_000, 1_000_000))
    assert refused(bound_cents=None, bound_source="none", gap=None, parts=figures) == ()
