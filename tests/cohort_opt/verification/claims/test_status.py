"""Status: what the proposal says about itself fits what it holds."""

import pytest

from cohort_opt.proposal import ConflictEntry
from cohort_opt.solution import SolveStatus
from cohort_opt.verification.claims import status
from tests.cohort_opt.verification.proposals import complaints, refused

NO_PLAN = [SolveStatus.INFEASIBLE, SolveStatus.NO_SOLUTION_IN_TIME]


@pytest.mark.parametrize("name", ["objective_terms", "classes", "unplaced", "cost_shares", "pooling"])
def test_a_feasible_proposal_with_a_part_missing_is_refused(name):
    assert "status" in refused(**{name: None})
    assert f"Proposal: status feasible but {name} is missing" in complaints(**{name: None})


@pytest.mark.parametrize("said", NO_PLAN)
def test_a_plan_under_a_status_that_has_none_is_refused(said):
    assert "status" in refused(status=said)
    assert f"Proposal: status {said.value} but classes is there" in complaints(status=said)


@pytest.mark.parametrize("said", NO_PLAN)
def test_an_empty_plan_is_not_no_plan(said):
    nothing = {"classes": (), "unplaced": (), "cost_shares": (), "pooling": (), "verified": False}
    assert "status" in refused(status=said, **nothing)


def test_empty_is_said_only_where_nobody_asks():
    assert refused(status=SolveStatus.EMPTY) == ("status",)
    assert complaints(status=SolveStatus.EMPTY) == ["Proposal: status empty where 22 trainees ask for a seat"]


def test_a_plan_that_is_not_called_verified_is_refused():
    assert refused(verified=False) == ("status",)


def test_a_conflict_belongs_to_infeasible_alone():
    assert refused(conflict=ConflictEntry(members=("pins[x]",), checked=True)) == ("status",)


def test_it_needs_no_plan():
    assert not status.needs_plan()
