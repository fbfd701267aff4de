import pytest

from cohort_opt.problem.records import OutsideOptions, Pin
from cohort_opt.solver.coalition_plans import CoalitionPlans, game_instance
from tests.builders import RUN, company, course, demand, instructor, make_instance, offering, prices, room

NAMES = ("acme", "bolt", "cito")


def three(bays=1, own=None, **outside):
    """Three companies with six trainees each; a class of 12 costs 1,200; outside 200 a seat unless said otherwise."""
    option = OutsideOptions(**(outside or {"list_price_cents": 200}))
    return make_instance(
        companies=[company(c) for c in NAMES],
        courses=[course(min_seats=12, max_seats=12)],
        rooms=[room(count=bays, owner=own)],
        instructors=[instructor(count=bays)],
        offerings=[offering(fixed_cents=1_200, seat_cents=0)],
        demands=[demand(f"{c}-drilling", count=6, outside=option) for c in NAMES],
        distances=[],
        prices=prices(travel_cents_per_km=0, unplaced_cents=10_000),
    )


def cents(instance, coalition, **options):
    answer = CoalitionPlans(instance, **options).cost(coalition)
    assert answer.least_cents == answer.cents
    return answer.cents


def test_an_optimistic_group_has_all_rooms():
    # A pair fills the class at 1,200; with a third company its six go elsewhere for 1,200 more; alone each goes elsewhere.
    instance = three()
    assert [cents(instance, s, proportional=False) for s in (0b001, 0b011, 0b111)] == [1_200, 1_200, 2_400]


def test_a_share_of_one_room_is_no_room():
    # 12 of 18 trainees have two thirds of one room, rounded down: none. Everybody has it.
    instance = three()
    assert [cents(instance, s) for s in (0b011, 0b111)] == [2_400, 2_400]


def test_a_share_of_three_rooms_and_instructors_is_two():
    # Two thirds of three rooms: two, and one is enough.
    assert cents(three(bays=3), 0b011) == 1_200


def test_who_owns_the_room_has_it_whole():
    # acme owns the room, the instructors are the academy's: three of them leave two for a pair.
    instance = three(bays=3, own="acme")
    assert cents(instance, 0b011) == 1_200
    assert cents(instance, 0b110) == 2_400


def test_a_course_of_its_own_is_paid_once():
    # Fixed 300 + 10 x 6 = 360, cheaper than 6 x 200; with 5 x 30 + 300 = 450 it would be too.
    assert cents(three(list_price_cents=200, own_course_fixed_cents=300, own_course_seat_cents=10), 0b001) == 360


def test_waiting_is_an_option_where_it_is_the_cheapest():
    assert cents(three(list_price_cents=20_000), 0b001) == 60_000


def test_the_strongest_objection_is_found_and_bounded():
    # 800 each: a pair pays 1,600 and would pay 1,200 in a class of its own.
    found, bound = CoalitionPlans(three(), proportional=False).objections([800, 800, 800])
    assert bound == 400
    assert found[0].coalition.bit_count() == 2
    assert found[0].cents == 1_200


def test_everybody_is_no_objection():
    # All together would gain 3,000 - 2,400, but they are not a group that leaves; the best pair gains 2,000 - 1,200.
    _, bound = CoalitionPlans(three(), proportional=False).objections([1_000, 1_000, 1_000])
    assert bound == 800


def test_pins_and_prices_that_nobody_is_paid_are_left_out():
    instance = make_instance(
        pins=[Pin(demand="acme-drilling", run=RUN, count=1)], prices=prices(waiting_cents_per_week=500, change_cents_agreed=9)
    )
    given = game_instance(instance)
    assert (given.pins, given.commitments) == ((), ())
    assert (given.prices.waiting_cents_per_week, given.prices.change_cents_agreed) == (0, 0)


@pytest.mark.parametrize("proportional", [True, False])
def test_a_group_and_another_never_pay_less_than_both_together(proportional):
    oracle = CoalitionPlans(three(bays=2), proportional=proportional)
    value = {s: oracle.cost(s).cents for s in range(1, 8)}
    assert all(value[s | t] <= value[s] + value[t] for s in value for t in value if not s & t)
