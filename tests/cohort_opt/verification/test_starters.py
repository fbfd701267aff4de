"""Starters: enough in each of several consecutive years, by firm lines, as expected, or only if all come."""

import datetime as dt

import pytest

from cohort_opt import propose
from cohort_opt.errors import InstanceError
from cohort_opt.problem.records import PromisedStarters, StarterTest
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.starters import applies, starter_results
from tests.builders import MONDAY, company, course, day, demand, make_instance, offering, site


def asked(**changes):
    """Return a test: eight starters in each of two years from the first Monday; 8 are promised for the second one."""
    base = {"id": "school", "name": "School of Drilling", "min_starters": 8, "years": 2, "first": MONDAY,
            "promised": (PromisedStarters(year=2, count=8),)}  # fmt: skip
    return StarterTest(**{**base, **changes})


def result(test, **changes):
    """Return how the test ends on the best plan of an instance: nine trainees of two companies in one class of March 2027."""
    instance = make_instance(starter_tests=[test], **changes)
    (found,) = starter_results(Case(Given(instance), plan_of(propose(instance))))
    return found


def figures(found):
    return [(year.promised, year.firm, year.expected_hundredths, year.everybody, year.asked) for year in found.years]


def test_nothing_is_tested_where_nobody_asks():
    assert not applies(make_instance())
    assert applies(make_instance(starter_tests=[asked()]))


def test_a_test_is_kept_when_firm_lines_alone_bring_enough_each_year():
    # 5 + 4 firm trainees sit in the class of 1 March 2027; the second year has the 8 that were promised.
    found = result(asked())
    assert found.outcome == "kept"
    assert figures(found) == [(0, 9, 900, 9, 9), (8, 8, 800, 8, 8)]


@pytest.mark.parametrize(("least", "outcome"), [(9, "kept"), (10, "missed")])
def test_one_starter_decides(least, outcome):
    # Nine start in the one year of the test.
    assert result(asked(min_starters=least, years=1, promised=())).outcome == outcome


@pytest.mark.parametrize(
    ("percent", "least", "outcome"),
    [(50, 11, "likely"), (49, 11, "possible"), (50, 9, "kept"), (50, 13, "possible"), (50, 14, "missed")],
)
def test_likely_lines_count_at_their_probability(percent, least, outcome):
    # Nine firm ones and four likely ones start together: 9 firm, 9 + 4 x 50 % = 11.00 expected (49 %: 10.96), 13 in all.
    lines = [
        demand("acme-drilling", count=5), demand("bolt-drilling", count=4),
        demand("bolt-more", company_id="bolt", count=4, certainty="likely", probability_percent=percent),
    ]  # fmt: skip
    found = result(asked(min_starters=least, years=1, promised=()), demands=lines, courses=[course(max_seats=13)],
                   rooms=[make_instance().rooms[0].model_copy(update={"seats": 13})])  # fmt: skip
    assert (found.outcome, figures(found)) == (outcome, [(0, 9, 900 + 4 * percent, 13, 13)])


def test_a_year_without_starters_misses_the_test_and_is_named():
    found = result(asked(promised=()))
    assert found.outcome == "missed"
    assert found.weakest.first == dt.date(2028, 3, 1)
    assert figures(found) == [(0, 9, 900, 9, 9), (0, 0, 0, 0, 0)]


def test_years_last_twelve_months_from_the_first_day():
    found = result(asked(first=dt.date(2026, 3, 2), promised=()))
    # The class of 1 March 2027 is on the last day of the first year: 2 March 2026 to 1 March 2027.
    assert [(year.first, year.last) for year in found.years] == [
        (dt.date(2026, 3, 2), dt.date(2027, 3, 1)), (dt.date(2027, 3, 2), dt.date(2028, 3, 1)),
    ]  # fmt: skip
    assert [year.everybody for year in found.years] == [9, 0]
    # A line that may start until 26 April could have started in the second year.
    assert [year.asked for year in found.years] == [9, 9]


def test_a_leap_day_begins_its_years_on_the_first_of_march():
    found = result(asked(first=dt.date(2024, 2, 29), years=4, promised=()))
    assert [year.first for year in found.years] == [
        dt.date(2024, 2, 29), dt.date(2025, 3, 1), dt.date(2026, 3, 1), dt.date(2027, 3, 1),
    ]  # fmt: skip
    assert [year.everybody for year in found.years] == [0, 0, 0, 9]


@pytest.mark.parametrize(
    ("whose", "starters"),
    [
        ({}, 9),
        ({"courses": ("drilling",)}, 9),
        ({"courses": ("sawing",)}, 0),
        ({"companies": ("bolt",)}, 4),
        ({"companies": ("acme", "bolt")}, 9),
        ({"sites": ("academy",)}, 9),
        ({"sites": ("annex",)}, 0),
    ],
)
def test_only_those_who_are_named_count(whose, starters):
    changes = {"courses": [course("drilling"), course("sawing")], "sites": [site(), site("annex")]}
    assert result(asked(years=1, promised=(), **whose), **changes).years[0].everybody == starters


def test_who_follows_an_earlier_module_has_started_before():
    # Eight of acme do both modules; only the first seat makes a starter of each.
    later = day(weeks=2)
    found = result(
        asked(years=1, promised=()),
        companies=[company("acme")], distances=[],
        courses=[course("drilling"), course("second")],
        demands=[demand("acme-drilling", count=8), demand("acme-second", course_id="second", count=8, after="acme-drilling")],
        offerings=[offering(), offering("second-academy", course="second", first_start=later, last_start=later)],
    )  # fmt: skip
    assert figures(found) == [(0, 8, 800, 8, 8)]


def test_trainees_without_a_seat_could_start_and_do_not():
    # Seven are too few for a class of eight.
    found = result(asked(years=1, promised=()), demands=[demand("acme-drilling", count=4), demand("bolt-drilling", count=3)])
    assert figures(found) == [(0, 0, 0, 0, 7)]


def test_a_test_changes_no_plan():
    plain, tested = propose(make_instance()), propose(make_instance(starter_tests=[asked(min_starters=500)]))
    assert (tested.objective_cents, tested.bound_cents, tested.classes) == (
        plain.objective_cents,
        plain.bound_cents,
        plain.classes,
    )
    assert tested.verified


@pytest.mark.parametrize("promised", [(3,), (1, 1)])
def test_a_promise_names_a_year_of_the_test_once(promised):
    rows = tuple(PromisedStarters(year=year, count=4) for year in promised)
    with pytest.raises(InstanceError) as refused:
        make_instance(starter_tests=[asked(promised=rows)])
    assert [problem.code for problem in refused.value.problems] == ["contradictory-starters"]


def test_a_test_names_courses_companies_and_sites_that_are_there():
    with pytest.raises(InstanceError) as refused:
        make_instance(starter_tests=[asked(courses=("gone",), companies=("gone",), sites=("gone",))])
    assert [problem.code for problem in refused.value.problems] == ["unknown-reference"] * 3
