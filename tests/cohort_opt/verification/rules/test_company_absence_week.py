"""Company absence in a week: a trainee counts once, however many days of the week the class takes."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.verification.rules import company_absence_week
from tests.builders import company, course, day, demand, instructor, make_instance, offering, release, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("company_absence_week",)


def _limit(most):
    return make_instance(companies=[company("acme", max_away_per_week=most), company("bolt")])


@pytest.mark.parametrize(("most", "expected"), [(5, ()), (4, RULE)])
def test_five_of_acme_are_away_in_the_first_week(most, expected):
    assert broken(_limit(most), planned()) == expected
    assert checked("company_absence_week", _limit(most), planned()) == 1


def _monday_and_thursday(most):
    """Return acme with eight on three Mondays and eight on three Thursdays: never more than eight on a day."""
    return make_instance(
        companies=[company("acme", max_away_per_week=most)],
        courses=[course("drilling", patterns=(release(3),)), course("sawing", patterns=(release(3),))],
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        offerings=[offering(), offering("sawing-academy", course="sawing", first_start=day(days=3), last_start=day(days=3),
                                        start_weekdays=("thu",))],
        demands=[demand("acme-drilling", count=8), demand("acme-sawing", course_id="sawing", count=8)],
        distances=[],
    )  # fmt: skip


@pytest.mark.parametrize(("most", "placed"), [(16, 16), (15, 8)])
def test_two_days_of_one_week_add_up(most, placed):
    proposal = propose(_monday_and_thursday(most))
    assert proposal.status == "optimal"
    assert sum(entry.size for entry in proposal.classes) == placed


def test_weeks_with_the_same_classes_give_one_row():
    assert find_candidates(_monday_and_thursday(15)).problem.absence.names == ("company_absence_week[acme,2027-03-01]",)
    assert len(find_candidates(_monday_and_thursday(16)).problem.absence) == 0


def test_a_line_that_stays_together_and_is_too_large_has_no_run():
    instance = make_instance(
        companies=[company("acme", max_away_per_week=4), company("bolt")],
        demands=[demand("acme-drilling", together=True), demand("bolt-drilling", count=8)],
    )
    entry = next(row for row in propose(instance).unplaced if row.demand == "acme-drilling")
    assert {reason.rule for reason in entry.reasons} == {"no_run", "company_absence_week"}


def test_the_message_names_the_week():
    assert message(_limit(4), planned()) == (
        "Company[acme] in the week of 2027-03-01: 5 trainees away, above its limit of 4 a week"
    )


def test_it_applies_where_a_company_has_a_limit():
    assert company_absence_week.applies(_limit(5))
    assert not company_absence_week.applies(make_instance())
