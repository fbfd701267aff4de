"""Plan form: a malformed plan is rejected in words, whatever is wrong with it, and never crashes the judge."""

import datetime as dt
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.rules import plan_form
from cohort_opt.verification.verify import verify
from tests.builders import day, make_instance, two_companies_one_class
from tests.cohort_opt.verification.plans import broken, checked, message, plan, planned, village, village_plan

RULE = ("plan_form",)


def _members(*pairs):
    return tuple(Member(line, count) for line, count in pairs)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"offering": "nobody"}, "offering nobody is not in the instance"),
        ({"course": "nobody"}, "course nobody is not in the instance"),
        ({"site": "nobody"}, "site nobody is not in the instance"),
        ({"room": "nobody"}, "room nobody is not in the instance"),
        ({"instructor": "nobody"}, "instructor nobody is not in the instance"),
        ({"run": "drilling-academy/2027-03-08/block5"}, "must be named by its offering, start and pattern"),
        ({"run": ""}, "must be named by its offering, start and pattern"),
        ({"number": 0}, "number 0 is below 1"),
        ({"number": -1}, "number -1 is below 1"),
        ({"dates": ()}, "it has no teaching day"),
        ({"dates": (day(days=1), day(days=2))}, "start 2027-03-01 is not its first teaching day 2027-03-02"),
        ({"dates": (day(), day())}, "teaching days must ascend, but 2027-03-01 follows 2027-03-01"),
        ({"dates": (day(), day(days=2), day(days=1))}, "teaching days must ascend, but 2027-03-02 follows 2027-03-03"),
        ({"members": _members(("acme-drilling", 5), ("nobody", 4))}, "demand line nobody is not in the instance"),
        ({"members": _members(("acme-drilling", 5), ("acme-drilling", 5))}, "Demand[acme-drilling] stands there twice"),
        ({"members": _members(("bolt-drilling", 4), ("acme-drilling", 5))}, "the lines must ascend"),
        ({"members": _members(("acme-drilling", 0), ("bolt-drilling", 4))}, "count 0 of Demand[acme-drilling] is below 1"),
        ({"members": _members(("acme-drilling", -5), ("bolt-drilling", 4))}, "count -5 of Demand[acme-drilling] is below 1"),
    ],
)
def test_a_class_that_is_malformed_is_rejected_in_words(changes, words):
    report = verify(two_companies_one_class(), plan(planned(**changes)))
    assert report.broken == RULE
    assert any(words in violation.message for violation in report.violations)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": True}, "number True is not a whole number"),
        ({"number": "1"}, "number 1 is not a whole number"),
        ({"number": 1.0}, "number 1.0 is not a whole number"),
        ({"room": None}, "room None is not text"),
        ({"run": 7}, "run 7 is not text"),
        ({"start": dt.datetime(2027, 3, 1, 9), "run": "x"}, "is not a day of the calendar"),  # noqa: DTZ001
        ({"dates": ("2027-03-01",)}, "2027-03-01 is not a day of the calendar"),
        ({"dates": None}, "dates None is not a tuple"),
        ({"dates": [day()]}, "is not a tuple"),
        ({"members": None}, "members None is not a tuple"),
        ({"members": ("acme-drilling",)}, "acme-drilling does not name a demand line and a count"),
        ({"members": (Member(None, 5),)}, "does not name a demand line and a count"),
        ({"members": (Member("acme-drilling", 5.0),)}, "count 5.0 of Demand[acme-drilling] is not a whole number"),
        ({"members": (Member("acme-drilling", True),)}, "count True of Demand[acme-drilling] is not a whole number"),
        ({"members": (Member("acme-drilling", "5"),)}, "count 5 of Demand[acme-drilling] is not a whole number"),
    ],
)
def test_a_class_of_wrong_types_is_rejected_in_words(changes, words):
    report = verify(two_companies_one_class(), plan(planned(**changes)))
    assert report.broken == RULE
    assert any(words in violation.message for violation in report.violations)


@pytest.mark.parametrize(
    ("solution", "words"),
    [
        (None, "Plan: None is a NoneType, not a plan"),
        ({"classes": []}, "is a dict, not a plan"),
        (Solution(None, ()), "Plan: classes is a NoneType, it must be a tuple of rows"),
        (Solution((), []), "Plan: unplaced is a list, it must be a tuple of rows"),
        (Solution((None,), ()), "Class number 1 of the plan: None is a NoneType, not a class"),
        (Solution((), (Member("nobody", 1),)), "the rows without a seat: demand line nobody is not in the instance"),
        (Solution((), (Member("acme-drilling", 0),)), "count 0 of Demand[acme-drilling] is below 1"),
        (Solution((), (Member("acme-drilling", 2), Member("acme-drilling", 3))), "Demand[acme-drilling] stands there twice"),
        (Solution((), _members(("bolt-drilling", 4), ("acme-drilling", 5))), "the lines must ascend"),
    ],
)
def test_a_plan_that_is_none_is_rejected_in_words(solution, words):
    report = verify(two_companies_one_class(), solution)
    assert report.broken == RULE
    assert any(words in violation.message for violation in report.violations)


def test_where_the_form_is_broken_nothing_else_is_judged():
    report = verify(two_companies_one_class(), plan(planned(number=2)))
    assert [verdict.rule for verdict in report.verdicts] == ["plan_form"]
    assert report.objective_terms is None
    assert report.total_cents is None


@pytest.mark.parametrize("numbers", [(1, 1), (2, 3), (1, 3), (2, 2)])
def test_the_classes_of_a_run_are_numbered_from_one(numbers):
    first, second = village_plan().classes[:2]
    twice = plan(replace(first, number=numbers[0]), replace(second, number=numbers[1]))
    assert verify(village(), twice).broken == RULE


def test_the_message_names_the_numbers():
    assert message(two_companies_one_class(), planned(number=2)) == (
        "Run[drilling-academy/2027-03-01/block5]: its 1 classes are numbered 2 instead of 1 to 1"
    )
    first, second = village_plan().classes[:2]
    report = verify(village(), plan(first, replace(second, number=1)))
    assert report.violations[0].message == "Run[drilling-academy/2027-03-01/block5]: class number 1 stands in the plan 2 times"


def test_classes_ascend():
    classes = village_plan().classes
    for order in ((1, 0, 2), (2, 0, 1), (0, 2, 1)):
        shuffled = replace(village_plan(), classes=tuple(classes[i] for i in order))
        assert verify(village(), shuffled).broken == RULE
    assert "the classes must ascend" in verify(village(), shuffled).violations[0].message


@pytest.mark.parametrize("by_text", [False, True])
def test_eleven_parallel_classes_may_be_sorted_by_number_or_by_id(by_text):
    # As text, #10 comes before #2.
    classes = [planned({"acme-drilling": 1}, number=number) for number in range(1, 12)]
    classes.sort(key=lambda item: item.id if by_text else item.number)
    assert "plan_form" not in broken(make_instance(), *classes)
    assert broken(make_instance(), *classes[:5], classes[6], classes[5], *classes[7:]) == RULE


def test_a_malformed_class_hides_no_other():
    report = verify(two_companies_one_class(), plan(planned(room="x"), planned(number="2"), planned(number=3, site="y")))
    assert len([violation for violation in report.violations if "not in the instance" in violation.message]) == 2
    assert len(report.violations) >= 3


def test_a_long_value_is_shortened():
    assert len(message(two_companies_one_class(), planned(room="r" * 500))) < 250


def test_classes_rows_members_and_runs_are_looked_at():
    # One class, two members, one run, one order; and one row without a seat.
    assert checked("plan_form", two_companies_one_class(), planned()) == 5
    assert checked("plan_form", two_companies_one_class(), planned(), without={"acme-drilling": 1}) == 6


def test_it_always_applies():
    assert plan_form.applies(make_instance(demands=[]))


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10), st.just(10**30), st.floats(), st.text(max_size=5), st.binary(max_size=3),
    st.just(()), st.just([]), st.just({}), st.dates(), st.datetimes(), st.just(Member("acme-drilling", 1)),
    st.just((Member("acme-drilling", 1),)), st.just((day(),)), st.tuples(st.none()),
    st.sampled_from(["acme-drilling", "drilling", "bay", "crew", "block5", "sawing-hall/2027-03-08/release3"]),
)  # fmt: skip


@given(st.integers(0, 2), st.sampled_from([field.name for field in fields(PlannedClass)]), ANYTHING)
def test_no_value_in_any_field_of_a_class_crashes_the_judge(place, name, value):
    solution = village_plan()
    classes = list(solution.classes)
    classes[place] = replace(classes[place], **{name: value})
    report = verify(village(), replace(solution, classes=tuple(classes)))
    assert report.ok == (
        classes[place] == solution.classes[place] and type(value) is type(getattr(solution.classes[place], name))
    )


@given(st.sampled_from(["demand", "count"]), ANYTHING, st.booleans())
def test_no_value_in_any_row_crashes_the_judge(name, value, seated):
    solution = village_plan()
    if seated:
        first = solution.classes[0]
        members = (replace(first.members[0], **{name: value}), *first.members[1:])
        changed = replace(solution, classes=(replace(first, members=members), *solution.classes[1:]))
    else:
        changed = replace(solution, unplaced=(replace(solution.unplaced[0], **{name: value}), *solution.unplaced[1:]))
    report = verify(village(), changed)
    assert report.ok == (changed == solution and type(value) in {int, str})


@given(ANYTHING)
def test_no_plan_at_all_crashes_the_judge(value):
    for solution in (value, Solution(value, ()), Solution((), value), Solution((value,), ()), Solution((), (value,))):
        report = verify(village(), solution)
        assert not report.ok
