import pytest

from cohort_opt.bench.small import compact
from cohort_opt.errors import ModelError
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.child import solve_in_child
from cohort_opt.solver.params import Mode, SolveParams


def hard_problem():
    """Return 40 groups kept together in 30 classes, far from proven within seconds."""
    groups = [3 + g % 5 for g in range(40)]
    arcs = {(g, r): 40 + (g * 37 + r * 53) % 101 for g in range(40) for r in range(30)}
    return compact(groups, [(3000 + 17 * r, 9, 13) for r in range(30)], arcs, unplaced=900, min_part=dict(enumerate(groups)))


def test_the_answer_of_the_child_is_the_answer_of_the_solver():
    # Three trainees at 10 each in a class of 20: 50; waiting would cost 300.
    problem = compact([3], [(20, 2, 4)], {(0, 0): 10})
    result = solve_in_child(problem, SolveParams())
    assert (result.status, result.objective, result.bound, result.reproducible) == (SolveStatus.OPTIMAL, 50, 50, True)


def test_progress_is_relayed_and_a_cancel_keeps_the_best_plan():
    steps = []
    result = solve_in_child(
        hard_problem(),
        SolveParams(mode=Mode.FAST, time_limit_seconds=60),
        progress=steps.append,
        cancelled=lambda: len(steps) > 1,
    )
    assert result.status is SolveStatus.FEASIBLE
    assert result.objective <= steps[0].objective
    assert not result.reproducible
    assert any("cancelled" in note for note in result.notes)


def test_a_child_that_overruns_is_killed_with_its_best_plan():
    result = solve_in_child(hard_problem(), SolveParams(mode=Mode.FAST, time_limit_seconds=2000), grace_seconds=-1994)
    assert result.status is SolveStatus.FEASIBLE
    assert "stopped from outside at the wall limit" in result.notes


def test_a_model_that_cannot_be_exact_is_refused_through_the_child():
    with pytest.raises(ModelError, match="not exact"):
        solve_in_child(compact([2], [(1, 1, 2)], {(0, 0): 2**53}), SolveParams())
