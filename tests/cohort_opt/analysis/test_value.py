"""The value of one more, by solving again; dual prices are marked as estimates."""

from cohort_opt.analysis import ONE_MORE, value_of_one_more
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.shadow import shadow_prices
from tests.builders import gap_number, make_instance, two_classes_one_bay

PARAMS = SolveParams(deterministic_limit=20)


def by_kind(instance, *kinds, solves=40):
    return {(value.kind, value.subject): value for value in value_of_one_more(instance, PARAMS, kinds, solves)}


def test_one_more_seat_in_the_class_places_one_more_of_those_who_wait():
    # 12 of 14 are placed. One more seat: a seat at 18,500 instead of one who waits at its price.
    instance = gap_number()
    value = by_kind(instance, "seat")["seat", "drilling"]
    wait = instance.prices.unplaced_cents
    assert value.cents == value.least_cents == value.most_cents == wait - 18_500
    assert value.placed == 1
    assert not value.is_estimate


def test_one_more_trainee_of_a_gap_number_waits_as_well():
    # 15 is a gap number too: the new one waits at its price.
    instance = gap_number()
    value = by_kind(instance, "trainee", solves=1)["trainee", "acme-drilling"]
    assert (value.cents, value.placed) == (-instance.prices.unplaced_cents, 0)


def test_a_second_bay_lets_both_classes_start_at_once_if_there_is_a_second_instructor():
    found = by_kind(two_classes_one_bay(), "room", "instructor")
    assert found["room", "bay"].cents >= 0
    assert found["instructor", "crew"].cents >= 0


def test_what_is_not_solved_again_is_an_estimate_without_an_interval():
    found = by_kind(gap_number(), "trainee", solves=0)
    assert found
    for value in found.values():
        assert value.is_estimate
        assert (value.least_cents, value.most_cents, value.placed) == (None, None, None)
        assert "an estimate by the dual price" in value.result().sentence


def test_every_kind_has_an_answer_or_none_to_give():
    values = value_of_one_more(gap_number(), PARAMS)
    assert {value.kind for value in values} <= {*ONE_MORE, "room_day"}
    assert {"km", "week", "room", "instructor", "seat", "trainee"} <= {value.kind for value in values}


def test_a_shadow_price_of_a_trainee_is_the_marginal_cost_of_a_seat_where_nobody_waits():
    # Nobody asks for more than fits: the relaxation pays between the price of a seat and that of leaving somebody out.
    instance = make_instance()
    prices = shadow_prices(find_candidates(instance).problem, PARAMS)
    assert all(0 <= cents <= instance.prices.unplaced_cents for cents in prices.group.values())
    assert all(cents >= 0 for cents in prices.capacity.values())
