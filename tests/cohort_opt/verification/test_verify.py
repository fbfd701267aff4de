"""The judge of a plan as a whole: hand-made plans pass, their objective is added up by hand, a wrong one is refused."""

import pytest

from cohort_opt.errors import VerificationError
from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.verification.rules import RULES
from cohort_opt.verification.verify import verify
from tests.builders import day, demand, make_instance, offering, two_companies_one_class
from tests.cohort_opt.verification.plans import VILLAGE_TERMS, plan, planned, village, village_plan


def test_the_shared_class_of_two_companies_passes_at_the_cost_worked_out_by_hand():
    report = verify(two_companies_one_class(), plan(planned()))
    assert report.ok
    # Fixed 950,000; seats 9 x 18,500; journeys 5 x 10 km x 2 x 5 days x 20 + 4 x 20 km x 2 x 5 days x 20.
    expected = ObjectiveTerms(class_fixed=950_000, seats=166_500, travel=26_000, waiting=0, unplaced=0)
    assert report.objective_terms == expected
    assert report.total_cents == 1_142_500


def test_a_plan_in_which_every_rule_has_something_to_say_passes():
    report = verify(village(), village_plan(), 4_349_001)
    assert report.violations == ()
    assert report.objective_terms == VILLAGE_TERMS
    # Rules of the first format all look at something; of the later ones those that are switched on in the village.
    assert {verdict.rule for verdict in report.verdicts if verdict.checked == 0} <= set(list(RULES)[16:])


def test_every_rule_has_a_verdict_even_where_the_instance_does_not_use_it():
    report = verify(two_companies_one_class(), plan(planned()))
    assert [verdict.rule for verdict in report.verdicts] == ["plan_form", *RULES]
    unused = {verdict.rule for verdict in report.verdicts if verdict.checked == 0}
    assert unused == {"weekdays", "company_closed_days", "parts", "company_absence", "price_cap", "pins", "bans"} | set(
        list(RULES)[16:]
    )


def test_waiting_is_counted_in_whole_weeks_for_every_member():
    instance = make_instance(
        offerings=[offering(last_start=day(weeks=2))],
        demands=[demand("acme-drilling", earliest_start=day(days=1)), demand("bolt-drilling", count=4)],
    )
    report = verify(instance, plan(planned(start=day(weeks=2))))
    # Acme asks for Tuesday of the first week: 13 days are one whole week, 5 x 1,000; bolt waits two, 4 x 2,000.
    assert report.objective_terms is not None
    assert report.objective_terms.waiting == 13_000


def test_a_plan_that_opens_nothing_costs_what_everybody_without_a_seat_costs():
    report = verify(village(), plan(without={"acme-drilling": 5, "acme-sawing": 3, "bolt-drilling": 6, "bolt-sawing": 2,
                                             "cito-drilling": 4, "cito-sawing": 2}))  # fmt: skip
    # 20 x 1,000,000 + 2 x 400,000; the pin is broken, for nobody sits anywhere.
    assert report.total_cents == 20_800_000
    assert report.broken == ("pins",)


@pytest.mark.parametrize("said", [4_349_000, 4_349_002, 0, -4_349_001])
def test_an_objective_that_is_off_by_a_cent_is_refused(said):
    report = verify(village(), village_plan(), said)
    assert report.broken == ("objective",)
    (violation,) = report.violations
    assert violation.message == f"Plan: objective {said} cents is said, its terms add up to 4349001"


def test_an_objective_in_floating_point_is_refused_even_where_it_is_equal():
    assert verify(village(), village_plan(), 4_349_001.0).broken == ("objective",)


def test_a_rejected_plan_stops_with_every_violation_in_words():
    report = verify(two_companies_one_class(), plan(planned({"acme-drilling": 5})))
    assert not report.ok
    with pytest.raises(VerificationError) as stopped:
        report.raise_if_rejected()
    assert str(stopped.value).splitlines() == [
        "one_seat_per_trainee: Demand[bolt-drilling]: 0 seats and 0 without a seat make 0 trainees, the line asks for 4",
        "class_size: Class[drilling-academy/2027-03-01/block5#1]: 5 trainees, below the minimum 8 of Course[drilling]",
    ]


def test_a_plan_that_passed_does_not_stop():
    verify(village(), village_plan()).raise_if_rejected()


def test_verdicts_go_into_the_proposal_with_their_messages():
    report = verify(two_companies_one_class(), plan(planned({"acme-drilling": 5}), without={"bolt-drilling": 4}))
    (record,) = [row for row in report.records() if row.violations]
    assert (record.rule, record.checked, len(record.violations)) == ("class_size", 1, 1)
