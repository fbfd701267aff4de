from cohort_opt.cost_sharing import pooling_gain, share_classes
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, day, demand, make_instance


def plan(*members, unplaced=()):
    dates = tuple(day(days=i) for i in range(5))
    planned = PlannedClass(
        RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates,
        tuple(Member(line, count) for line, count in members),
    )  # fmt: skip
    return Solution((planned,), tuple(Member(*u) for u in unplaced))


def gains(instance, solution):
    return pooling_gain(instance, solution, share_classes(instance, solution))


def test_the_gain_is_the_cheapest_outside_option_less_share_and_journey():
    # acme alone: own course 400,000 + 5 x 50,000 = 650,000, or 5 list seats at 150,000 = 750,000; journey 5 x 1,000: 655,000.
    # Together: share 620,278 (see test_share) + 5 trainees x 10 km x 2 x 5 days x 20 = 10,000: 630,278. Gain 24,722.
    options = OutsideOptions(
        own_course_fixed_cents=400_000, own_course_seat_cents=50_000, list_price_cents=150_000, travel_cents=1_000
    )
    instance = make_instance(demands=[demand("acme-drilling", count=5, outside=options), demand("bolt-drilling", count=4)])
    acme, _ = gains(instance, plan(("acme-drilling", 5), ("bolt-drilling", 4)))
    assert (acme.share_cents, acme.travel_cents, acme.together_cents) == (620_278, 10_000, 630_278)
    assert (acme.alone_cents, acme.gain_cents) == (655_000, 24_722)
    assert (acme.placed_without_option, acme.waiting_avoided_cents) == (0, 0)


def test_a_company_that_pays_more_than_alone_has_a_negative_gain():
    # 5 list seats at 100,000 = 500,000 against 630,278.
    instance = make_instance(
        demands=[
            demand("acme-drilling", count=5, outside=OutsideOptions(list_price_cents=100_000)),
            demand("bolt-drilling", count=4),
        ]
    )
    assert gains(instance, plan(("acme-drilling", 5), ("bolt-drilling", 4)))[0].gain_cents == -130_278


def test_waiting_avoided_is_shown_apart_from_the_gain():
    # bolt has no outside option: 4 placed trainees x 1,000,000 of waiting, and no gain in money.
    _, bolt = gains(make_instance(), plan(("acme-drilling", 5), ("bolt-drilling", 4)))
    assert (bolt.alone_cents, bolt.gain_cents) == (0, 0)
    assert (bolt.placed_without_option, bolt.waiting_avoided_cents) == (4, 4_000_000)


def test_only_the_lines_with_an_outside_option_enter_the_gain():
    # acme-a (4 seats) has list seats at 150,000 = 600,000; acme-b (2 seats) has no option. Share of acme 744,333 of which line a
    # 496,222; journeys 4 x 2,000. Gain 600,000 - 496,222 - 8,000 = 95,778.
    instance = make_instance(
        demands=[
            demand("acme-a", count=4, outside=OutsideOptions(list_price_cents=150_000)),
            demand("acme-b", count=2, unplaced_cents=70_000),
            demand("bolt-a", count=3),
        ]
    )
    acme, _ = gains(instance, plan(("acme-a", 4), ("acme-b", 2), ("bolt-a", 3)))
    assert (acme.alone_cents, acme.gain_cents) == (600_000, 95_778)
    assert (acme.placed_without_option, acme.waiting_avoided_cents) == (2, 140_000)


def test_a_company_without_a_seat_pays_nothing_and_gains_nothing():
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, outside=OutsideOptions(list_price_cents=1))]
    )
    _, bolt = gains(instance, plan(("acme-drilling", 8), unplaced=(("bolt-drilling", 4),)))
    assert (bolt.placed, bolt.unplaced, bolt.together_cents, bolt.alone_cents, bolt.gain_cents) == (0, 4, 0, 0, 0)


def test_a_line_in_part_placed_counts_its_placed_trainees_only():
    # 3 of 5 sit in the class: alone 3 x 200,000 = 600,000.
    instance = make_instance(
        demands=[
            demand("acme-drilling", count=5, outside=OutsideOptions(list_price_cents=200_000)),
            demand("bolt-drilling", count=5),
        ]
    )
    acme, _ = gains(instance, plan(("acme-drilling", 3), ("bolt-drilling", 5), unplaced=(("acme-drilling", 2),)))
    assert (acme.placed, acme.unplaced, acme.alone_cents) == (3, 2, 600_000)
