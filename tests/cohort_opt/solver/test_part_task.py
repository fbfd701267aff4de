"""Parts travel as bytes, and whoever solves them gives the same answer."""

import pickle
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_task import PartTask, answer_of, solve_part_bytes
from cohort_opt.solver.solve import solve

PARAMS = SolveParams(deterministic_limit=6)


def three_regions():
    """Return three regions that share nothing: in each, 4 + 5 trainees fill one class of 6 to 9 or wait at 100 each."""
    groups = [4, 5] * 3
    runs = [(200 + 10 * k, 6, 9) for k in range(3)]
    arcs = {(2 * k + i, k): 10 + i for k in range(3) for i in range(2)}
    return compact(groups, runs, arcs)


def _facts(result):
    """Return everything but the seconds."""
    return replace(result, seconds=0.0)


def test_the_answer_does_not_depend_on_who_solves_the_parts():
    problem = three_regions()
    here = solve(problem, PARAMS)
    # Each region: fixed + 4 x 10 + 5 x 11 = 95; three: 200 + 210 + 220 + 3 x 95 = 915; all waiting would cost 2,700.
    assert (here.status, here.objective, here.bound) == (SolveStatus.OPTIMAL, 915, 915)
    with ThreadPoolExecutor(3) as threads:
        assert _facts(solve(problem, PARAMS, executor=threads)) == _facts(here)
    with ProcessPoolExecutor(2) as processes:
        assert _facts(solve(problem, PARAMS, executor=processes)) == _facts(here)


def test_a_part_that_cannot_be_placed_makes_the_whole_infeasible_wherever_it_is_solved():
    # Region 1 must place its nine, but its class takes at most eight.
    problem = replace(
        three_regions(), run_max=np.array([9, 8, 9]), group_must_place=np.array([False, False, True, True, False, False])
    )
    with ThreadPoolExecutor(2) as threads:
        assert solve(problem, PARAMS, executor=threads).status is SolveStatus.INFEASIBLE
    assert solve(problem, PARAMS).status is SolveStatus.INFEASIBLE


def test_a_task_is_bytes_and_its_answer_too():
    task = PartTask(three_regions(), PARAMS, 6.0)
    answer = answer_of(solve_part_bytes(task.to_bytes()))
    assert answer.plan.value(task.problem) == 915
    assert max(answer.bounds.values()) == 915
    assert answer_of(answer.to_bytes()).to_bytes() == answer.to_bytes()
    with pytest.raises(SolverError, match="no PartTask"):
        solve_part_bytes(answer.to_bytes())
    with pytest.raises(SolverError, match="no PartAnswer"):
        answer_of(pickle.dumps("something else"))


class LosingExecutor(Executor):
    """Loses every part that it is given."""

    def submit(self, fn, /, *args, **kwargs):
        lost = Future()
        lost.set_exception(BrokenExecutor("the process was killed"))
        return lost


class DeafExecutor(Executor):
    """Never answers."""

    def submit(self, fn, /, *args, **kwargs):
        return Future()


def test_parts_that_the_executor_loses_are_solved_here():
    problem = three_regions()
    assert _facts(solve(problem, PARAMS, executor=LosingExecutor())) == _facts(solve(problem, PARAMS))


def test_a_solve_that_is_not_wanted_any_more_waits_for_nobody():
    found = solve(three_regions(), PARAMS, executor=DeafExecutor(), cancelled=lambda: True)
    # The first plans cost no search: the greedy one fills all three classes.
    assert (found.status, found.objective, found.reproducible) == (SolveStatus.FEASIBLE, 915, False)


def test_the_key_of_a_task_names_what_its_answer_depends_on_and_nothing_else():
    task = PartTask(three_regions(), PARAMS, 6.0)
    same = replace(task, params=replace(PARAMS, deterministic_limit=60, time_limit_seconds=7, workers=8))
    assert same.key() == task.key()
    dearer = replace(three_regions(), run_fixed_cents=np.array([200, 210, 221]))
    others = [replace(task, problem=dearer), replace(task, budget=5.0), replace(task, start=Plan.nobody())]
    others += [replace(task, params=replace(PARAMS, seed=2)), replace(task, params=replace(PARAMS, gap_target=0.1))]
    assert len({task.key(), *(other.key() for other in others)}) == 6
