"""Prices of shared rows that know whole plans: the bound of the best mix, and the best choice that fits together."""

from cohort_opt.bench.small import compact
from cohort_opt.model.plan import Plan
from cohort_opt.solver.ascent import first_prices
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.coordination import Coordination
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.pricing import Pricer


def _two_trades(rooms=1):
    """Return two trades of three groups each, as in `test_count_tree`; the first runs of both want the same room."""
    pairs = [(0, 1), (1, 2), (0, 2)]
    arcs = {(3 * trade + group, 3 * trade + run): 0 for trade in (0, 1) for run, pair in enumerate(pairs) for group in pair}
    every = dict.fromkeys(range(6), 1)
    return compact([2] * 6, [(600, 4, 4)] * 6, arcs, unplaced=200, capacity=[("room", rooms, every)])


def _coordinated(problem):
    incumbent = Incumbent(problem)
    incumbent.offer(Plan.nobody(), "nobody")
    limits = Limits(SolveParams())
    relaxed = column_bound(problem, limits, [], start=first_prices(Pricer(problem), Plan.nobody()))
    coordination = Coordination(incumbent, relaxed)
    assert coordination.is_worth_it
    coordination.run(limits)
    return relaxed, incumbent


def test_one_room_for_two_trades_is_given_to_one_of_them(brute_force):
    # One class: 600 + 8 * 200 = 2,200; nobody placed: 12 * 200 = 2,400.
    problem = _two_trades()
    relaxed, incumbent = _coordinated(problem)
    assert brute_force(problem) == incumbent.objective == 2_200
    assert relaxed.bound <= incumbent.bounds["blocks"] <= 2_200
    assert incumbent.is_proven


def test_rooms_for_everybody_leave_whole_plans_to_prove_what_halves_of_classes_cannot(brute_force):
    # Each trade opens one class: 2 * (600 + 2 * 200) = 2,000; the relaxation opens three halves in each trade: 1,800.
    problem = _two_trades(rooms=3)
    relaxed, incumbent = _coordinated(problem)
    assert brute_force(problem) == incumbent.objective == incumbent.bounds["blocks"] == 2_000
    assert relaxed.bound == 1_800


def test_blocks_are_numbered_and_groups_without_a_run_share_the_last_number():
    problem = compact([2, 2, 1], [(100, 2, 2)] * 2, {(0, 0): 0, (1, 1): 0}, capacity=[("room", 1, {0: 1, 1: 1})])
    incumbent = Incumbent(problem)
    relaxed = column_bound(problem, Limits(SolveParams()), [], start=first_prices(Pricer(problem), Plan.nobody()))
    assert Coordination(incumbent, relaxed).block_of_group.tolist() == [0, 1, 2]


def test_one_block_alone_is_not_worth_it():
    problem = compact([2], [(100, 2, 2)], {(0, 0): 0})
    incumbent = Incumbent(problem)
    relaxed = column_bound(problem, Limits(SolveParams()), [], start=first_prices(Pricer(problem), Plan.nobody()))
    assert not Coordination(incumbent, relaxed).is_worth_it
