from cohort_opt.cost_sharing import METHODS, compare
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, company, course, day, demand, make_instance, offering, prices


def case():
    """Return the class of test_bounds in which the equal price loses acme: 900 for 2 + 1 + 1 seats, acme alone 2 x 150."""
    instance = make_instance(
        companies=[company(c) for c in ("acme", "bolt", "cito")],
        courses=[course(min_seats=1)],
        offerings=[offering(fixed_cents=900, seat_cents=0)],
        demands=[
            demand("acme-drilling", count=2, outside=OutsideOptions(list_price_cents=150)),
            demand("bolt-drilling", count=1),
            demand("cito-drilling", count=1),
        ],
        distances=[],
        prices=prices(travel_cents_per_km=0, unplaced_cents=1_000),
    )
    dates = tuple(day(days=i) for i in range(5))
    members = (Member("acme-drilling", 2), Member("bolt-drilling", 1), Member("cito-drilling", 1))
    planned = PlannedClass(RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, members)
    return instance, Solution((planned,), ())


def test_every_method_has_a_row_for_each_company_and_a_summary(glop):
    found = compare(*case(), glop)
    assert [m.method for m in found.methods] == list(METHODS)
    assert len(found.shares) == 3 * len(METHODS)
    for method in METHODS:
        assert sum(row.share_cents for row in found.shares if row.method == method) == 900


def test_the_comparison_names_who_would_object_to_the_equal_price(glop):
    # acme pays 450 and has 300 alone: it gains 150 by leaving; acme with bolt pays 675 and could hold the class for 900. Bolt and
    # cito pay 450 and would pay 900.
    found = compare(*case(), glop)
    equal = next(m for m in found.methods if m.method == "equal")
    assert (equal.spread_cents, equal.objection_cents, equal.objectors) == (0, 150, ("acme",))
    core = next(m for m in found.methods if m.method == "core")
    # 150 a seat for acme and 300 for the others.
    assert (core.spread_cents, core.objection_cents, core.objectors) == (150, 0, ())
    acme = next(row for row in found.shares if row.method == "equal" and row.company == "acme")
    assert (acme.seat_price_cents, acme.alone_cents, acme.above_alone_cents) == (225, 300, 150)


def test_a_method_without_its_tools_says_why_it_has_no_shares():
    found = compare(*case(), methods=("equal", "core"))
    assert [(m.method, m.note) for m in found.methods] == [("equal", ""), ("core", "needs a linear program")]
    assert {row.method for row in found.shares} == {"equal"}
