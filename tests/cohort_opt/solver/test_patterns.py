"""Where every group sits whole in one of several classes alike, listing all ways to fill a class finds what enumeration finds."""

import random

import pytest

from cohort_opt.bench.judge import judge
from cohort_opt.bench.small import compact
from cohort_opt.solver import patterns
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams


def whole_groups(seed):
    """Return a random problem of 2 to 6 whole groups and 1 to 2 runs of up to three classes alike."""
    dice = random.Random(seed)
    groups = [dice.randint(1, 4) for _ in range(dice.randint(2, 6))]
    runs = [(dice.randint(-5, 30), least, least + dice.randint(1, 4)) for least in (dice.randint(1, 5), dice.randint(0, 5))]
    runs = runs[: dice.randint(1, 2)]
    keys = [(g, r) for g in range(len(groups)) for r in range(len(runs)) if dice.random() < 0.9]
    return compact(
        groups,
        runs,
        {key: dice.choice((0, 0, 3, 7)) for key in keys},
        unplaced=[dice.choice((5, 9)) for _ in groups],
        min_part=dict(enumerate(groups)),
        cap={r: dice.randint(2, 3) for r in range(len(runs))},
        once={key: dice.choice((0, 4)) for key in keys},
        min_size={key: dice.randint(0, 6) for key in keys if dice.random() < 0.2},
        capacity=[("room", dice.randint(1, 3), dict.fromkeys(range(len(runs)), 1))] if dice.random() < 0.5 else (),
        must_place=[g for g in range(len(groups)) if dice.random() < 0.1],
    )


@pytest.mark.parametrize("seed", range(120))
def test_the_best_choice_of_patterns_is_the_best_plan(seed, brute_force):
    problem = whole_groups(seed)
    if not patterns.applies(problem):
        pytest.skip("no arc is left")
    answer = patterns.solve_patterns(problem, Limits(SolveParams(deterministic_limit=20)), None)
    best = brute_force(problem)
    if best is None:
        assert answer.plan is None
        return
    assert answer.plan.value(problem) == answer.bound == best
    ruling = judge(problem, answer.plan.classes_by_run(problem.num_runs), answer.plan.unplaced(problem).tolist())
    assert ruling.violations == ()
    assert ruling.objective == best


def test_too_many_patterns_are_not_listed():
    # 40 groups of different size that fit in any combination: 2**40 ways to fill the class.
    problem = compact(
        range(1, 41), [(0, 1, 900)], {(g, 0): 1 for g in range(40)}, min_part={g: g + 1 for g in range(40)}, cap={0: 2}
    )
    assert patterns.applies(problem)
    assert patterns.solve_patterns(problem, Limits(SolveParams()), None) is None


def test_groups_that_may_split_have_no_patterns():
    problem = compact([4, 4], [(0, 1, 4)], {(0, 0): 1, (1, 0): 1}, min_part={0: 4}, cap={0: 2})
    assert not patterns.applies(problem)
