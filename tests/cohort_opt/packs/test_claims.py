import pytest

from cohort_opt.packs.claims import claim_total, line_claims
from cohort_opt.packs.class_setting import seated_line
from tests.builders import make_instance, release, two_companies_one_class

REGISTER = [{"kind": "counted", "topic": "jobs_register"}]


@pytest.fixture
def claim(pack, scheme, facts, first_run):
    """Return (low, expected, high) in cents of one amount for x of acme's five in a class of nine."""

    def run(amount, answers=None, seats=5, conditions=REGISTER, instance=None, size=9, money="cash", **fields):
        instance = instance or two_companies_one_class()
        rules = pack([scheme(conditions=conditions, amounts=[amount])])
        stated = facts({"acme-drilling": {"jobs-register": answers or (5, 0, 0)}}, **fields)
        found = line_claims(instance, [rules], stated, first_run(instance, size), seated_line(instance, "acme-drilling", seats))
        total = claim_total(found, money)
        return total.low, total.expected, total.high

    return run


def test_a_range_is_paid_for_every_eligible_seat(claim, money):
    assert claim({"kind": "participant", "cents": money(100, 200, 300)}) == (50_000, 100_000, 150_000)


def test_who_must_be_asked_counts_for_the_high_figure_only(claim, money):
    # 3 yes, 1 no, 1 ask, all seated, 100 each: 3, 3 and 4 seats.
    assert claim({"kind": "participant", "cents": money(100)}, (3, 1, 1)) == (30_000, 30_000, 40_000)


def test_of_a_line_seated_in_part_a_fair_share_is_expected(claim, money):
    # 3 yes, 1 no, 1 ask, 4 of 5 seated: at least 2, expected 100.00 * 3 * 4 / 5 = 240.00, at most 4.
    assert claim({"kind": "participant", "cents": money(100)}, (3, 1, 1), seats=4) == (20_000, 24_000, 40_000)


def test_a_place_year_is_paid_in_proportion_to_the_weeks_taught(claim, money):
    # Ten weeks of day release of a year of forty: 2,700 * 10 / 40 = 675 for each of five.
    course = two_companies_one_class().courses[0]
    instance = make_instance(courses=[course.model_copy(update={"patterns": (release(10),)})])
    assert claim({"kind": "place_year", "cents": money(2700)}, instance=instance) == (337_500,) * 3


def test_a_course_week_is_five_teaching_days(claim, money):
    # Ten single days are two course weeks, a cap of one week pays one.
    course = two_companies_one_class().courses[0]
    instance = make_instance(courses=[course.model_copy(update={"patterns": (release(10),)})])
    weekly = {"kind": "participant_week", "cents": money(60)}
    assert claim(weekly, instance=instance) == (60_000,) * 3
    assert claim({**weekly, "max_weeks": 1}, instance=instance) == (30_000,) * 3


def test_a_share_of_the_seat_price_stops_at_its_cap(claim):
    # Class of nine: (950,000 + 9 * 18,500) / 9 = 124,055.5, rounded down; a third in basis points: 41,347 (124,055 * 0.3333).
    share = {"kind": "share_of_seat_price", "share": {"low": 3333, "expected": 3333, "high": 10_000}}
    assert claim(share) == (5 * 41_347, 5 * 41_347, 5 * 124_055)
    assert claim({**share, "cap_cents": 50_000}) == (5 * 41_347, 5 * 41_347, 5 * 50_000)


def test_boarding_is_paid_for_those_who_board(claim, money):
    # Two of five board; all are eligible: two, at 30 for one week.
    assert claim({"kind": "boarding_week", "cents": money(30)}, boarders=2) == (6_000,) * 3
    # Two board and three are eligible: nobody is certain to do both, 2 may.
    assert claim({"kind": "boarding_week", "cents": money(30)}, (3, 2, 0), boarders=2) == (0, 0, 6_000)


def test_paid_hours_stop_at_the_yearly_cap(claim, money):
    # 1.01 * 1,600 = 1,616 a year; 1.01 * 2,000 = 2,020, capped at 2,000; for six months half of it.
    amount = {
        "kind": "paid_hour",
        "cents": {"low": 101, "expected": 101, "high": 101},
        "max_cents_per_year": 200_000,
        "months": 12,
    }
    assert claim(amount, paid_hours_per_year=1_600) == (5 * 161_600,) * 3
    assert claim(amount, paid_hours_per_year=2_000) == (5 * 200_000,) * 3
    assert claim({**amount, "months": 6}, paid_hours_per_year=2_000) == (5 * 100_000,) * 3
    assert claim(amount) == (0, 0, 0)


def test_social_return_is_counted_for_its_months_and_is_no_cash(claim, money):
    # 25,000 a year for 24 months: 50,000 for each of five.
    amount = {"kind": "social_return_year", "cents": money(25_000), "months": 24}
    assert claim(amount, money="social_return") == (25_000_000,) * 3
    assert claim(amount) == (0, 0, 0)


def test_the_seat_price_counts_at_cost(claim):
    assert claim({"kind": "social_return_at_cost"}, money="social_return") == (5 * 124_055,) * 3


def test_additional_places_are_paid_for_those_only(claim, money):
    amount = {"kind": "additional_place", "cents": money(2_000), "max_cents": 2_000_000}
    assert claim(amount, additional_places=3) == (600_000,) * 3


def test_below_a_threshold_the_whole_amount_is_lost(claim, money):
    condition = [{"kind": "min_class_size", "seats": 9}]
    amount = {"kind": "participant", "cents": money(100)}
    assert claim(amount, conditions=condition, size=9) == (50_000,) * 3
    assert claim(amount, conditions=condition, size=8) == (0, 0, 0)


def stacked(pack, scheme, facts, first_run, rule, schemes, answers):
    instance = two_companies_one_class()
    rules = pack(
        [
            scheme(name, [{"kind": "counted", "topic": topic}], [amount], stack={"group": "fee", "order": order})
            for order, (name, topic, amount) in enumerate(schemes, start=1)
        ],
        groups=[{"id": "fee", "rule": rule}],
    )
    stated = facts({"acme-drilling": answers})
    found = line_claims(instance, [rules], stated, first_run(instance, 9), seated_line(instance, "acme-drilling", 5))
    return {c.eligible.scheme.id: (c.cents.low, c.cents.expected, c.cents.high) for c in found}


def test_of_schemes_that_exclude_each_other_the_first_pays(pack, scheme, facts, first_run, money):
    schemes = [
        ("a", "jobs_register", {"kind": "bonus", "cents": money(100)}),
        ("b", "municipal_benefit", {"kind": "bonus", "cents": money(10)}),
    ]
    answers = {"jobs-register": (3, 2, 0), "municipal-benefit": (4, 1, 0)}
    # a pays for three. b has four, of whom two to three... at least 4 - 3 = 1 has no a, and at most 5 - 3 = 2.
    assert stacked(pack, scheme, facts, first_run, "first", schemes, answers) == {"a": (30_000,) * 3, "b": (1_000, 1_000, 2_000)}
    # When all may be combined, b pays for its four.
    assert stacked(pack, scheme, facts, first_run, "all", schemes, answers)["b"] == (4_000,) * 3


def test_schemes_pay_in_order_until_the_price_of_the_seats_is_reached(pack, scheme, facts, first_run, money):
    # Five of nine seats of a class of 1,116,500 cents cost 620,277. a pays 5 * 1,000 = 500,000, of b's 250,000 the rest: 120,277.
    schemes = [
        ("b", "jobs_register", {"kind": "bonus", "cents": money(1000)}),
        ("a", "jobs_register", {"kind": "bonus", "cents": money(500)}),
    ]
    found = stacked(pack, scheme, facts, first_run, "up_to_cost", schemes, {"jobs-register": (5, 0, 0)})
    assert found == {"b": (500_000,) * 3, "a": (120_277,) * 3}


def test_two_versions_of_one_scheme_are_not_added_up(pack, scheme, facts, first_run, money):
    instance = two_companies_one_class()
    packs = [
        pack([scheme("bbl", [], [{"kind": "bonus", "cents": money(euros)}])], id=name) for name, euros in (("a", 350), ("b", 150))
    ]
    found = line_claims(instance, packs, facts(), first_run(instance, 9), seated_line(instance, "acme-drilling", 5))
    assert [claim.missing for claim in found] == [("version-in-force.bbl",)] * 2
    total = claim_total(found, "cash")
    assert (total.low, total.expected, total.high) == (75_000, 75_000, 175_000)


def test_a_company_across_the_border_is_not_covered(pack, scheme, facts, first_run, money):
    instance = two_companies_one_class()  # bolt stands in Schiedam
    rules = pack([scheme(amounts=[{"kind": "bonus", "cents": money(1)}])])
    assert line_claims(instance, [rules], facts(), first_run(instance, 9), seated_line(instance, "bolt-drilling", 4)) == ()
