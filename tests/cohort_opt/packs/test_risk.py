import pytest

from cohort_opt.packs.risk import uncovered_risk
from tests.builders import two_companies_one_class

PERMISSION, INSURED = "benefit-kept.permission-before-start", "benefit-kept.insured"
EACH = 124_056  # a seat in a class of nine: 1,116,500 / 9 = 124,055.6, rounded up


@pytest.fixture
def risk(pack, scheme, facts, planned, money):
    def run(answers, seats=5, exposure=None):
        instance = two_companies_one_class()
        conditions = [
            {"kind": "counted", "topic": "unemployment_benefit"},
            {"kind": "benefit_kept", **({"exposure_cents_per_week": exposure} if exposure else {})},
        ]
        rules = pack([scheme("trial", conditions)])
        members = {"acme-drilling": seats, "bolt-drilling": 9 - seats}
        return uncovered_risk(instance, [rules], facts({"acme-drilling": answers}), [planned(instance, members)])

    return run


def test_seats_with_confirmed_cover_are_no_risk(risk):
    assert risk({"unemployment-benefit": (5, 0, 0), PERMISSION: (5, 0, 0), INSURED: (5, 0, 0)}) == ()


def test_seats_without_a_benefit_need_no_cover(risk):
    assert risk({"unemployment-benefit": (0, 5, 0)}) == ()


def test_unconfirmed_insurance_is_uncovered_risk_in_euros(risk):
    # All five keep a benefit; three are insured for certain: two seats, 2 * 1,240.56.
    (line,) = risk({"unemployment-benefit": (5, 0, 0), PERMISSION: (5, 0, 0), INSURED: (3, 1, 1)})
    assert (line.what, line.seats.low, line.seats.high, line.cost.high) == ("insured", 2, 2, 2 * EACH)
    assert line.sentence() == (
        "2 of acme-drilling in drilling-academy/2027-03-01/block5#1 are planned without confirmed insurance "
        "(rotterdam-1, sample); their seats cost €2,481.12 (price of the instance). "
        "What may be claimed back is not known to the pack (sample)."
    )


def test_counts_leave_a_range_where_both_answers_are_partial(risk):
    # Permission for four, insurance for three of five. Uncovered: at least 5 - 3 = 2, at most 5 - (4 + 3 - 5) = 3.
    (line,) = risk({"unemployment-benefit": (5, 0, 0), PERMISSION: (4, 1, 0), INSURED: (3, 2, 0)})
    assert (line.what, line.seats.low, line.seats.high) == ("permission_and_insured", 2, 3)


def test_nothing_stated_means_everybody_may_be_uncovered(risk):
    (line,) = risk({})
    assert (line.seats.low, line.seats.high, line.cost.high) == (0, 5, 5 * EACH)


def test_what_may_be_claimed_back_is_shown_apart(risk, money):
    # Two seats, one course week, 100 to 300 a week.
    answers = {"unemployment-benefit": (5, 0, 0), PERMISSION: (5, 0, 0), INSURED: (3, 2, 0)}
    (line,) = risk(answers, exposure=money(100, 200, 300))
    assert (line.clawback.low, line.clawback.expected, line.clawback.high) == (20_000, 40_000, 60_000)
    assert "Up to €600 may be claimed back afterwards (sample)." in line.sentence()
