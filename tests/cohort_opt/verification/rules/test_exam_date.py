"""Exam date: a class ends before an exam, and at most so many days before it."""

import pytest

from cohort_opt.problem.candidates import find_candidates
from cohort_opt.verification.rules import exam_date
from tests.builders import course, day, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

LAST = day(days=4)
"""Last day of the class, a Friday."""


def _exams(*days, within=7):
    return make_instance(courses=[course(exam_dates=days, exam_within_days=within)])


@pytest.mark.parametrize(
    ("exam", "possible"), [(day(days=4), False), (day(days=5), True), (day(days=11), True), (day(days=12), False)]
)
def test_the_exam_follows_within_seven_days(exam, possible):
    # On the last day itself, one day later, seven days later, eight days later.
    assert broken(_exams(exam), planned()) == (() if possible else ("exam_date",))
    assert bool(find_candidates(_exams(exam)).runs) == possible


def test_any_of_several_exams_will_do():
    assert broken(_exams(day(days=1), day(days=8), day(weeks=9)), planned()) == ()
    assert checked("exam_date", _exams(day(days=8)), planned()) == 1


def test_a_run_too_long_before_the_exam_is_no_candidate_and_names_it():
    (rejection,) = find_candidates(_exams(day(weeks=3))).rejected
    assert (rejection.rule, rejection.facts) == (
        "exam_date", {"last_day": "2027-03-05", "next_exam": "2027-03-22", "exam_within_days": 7}
    )  # fmt: skip
    (rejection,) = find_candidates(_exams(day(days=1))).rejected
    assert rejection.facts["next_exam"] == "none"


def test_the_message_names_last_day_and_exams():
    assert message(_exams(day(weeks=3)), planned()) == (
        "Class[drilling-academy/2027-03-01/block5#1]: it ends on 2027-03-05, no exam of Course[drilling] (2027-03-22) follows "
        "within 7 days"
    )


def test_it_applies_where_a_course_has_exams():
    assert exam_date.applies(_exams(LAST))
    assert not exam_date.applies(make_instance())
