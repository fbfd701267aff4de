"""Four trainees in two groups, one class of 1 to 4, 10 cents without a seat; grants from a size or a seat on."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.objective import subsidies
from cohort_opt.problem.stepwise import Grants
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 2], [(0, 1, 4)], {(0, 0): 15, (1, 0): 15}, unplaced=10)
"""A seat costs 15 and saves 10: without grants nobody sits, for 40."""


def granted(*rows, credit, pots=()):
    """Return the base with grants (arc, pot, first size, last size, first seat, last seat, cents)."""
    each = np.array(credit)
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    grants = Grants.of(table, np.array(pots, dtype=np.int64))
    return replace(BASE, arc_cents=BASE.arc_cents - each, arc_credit_cents=each, grants=grants)


@pytest.mark.parametrize(
    ("rows", "credit", "pots", "objective"),
    [
        ([(0, -1, 1, 500, 1, 500, 20)], (20, 0), (), 10),  # two sit for 30 - 40 = -10, two wait for 20
        ([(0, -1, 3, 500, 1, 500, 20)], (20, 0), (), 15),  # three sit: 45 - 40 + 10
        ([(0, -1, 4, 4, 1, 500, 20)], (20, 0), (), 20),  # four sit: 60 - 40
        ([(0, -1, 1, 500, 2, 2, 20)], (20, 0), (), 30),  # only the second seat: 30 - 20 + 20
        ([(0, -1, 1, 1, 1, 500, 20)], (20, 0), (), 25),  # alone: 15 - 20 + 30
        ([(0, 0, 1, 500, 1, 500, 20)], (20, 0), (30,), 20),  # the pot holds 30: 30 - 30 + 20
        ([(0, 0, 1, 500, 1, 500, 20), (1, 0, 1, 500, 1, 500, 20)], (20, 20), (70,), -10),  # 60 - 70
        ([(0, 0, 1, 500, 1, 500, 20)], (20, 0), (5,), 40),  # 5 are worth less than the loss of a seat
    ],
)
def test_the_cheapest_plan_counts_every_step_and_pot(rows, credit, pots, objective):
    result = solve(granted(*rows, credit=credit, pots=pots), SolveParams())
    assert (result.status, result.objective, result.bound) == ("optimal", objective, objective)


def test_applies_only_to_steps():
    assert not subsidies.applies(BASE)
    assert not subsidies.applies(granted(credit=(20, 0)))
    assert subsidies.applies(granted((0, -1, 2, 500, 1, 500, 20), credit=(20, 0)))
