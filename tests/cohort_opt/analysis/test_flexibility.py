from cohort_opt import propose
from cohort_opt.analysis.flexibility import flexibility_discounts, rigid
from cohort_opt.cost_sharing import pooling_gain, share_classes
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.verification.hearing import plan_of
from tests.builders import day, demand, make_instance, offering, prices


def flexible():
    """Return five of acme and four of bolt; the only class starts in the eighth week, within acme's wide window alone."""
    outside = OutsideOptions(list_price_cents=200_000)
    return make_instance(
        offerings=[offering(first_start=day(weeks=8), last_start=day(weeks=8))],
        demands=[
            demand("acme-drilling", count=5, latest_start=day(weeks=9), outside=outside),
            demand("bolt-drilling", count=4, earliest_start=day(weeks=7), latest_start=day(weeks=9), outside=outside),
        ],
        distances=[],
        prices=prices(travel_cents_per_km=0, waiting_cents_per_week=0),
    )


def test_without_the_wide_window_of_one_there_is_no_class():
    instance = flexible()
    plan = plan_of(propose(instance))
    pooling = pooling_gain(instance, plan, share_classes(instance, plan))
    found = {row.company: row for row in flexibility_discounts(instance, plan, pooling)}
    # Together 950,000 + 9 x 18,500 = 1,116,500. If acme had to start within four weeks all nine would go elsewhere: 1,800,000.
    assert found["acme"].worth_cents == 683_500
    # bolt's window of two weeks is narrow already.
    assert found["bolt"].worth_cents == 0
    # Half of the gain of 683,500, in all 341,750, goes to acme; acme and bolt pay by their gains, five ninths and four ninths.
    assert found["acme"].discount_cents == 341_750
    assert abs(9 * found["acme"].paid_in_cents - 5 * 341_750) <= 9
    assert sum(row.change_cents for row in found.values()) == 0


def test_a_company_with_a_narrow_window_and_one_site_is_rigid_already():
    instance = make_instance(
        demands=[demand("acme-drilling", latest_start=day(weeks=2), max_travel_km=10), demand("bolt-drilling", count=4)]
    )
    assert rigid(instance, "acme", days=28).demands[0].latest_start == day(weeks=2)
    narrow = rigid(instance, "bolt", days=7)
    assert next(d for d in narrow.demands if d.company == "bolt").latest_start == day(days=7)
    assert next(d for d in narrow.demands if d.company == "acme") == instance.demands[0]
    assert rigid(narrow, "bolt", days=7) == narrow
