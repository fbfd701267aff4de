"""Two runs of a course for one group each: classes of 2 and 3 at 60 cents fixed cost a head 30 and 20: they differ by 10."""

from dataclasses import replace

import pytest

from cohort_opt.bench.small import compact, rows
from cohort_opt.model.constraints import price_spread
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 3], [(60, 1, 3), (60, 1, 3)], {(0, 0): 0, (1, 1): 0})


@pytest.mark.parametrize(
    ("limit", "cents"),
    [
        (10, 120),  # both classes
        (9, 220),  # two in each class: one of group 1 stays out
        (0, 220),
    ],
)
def test_seats_of_one_course_cost_nearly_the_same(limit, cents):
    problem = replace(BASE, spreads=rows([("price_spread[k]", limit, {0: 1, 1: 1})]))
    assert solve(problem, SolveParams()).objective == cents


def test_a_single_class_has_no_spread():
    assert solve(replace(BASE, spreads=rows([("price_spread[k]", 0, {0: 1})])), SolveParams()).objective == 120


def test_applies_only_to_courses_with_a_limit():
    assert not price_spread.applies(BASE)
    assert price_spread.applies(replace(BASE, spreads=rows([("price_spread[k]", 0, {0: 1})])))
