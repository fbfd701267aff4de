"""A piece lies around what costs too much, and knows who holds the rooms that it wants."""

import numpy as np

from cohort_opt.bench.small import compact
from cohort_opt.model.plan import Plan
from cohort_opt.solver.pricing import Pricer, Prices
from cohort_opt.solver.surroundings import Heart, Surroundings


def _one_room(limit=1):
    """Return two trades of one group each; run 0 and run 1 want the same room, run 2 is a dear way out for the first trade."""
    arcs = {(0, 0): 0, (1, 1): 0, (0, 2): 0}
    return compact([2, 2], [(100, 2, 2), (100, 2, 2), (190, 2, 2)], arcs, capacity=[("room", limit, {0: 1, 1: 1})])


def _surroundings(problem):
    none = np.zeros(0, dtype=np.int64)
    prices = Prices(np.full(problem.num_groups, 50), np.zeros(1, dtype=np.int64), none)
    return Surroundings(problem, prices, *Pricer(problem).tolls(prices))


def _plan():
    """Return the plan in which the second trade has the room, and the first one its way out."""
    return Plan.of_classes([(1, ((1, 2),)), (2, ((0, 2),))])


def test_excess_is_what_a_class_costs_above_the_prices_of_its_seats():
    # Run 1: 100 - 2 * 50 = 0; run 2: 190 - 2 * 50 = 90.
    assert _surroundings(_one_room()).excess(_plan()).tolist() == [0, 90]


def test_a_piece_around_a_class_frees_its_members_and_what_they_could_open():
    piece = _surroundings(_one_room(limit=2)).around(_plan(), [Heart(1, is_class=True)], 1, runs=5)
    assert piece.dissolved.tolist() == [False, True]
    assert piece.groups.tolist() == [0]
    assert piece.runs.tolist() == [0, 2]


def test_a_run_without_a_free_room_is_not_offered():
    piece = _surroundings(_one_room()).around(_plan(), [Heart(1, is_class=True)], 1, runs=5)
    assert piece.runs.tolist() == [2]


def test_the_class_that_holds_the_wanted_room_is_the_rival():
    around, hearts = _surroundings(_one_room()), [Heart(1, is_class=True)]
    # Run 0 would cost its price exactly, and 90 are hoped for.
    assert around.rivals(_plan(), around.around(_plan(), hearts, 1, runs=5), hearts).tolist() == [90, 0]


def test_nobody_is_a_rival_where_rooms_are_free():
    around, hearts = _surroundings(_one_room(limit=2)), [Heart(1, is_class=True)]
    assert around.rivals(_plan(), around.around(_plan(), hearts, 1, runs=5), hearts).tolist() == [0, 0]


def test_a_piece_around_two_classes_offers_the_room_to_both():
    hearts = [Heart(1, is_class=True), Heart(0, is_class=True)]
    piece = _surroundings(_one_room()).around(_plan(), hearts, 1, runs=5)
    assert piece.dissolved.tolist() == [True, True]
    assert piece.runs.tolist() == [0, 1, 2]


def test_a_group_that_waits_has_a_piece_too():
    problem = _one_room(limit=2)
    plan = Plan.of_classes([(1, ((1, 2),))])
    piece = _surroundings(problem).around(plan, [Heart(0, is_class=False)], 1, runs=5)
    assert piece.groups.tolist() == [0]
    assert piece.runs.tolist() == [0, 2]
