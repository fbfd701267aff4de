from cohort_opt.cost_sharing.plan_game import plan_game
from cohort_opt.problem.records import Distance, OutsideOptions
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, company, day, demand, make_instance, prices


def test_the_total_is_classes_journeys_and_outside_options():
    instance = make_instance(
        companies=[company("acme"), company("bolt"), company("cito")],
        demands=[
            demand("acme-drilling", count=5),
            demand("bolt-drilling", count=4, outside=OutsideOptions(list_price_cents=150_000)),
            demand("cito-drilling", count=1),
        ],
        distances=[Distance(company=c, site="academy", km=km) for c, km in (("acme", 10), ("bolt", 0), ("cito", 0))],
        prices=prices(unplaced_cents=700_000),
    )
    dates = tuple(day(days=i) for i in range(5))
    seated = (Member("acme-drilling", 5), Member("bolt-drilling", 3))
    planned = PlannedClass(RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, seated)
    game = plan_game(instance, Solution((planned,), (Member("bolt-drilling", 1), Member("cito-drilling", 1))))
    # acme: 5 x 10 km x 2 x 5 days x 0.20 = 100 euros; bolt: one list seat; cito: no option in money, it waits at 7,000 euros.
    assert game.companies == ("acme", "bolt", "cito")
    assert game.seats == (5, 4, 1)
    assert game.own_cents == (10_000, 150_000, 700_000)
    assert game.waiting_cents == 700_000
    # Class of eight: 9,500 + 8 x 185 = 10,980 euros.
    assert game.total_cents == 1_098_000 + 860_000
    assert game.names(0b101) == ("acme", "cito")
