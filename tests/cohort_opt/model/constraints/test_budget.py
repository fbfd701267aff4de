"""A class costs 100 and 10 a seat; groups of two and three, one class of 1 to 5; a trainee without a seat costs 100.

All five: 150 cents, the two of group 0 bear ceil(100 x 2 / 5) + 20 = 60. One of it beside the three: 100 / 4 + 10 = 35.
"""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact, rows
from cohort_opt.model.constraints import budget
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = replace(compact([2, 3], [(100, 1, 5)], {(0, 0): 10, (1, 0): 10}), run_seat_cents=np.array([10]))


@pytest.mark.parametrize(
    ("limit", "cents"),
    [(60, 150), (59, 100 + 4 * 10 + 100), (35, 100 + 4 * 10 + 100), (34, 100 + 3 * 10 + 200)],
)
def test_the_shares_of_a_company_stay_within_its_budget(limit, cents):
    assert solve(replace(BASE, budgets=rows([("budget[c0]", limit, {0: 1})])), SolveParams()).objective == cents


def test_all_lines_of_the_company_count_together():
    # Alone in the class the company bears all of it: 100 + 10 a seat, so 149 allow four seats and 150 all five.
    for limit, cents in ((150, 150), (149, 240)):
        assert solve(replace(BASE, budgets=rows([("budget[c0]", limit, {0: 1, 1: 1})])), SolveParams()).objective == cents


def test_applies_only_to_budgets():
    assert not budget.applies(BASE)
    assert budget.applies(replace(BASE, budgets=rows([("budget[c0]", 1, {0: 1})])))
