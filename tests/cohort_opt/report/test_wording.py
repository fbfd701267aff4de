import datetime as dt

import pytest

from cohort_opt.problem.fields import Weekday
from cohort_opt.report import wording
from cohort_opt.solution import SolveStatus
from cohort_opt.verification.rules import RULES
from tests.builders import course, demand


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "€0.00"), (5, "€0.05"), (123456789, "€1,234,567.89"), (-150, "−€1.50"), (-5, "−€0.05")]
)
def test_amounts_are_exact_to_the_cent(cents, text):
    assert wording.euros(cents) == text


@pytest.mark.parametrize(("cents", "text"), [(149, "€1"), (150, "€2"), (-150, "−€2"), (1_978_842, "€19,788")])
def test_whole_euros_round_halves_away_from_zero(cents, text):
    assert wording.whole_euros(cents) == text


@pytest.mark.parametrize(("gap", "text"), [(0.0, "0.0 %"), (0.0001, "less than 0.1 %"), (0.0109, "1.1 %"), (1.0, "100.0 %")])
def test_a_gap_above_zero_never_reads_as_zero(gap, text):
    assert wording.percent(gap) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2027, 3, 8), (2027, 3, 8), "Mon 8 Mar 2027"),
        ((2027, 3, 8), (2027, 3, 12), "Mon 8 – Fri 12 Mar 2027"),
        ((2027, 3, 31), (2027, 4, 1), "Wed 31 Mar – Thu 1 Apr 2027"),
        ((2027, 12, 31), (2028, 1, 3), "Fri 31 Dec 2027 – Mon 3 Jan 2028"),
    ],
)
def test_a_span_names_month_and_year_once(first, last, text):
    assert wording.span(dt.date(*first), dt.date(*last)) == text


def test_iso_weeks_go_past_the_turn_of_the_year():
    # 2027-12-27 is a Monday of week 52, 2028-01-03 the Monday of week 1
    assert wording.weeks([dt.date(2027, 12, 27), dt.date(2028, 1, 3)]) == "weeks 52–1"
    assert wording.weeks([dt.date(2027, 12, 27), dt.date(2027, 12, 28)]) == "week 52"


def test_the_wish_of_a_line_names_only_what_limits_it():
    free = demand(earliest_start=dt.date(2027, 3, 1), latest_start=dt.date(2027, 3, 5), max_travel_km=30)
    assert wording.wish(free) == "start Mon 1 – Fri 5 Mar 2027; at most 30 km"
    tight = free.model_copy(
        update={
            "weekdays": (Weekday.TUE,), "patterns": ("block",), "together": True, "max_seat_price_cents": 120_000,
        }
    )  # fmt: skip
    assert wording.wish(tight) == (
        "start Mon 1 – Fri 5 Mar 2027; at most 30 km; only on Tue; block release only; all together; a seat for at most €1,200.00"
    )


def test_every_status_has_its_own_sentence():
    assert set(wording.STATUS_SENTENCES) == set(SolveStatus)
    assert len(set(wording.STATUS_SENTENCES.values())) == len(SolveStatus)


def test_every_rule_of_the_judge_has_a_sentence_on_the_page():
    assert set(RULES) - set(wording.RULE_SENTENCES) == set()


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"level": 2}, "level 2"),
        ({"level": 3, "crebo": "99001"}, "level 3 · crebo 99001"),
        ({"certificate_only": True}, "certificate only"),
    ],
)
def test_a_course_says_its_level_and_its_number_or_that_it_is_a_certificate(fields, text):
    assert wording.qualification(course(**fields)) == text
