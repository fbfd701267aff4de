"""Choosing what opens and seating whole groups in it ends in the best plan, with a bound that no plan is below."""

import random

import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.plan import Plan
from cohort_opt.solver import openings
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.openings import choose_and_seat, worth_choosing
from cohort_opt.solver.params import Mode, SolveParams


def whole_groups(seed):
    """Return a random problem of 3 or 4 whole groups and 3 runs."""
    dice = random.Random(seed)
    groups = [dice.randint(1, 4) for _ in range(dice.randint(3, 4))]
    runs = [(dice.randint(0, 40), least, least + dice.randint(1, 4)) for least in (dice.randint(0, 4) for _ in range(3))]
    keys = [(g, r) for g in range(len(groups)) for r in range(3) if dice.random() < 0.9]
    return compact(
        groups,
        runs,
        dict.fromkeys(keys, 0),
        unplaced=[dice.randint(5, 30) for _ in groups],
        min_part=dict(enumerate(groups)),
        once={key: dice.randint(1, 30) for key in keys},
        must_place=[g for g in range(len(groups)) if dice.random() < 0.3],
    )


@pytest.mark.parametrize("seed", range(6))
def test_cut_and_solve_agrees_with_enumeration(seed, brute_force):
    problem = whole_groups(seed)
    best = brute_force(problem)
    incumbent = Incumbent(problem)
    if not Plan.nobody().faults(problem):
        incumbent.offer(Plan.nobody(), "nobody")
    choose_and_seat(incumbent, Limits(SolveParams(Mode.FAST, time_limit_seconds=30)))
    assert incumbent.contradictions() == []
    if best is None:
        assert incumbent.plan is None
        return
    assert incumbent.objective == best
    assert incumbent.best_bound()[0] == best


def test_a_seating_that_was_left_open_is_finished_when_no_other_choice_is_better(brute_force, monkeypatch):
    problem = whole_groups(11)
    limits, real, asked = Limits(SolveParams(Mode.FAST, time_limit_seconds=30)), openings.race, []

    def race(incumbent, own):
        """Give up at once where everything is open, so that the first choice keeps its weak bound."""
        asked.append(tuple(incumbent.problem.run_ids))
        return None if asked.count(asked[-1]) == 1 else real(incumbent, own)

    monkeypatch.setattr(openings, "race", race)
    incumbent = Incumbent(problem)
    incumbent.offer(Plan.nobody(), "nobody")
    choose_and_seat(incumbent, limits)
    best = brute_force(problem)
    assert (incumbent.objective, incumbent.best_bound()[0]) == (best, best)
    assert len(asked) > len(set(asked))


def test_only_many_whole_groups_are_worth_it():
    assert not worth_choosing(compact([2], [(1, 0, 9)], {(0, 0): 1}, min_part={0: 2}))
    arcs = {(g, r): 1 for g in range(60) for r in range(30)}
    assert worth_choosing(compact([2] * 60, [(1, 0, 9)] * 30, arcs, min_part=dict.fromkeys(range(60), 2)))
    assert not worth_choosing(compact([2] * 60, [(1, 0, 9)] * 30, arcs))
