"""Merge: parallel classes that will be merged start together with enough for one class, and not with too many."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.verification.rules import merge, start_size
from tests.builders import MONDAY, course, day, demand, instructor, make_instance, offering, release, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("merge",)
WEEKS = tuple(day(weeks=k) for k in range(10))


def thinned(acme=8, bolt=8, **changes):
    """Return a course of ten weeks for 8 to 12 of whom 66 % stay; eight are to stay with 90 %, and classes merge in week 6.

    Fifteen must start for that (see `test_start_size`), more than one class holds; a merged class takes 12, so that of at most
    12 / 0.66 = 18.18 the expected number fits.
    """
    curve = {"survival_percent": 66, "keep_min_percent": 90, "merge_from_week": 6}
    return make_instance(
        courses=[course(patterns=(release(10),), **{**curve, **changes})],
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        offerings=[offering(max_parallel=2)],
        demands=[demand("acme-drilling", count=acme), demand("bolt-drilling", count=bolt)],
    )


def classes(first, second):
    """Return one class of acme and one of bolt, side by side."""
    return tuple(
        planned({line: count}, number=number, pattern="release10", dates=WEEKS)
        for number, (line, count) in enumerate((("acme-drilling", first), ("bolt-drilling", second)), start=1)
        if count
    )


def test_two_classes_start_together_with_enough():
    assert broken(thinned(), *classes(8, 8)) == ()


@pytest.mark.parametrize(("acme", "expected"), [(10, ()), (11, RULE)])
def test_those_expected_to_stay_fit_in_one_class(acme, expected):
    # 18 x 0.66 = 11.88 fit in twelve places, 19 x 0.66 = 12.54 do not.
    assert broken(thinned(acme), *classes(acme, 8)) == expected


@pytest.mark.parametrize(("keep", "expected"), [(61, ()), (62, RULE)])
def test_one_class_alone_needs_enough_by_itself(keep, expected):
    # Of twelve starters eight or more stay with 61 %.
    single = planned({"acme-drilling": 12}, pattern="release10", dates=WEEKS)
    assert broken(thinned(12, keep_min_percent=keep), single, without={"bolt-drilling": 8}) == expected


def test_each_class_still_holds_its_minimum():
    assert broken(thinned(11, 7), *classes(11, 7)) == ("class_size",)


def test_both_numbers_are_in_the_message():
    assert message(thinned(11), *classes(11, 8)) == (
        f"Run[drilling-academy/{MONDAY}/release10]: of 19 who start 12.54 are expected to stay from week 6 on, one class has 12 "
        "places"
    )


def test_the_engine_starts_two_classes_where_one_would_be_too_small():
    proposal = propose(thinned())
    assert [entry.size for entry in proposal.classes] == [8, 8]
    assert proposal.bound_cents == proposal.objective_cents


def test_with_fifteen_no_two_classes_hold_their_minimum_and_everybody_waits():
    # 8 + 7: the second class is below its minimum, and twelve in one are too few.
    proposal = propose(thinned(8, 7))
    assert proposal.classes == ()
    assert "merge" in {reason.rule for entry in proposal.unplaced for reason in entry.reasons} or proposal.unplaced


def test_without_a_merge_the_wish_is_refused_and_both_ways_out_are_named():
    with pytest.raises(InstanceError, match="only a larger maximum or a planned merge of thinned classes satisfies it"):
        thinned(merge_from_week=None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"merge_from_week": 11}, "contradictory-merge"),  # ten weeks
        ({"survival_percent": None, "keep_min_percent": None}, "missing-field"),
        ({"survival_percent": 40}, "start-size-exceeds-max"),  # 24 in two classes are too few for eight of 40 % with 90 %
    ],
)
def test_a_merge_that_cannot_be_is_named_before_anything_is_planned(changes, code):
    with pytest.raises(InstanceError) as refused:
        thinned(**changes)
    assert code in {problem.code for problem in refused.value.problems}


def test_it_applies_where_a_merge_is_planned_and_start_size_elsewhere():
    assert merge.applies(thinned())
    assert not start_size.applies(thinned())
    assert not merge.applies(make_instance())
    assert checked("merge", thinned(), *classes(8, 8)) == 2
