"""Whoever waits because of a pin, a start size or too few parallel classes is told so, by the name of the rule."""

import pytest

from cohort_opt.explanation.reasons import REASONS
from cohort_opt.explanation.reasons.no_run import SENTENCES
from cohort_opt.model.constraints import RULE_HOME
from cohort_opt.planning import propose
from cohort_opt.problem.records import Pin
from cohort_opt.verification.rules import RULES
from tests.builders import RUN, company, course, day, demand, instructor, make_instance, offering, room


def told(instance, line):
    """Return the reasons of a line without a seat, by rule."""
    (entry,) = [found for found in propose(instance).unplaced if found.demand == line]
    return {reason.rule: reason for reason in entry.reasons}


def crowd(**changes):
    """Return eight of acme, four of bolt and, beyond the twelve seats of the only class, some of cito who wait first."""
    lines = [
        demand("acme-drilling", count=8),
        demand("bolt-drilling", count=4),
        demand("cito-drilling", count=8, unplaced_cents=1),
    ]
    companies = [company(name) for name in ("acme", "bolt", "cito")]
    return make_instance(**{"companies": companies, "demands": lines, "distances": [], **changes})


def test_a_pin_of_others_is_named():
    reasons = told(crowd(pins=[Pin(demand="bolt-drilling", run=RUN, count=3)]), "cito-drilling")
    assert reasons["pins"].sentence == f"{RUN}#1 is full, and the planner has pinned 3 of those who sit in its run."
    assert "pins" not in told(crowd(), "cito-drilling")


def test_too_few_parallel_classes_are_named():
    # Two rooms and two instructors are there; the offering allows one class. With two, all twenty have a seat.
    there = {"rooms": [room(count=2)], "instructors": [instructor(count=2)]}
    lines = [demand("acme-drilling", count=8), demand("bolt-drilling", count=4), demand("cito-drilling", count=8)]
    reason = told(crowd(**there, demands=[*lines[:2], lines[2].model_copy(update={"unplaced_cents": 900_000})]), "cito-drilling")
    assert reason["offering"].facts == {"waiting": 8, "run": RUN, "max_parallel": 1}
    both = propose(crowd(**there, demands=lines, offerings=[offering(max_parallel=2)]))
    assert both.unplaced == ()


def test_a_start_size_is_named():
    # Of 12 starters 8 or more stay with 61 % at 66 % survival: 61 % is asked. Nine are enough for a class of 8, not to start one.
    curve = course(survival_percent=66, keep_min_percent=61)
    lines = [demand("acme-drilling", count=5), demand("bolt-drilling", count=4)]
    reasons = told(make_instance(courses=[curve], demands=lines), "acme-drilling")
    assert (reasons["start_size"].facts["waiting"], reasons["start_size"].facts["start_seats"]) == (9, 12)
    # Six of cito wait although twelve sit already: twelve of the eighteen fill the only class, six are no class at all.
    more = [*lines, demand("cito-drilling", count=9)]
    left = crowd(courses=[curve], demands=more, offerings=[offering(last_start=day(weeks=1))])
    assert {row.demand: row.count for row in propose(left).unplaced} == {"cito-drilling": 6}
    assert "start_size" not in told(left, "cito-drilling")
    assert "start_size" not in told(make_instance(demands=[demand("acme-drilling", count=7)], distances=[]), "acme-drilling")


SILENT = {
    "one_seat_per_trainee": "who waits is counted, and told why",
    "class_size": "gap_number",
    "room_capacity": "resource_full",
    "instructor_capacity": "resource_full",
    "instructor_hours": "no_run",
    "company_absence_week": "company_absence_week",
    "boarding": "no_run",
    "instructor_qualification": "refused before anything is planned",
    "room_equipment": "refused before anything is planned",
}
"""Rules that no reason for a waiting line carries as its own name: the reason that speaks for each, or why none is needed."""


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_appears_in_the_reasons(rule):
    assert rule in {*REASONS, *SENTENCES} or rule in SILENT
    assert rule in RULE_HOME
