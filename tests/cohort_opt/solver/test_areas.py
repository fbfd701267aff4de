"""A block is cut where few trainees could attend on both sides, and the sum of its areas bounds it."""

from dataclasses import replace

import numpy as np

from cohort_opt.bench.small import compact
from cohort_opt.solver.areas import area_bound, area_of_runs, cut
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams

LIMITS = Limits(SolveParams())


def _two_towns():
    """Return two towns of two offerings each; only group 2 could attend in both; classes of 3 cost 300, waiting 200 each.

    Runs 0 and 1 are one offering on two dates, run 2 is the other offering of the first town; run 3 and 4 are the second town.
    """
    arcs = {(0, 0): 0, (1, 0): 0, (0, 1): 5, (1, 1): 5, (1, 2): 0, (2, 2): 0, (2, 3): 0, (3, 3): 0, (3, 4): 0, (4, 4): 0}
    problem = compact([2, 2, 1, 2, 2], [(300, 3, 4)] * 5, arcs, unplaced=200)
    return replace(problem, run_offering=np.array([7, 7, 3, 9, 4]))


def test_offerings_that_share_trainees_make_an_area_and_dates_are_never_parted():
    area = area_of_runs(_two_towns(), most=3)
    assert area[0] == area[1] == area[2]
    assert area[3] == area[4] != area[0]


def test_an_area_reaches_no_more_groups_than_asked_unless_one_offering_does():
    problem = _two_towns()
    assert len(np.unique(area_of_runs(problem, most=1))) == 4
    assert len(np.unique(area_of_runs(problem, most=5))) == 1


def test_a_group_that_is_cut_earns_its_price_in_whatever_area_seats_it():
    problem = _two_towns()
    found = cut(problem, np.array([0, 0, 0, 1, 1]), np.full(5, 80))
    # Group 2 is cut: one trainee at 80 (waiting would cost 200, more than its price, so nothing comes off).
    assert found.constant == 80
    west, east = found.areas
    assert west.problem.group_unplaced_cents.tolist() == [200, 200, 0]
    assert east.problem.group_unplaced_cents.tolist() == [0, 200, 200]
    assert west.problem.arc_cents[west.problem.arc_group == 2].tolist() == [-80]
    assert [prices.tolist() for prices in found.prices] == [[80, 80, 0], [0, 80, 80]]


def test_a_price_above_waiting_earns_what_waiting_costs():
    # At 250 a seat, group 2 would rather wait at 200: 250 - 50.
    assert cut(_two_towns(), np.array([0, 0, 0, 1, 1]), np.full(5, 250)).constant == 200


def test_the_areas_bound_the_block(brute_force):
    problem = _two_towns()
    # West: one class of 4 at 300 seats groups 0 and 1; east: one class of 4 for groups 3 and 4; group 2 waits: 800 in all.
    assert brute_force(problem) == 800
    assert area_bound(problem, np.full(5, 75), LIMITS) <= 800
    assert area_bound(problem, np.full(5, 200), LIMITS) <= 800


def test_groups_without_any_run_wait_in_the_constant():
    problem = compact([2, 3], [(300, 2, 4)], {(0, 0): 0}, unplaced=200)
    assert cut(problem, np.array([0]), np.zeros(2, dtype=np.int64)).constant == 3 * 200
