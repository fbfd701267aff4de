from fractions import Fraction

import pytest

from cohort_opt.cost_sharing import share_classes, share_in_full
from cohort_opt.cost_sharing.bounds import keep_within
from cohort_opt.cost_sharing.game import Game, Split
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, company, course, day, demand, make_instance, offering, prices


class Nothing:
    def value(self, coalition):
        return 0


def game(total, seats):
    return Game(tuple(f"c{i}" for i in range(len(seats))), seats, seats, total, Nothing())


def moved(shares, seats, upper, total):
    return keep_within(Split(tuple(Fraction(s) for s in shares)), game(total, seats), upper)


def test_a_split_within_its_bounds_stays_as_it_is():
    assert moved((30, 60), (1, 2), (30, 100), 90).shares == (30, 60)


def test_what_one_does_not_pay_the_others_pay_at_one_price_per_seat():
    # c0 owes 50 and pays 20; 30 are spread over 1 + 2 seats: 10 a seat.
    assert moved((50, 20, 20), (1, 1, 2), (20, 100, 100), 90).shares == (20, 30, 40)


def test_the_spread_stops_at_the_next_bound():
    # c0 pays 20 of 50; 30 over c1 and c2, 15 each; c1 may pay 25 only: 5 of 15; c2 takes 25.
    assert moved((50, 20, 20), (1, 1, 1), (20, 25, 100), 90).shares == (20, 25, 45)


def test_nobody_is_paid():
    # c0 would get 10: it pays 0, and the others pay 10 less, 5 each.
    assert moved((-10, 50, 50), (1, 1, 1), (100, 100, 100), 90).shares == (0, 45, 45)


def test_bounds_that_do_not_cover_the_cost_give_the_equal_price_and_the_excess():
    found = moved((50, 40), (1, 2), (20, 40), 90)
    assert (found.shares, found.facts["excess_over_bounds_cents"]) == ((30, 60), 30)


def three(*lines, fixed):
    instance = make_instance(
        companies=[company(c) for c, *_ in lines],
        courses=[course(min_seats=1)],
        offerings=[offering(fixed_cents=fixed, seat_cents=0)],
        demands=[
            demand(f"{c}-drilling", count=n, max_seat_price_cents=cap,
                   outside=OutsideOptions() if price is None else OutsideOptions(list_price_cents=price))
            for c, n, price, cap in lines
        ],
        distances=[],
        prices=prices(travel_cents_per_km=0, unplaced_cents=1_000),
    )  # fmt: skip
    dates = tuple(day(days=i) for i in range(5))
    members = tuple(Member(f"{c}-drilling", n) for c, n, *_ in lines)
    planned = PlannedClass(RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, members)
    return instance, Solution((planned,), ())


def cents(shares):
    return [s.share_cents for s in shares]


def test_a_share_within_bounds_is_at_most_what_the_company_pays_alone():
    # 900 for three seats, 300 each; acme's list seat costs 200: the others take 50 more each.
    instance, solution = three(("acme", 1, 200, None), ("bolt", 1, None, None), ("cito", 1, None, None), fixed=900)
    assert cents(share_classes(instance, solution, "equal")) == [300, 300, 300]
    assert cents(share_classes(instance, solution, "equal", keep_bounds=True)) == [200, 350, 350]


def test_a_price_cap_bounds_every_method():
    # Alone 1,000 (waiting), 400 and 400: proportional 900 x 1,000 / 1,800 = 500 for acme, whose cap is 350: 150 to the others.
    instance, solution = three(("acme", 1, None, 350), ("bolt", 1, 400, None), ("cito", 1, 400, None), fixed=900)
    # acme alone holds the class at 900 but not within its cap: it waits for 1,000.
    assert cents(share_classes(instance, solution, "proportional_to_stand_alone")) == [500, 200, 200]
    assert cents(share_classes(instance, solution, "proportional_to_stand_alone", keep_bounds=True)) == [350, 275, 275]


def test_an_agreed_price_is_a_ceiling_and_the_newcomer_pays_the_rest():
    instance, solution = three(("acme", 1, None, None), ("bolt", 1, None, None), ("cito", 1, None, None), fixed=900)
    agreed = {(RUN + "#1", "acme"): 250, (RUN + "#1", "bolt"): 250, ("another class", "cito"): 1}
    found = share_classes(instance, solution, "equal", keep_bounds=True, ceilings=agreed)
    assert cents(found) == [250, 250, 400]


def test_where_no_split_keeps_the_agreed_prices_the_excess_is_stated():
    # 250 + 250 + 300 alone = 800 of 900.
    instance, solution = three(("acme", 1, None, None), ("bolt", 1, None, None), ("cito", 1, 300, None), fixed=900)
    agreed = {(RUN + "#1", "acme"): 250, (RUN + "#1", "bolt"): 250}
    (found,) = share_in_full(instance, solution, "shapley", keep_bounds=True, ceilings=agreed)
    assert (found.method, found.shares_cents) == ("equal", (300, 300, 300))
    assert found.facts["excess_over_bounds_cents"] == 100


@pytest.mark.parametrize("method", ["core", "nucleolus"])
def test_a_proportional_split_loses_a_company_that_the_core_keeps(method, glop):
    # 900 for 2 + 1 + 1 seats. acme (2) has a list price of 150 a seat: 300 alone; bolt and cito wait for 1,000 each but can hold
    # the class for 900. Per seat acme pays 450 and is better off alone by 150. Stable: acme at most 300, each other at most 900,
    # acme with bolt at most 900, and so on; bolt + cito at most 900. Core nearest to the equal price: 300, 300, 300.
    instance, solution = three(("acme", 2, 150, None), ("bolt", 1, None, None), ("cito", 1, None, None), fixed=900)
    assert cents(share_classes(instance, solution, "equal")) == [450, 225, 225]
    acme, *_ = cents(share_classes(instance, solution, method, glop))
    assert acme <= 300
    if method == "core":
        assert cents(share_classes(instance, solution, "core", glop)) == [300, 300, 300]


def test_a_price_agreed_with_a_company_bounds_every_method():
    # Five and four pay 1,116,500; acme was promised 100,000 a seat: it pays 500,000, bolt the other 616,500.
    from cohort_opt.problem.records import Commitment
    from tests.cohort_opt.verification.plans import planned

    held = Commitment(demand="acme-drilling", run=RUN, start=MONDAY, count=5, seat_price_cents=100_000)
    instance = make_instance(commitments=[held])
    shares = share_classes(instance, Solution((planned(),), ()), keep_bounds=True)
    assert {share.company: share.share_cents for share in shares} == {"acme": 500_000, "bolt": 616_500}
