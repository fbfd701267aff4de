"""Two runs of one site for one group each, of 2 and 3 trainees; a trainee without a seat costs 100."""

from dataclasses import replace

import pytest

from cohort_opt.bench.small import compact, rows
from cohort_opt.model.constraints import site_load
from cohort_opt.model.plan import Plan
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 3], [(60, 1, 3), (60, 1, 3)], {(0, 0): 0, (1, 1): 0})


def opens_for(limit, problem=BASE):
    """Return the problem with a least load over its first two runs."""
    return replace(problem, loads=rows([("site_load[s,2027]", limit, {0: 1, 1: 1})]))


@pytest.mark.parametrize(
    ("limit", "cents"),
    [
        (3, 120),
        (5, 120),  # both classes together hold five
        (6, 500),  # six never come: the site stays empty, and all five wait
    ],
)
def test_a_site_holds_enough_or_nobody(limit, cents):
    assert solve(opens_for(limit), SolveParams()).objective == cents


def test_a_class_that_does_not_pay_opens_for_the_sake_of_the_other():
    # The class of two costs 260 and saves 200; without it the site has three of the four it opens for, and 300 are lost.
    dear = compact([2, 3], [(260, 1, 3), (60, 1, 3)], {(0, 0): 0, (1, 1): 0})
    assert solve(dear, SolveParams()).objective == 60 + 200
    assert solve(opens_for(4, dear), SolveParams()).objective == 60 + 260


def test_a_pin_where_the_site_cannot_open_has_no_plan():
    pinned = compact([2, 3], [(60, 1, 3), (60, 1, 3)], {(0, 0): 0, (1, 1): 0}, pinned={(0, 0): 1})
    assert solve(pinned, SolveParams()).status is SolveStatus.OPTIMAL
    assert solve(opens_for(6, pinned), SolveParams()).status is SolveStatus.INFEASIBLE


def test_a_plan_with_too_few_is_faulty():
    three = Plan.of_classes([(1, ((1, 3),))])
    assert three.faults(opens_for(3)) == ()
    assert three.faults(opens_for(4)) == ("site_load",)


def test_applies_only_to_sites_with_a_least_load():
    assert not site_load.applies(BASE)
    assert site_load.applies(opens_for(1))
