"""Instructor travel: a morning and an afternoon at two sites only where the journey between fits."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Absence, Block, SiteDistance
from cohort_opt.verification.rules import instructor_travel
from cohort_opt.verification.verify import verify
from tests.builders import course, day, demand, instructor, make_instance, offering, room, site
from tests.cohort_opt.verification.plans import broken, checked, plan, planned, two_sites_in_a_day

RULE = ("instructor_travel",)
MINUTES = (SiteDistance(first="annex", second="academy", km=18, minutes=20),)


def _parts(*parts, **changes):
    """Return two courses, drilling at the academy and sawing at the annex 20 minutes away, each in these parts of the day."""
    early, late = parts
    base = {
        "courses": [course("drilling", patterns=(Block(kind="block", days=5, part=early),)),
                    course("sawing", patterns=(Block(kind="block", days=5, part=late),))],
        "sites": [site("academy"), site("annex")],
        "rooms": [room("bay"), room("shed", site="annex")],
        "offerings": [offering(), offering("sawing-annex", course="sawing", site="annex", room="shed")],
        "demands": [demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
        "site_distances": MINUTES,
    }  # fmt: skip
    return make_instance(**{**base, **changes})


def _crew(most, count=1, **changes):
    return {"instructors": [instructor(count=count, max_minutes_between_sites=most, **changes)]}


@pytest.mark.parametrize(("most", "expected"), [(20, ()), (19, RULE)])
def test_twenty_minutes_between_morning_and_afternoon(most, expected):
    instance, solution = two_sites_in_a_day()
    assert verify(_parts("morning", "afternoon", **_crew(most)), solution).broken == expected
    assert checked("instructor_travel", instance, *solution.classes) == 5  # Monday to Friday


def test_a_second_instructor_makes_the_journey_unnecessary():
    _, solution = two_sites_in_a_day()
    assert verify(_parts("morning", "afternoon", **_crew(0, count=2)), solution).broken == ()


def test_one_of_two_instructors_on_leave_leaves_one_who_must_travel():
    _, solution = two_sites_in_a_day()
    away = (Absence(first=day(days=2), last=day(days=2), count=1),)
    assert verify(_parts("morning", "afternoon", **_crew(0, count=2, absences=away)), solution).broken == RULE
    assert verify(_parts("morning", "afternoon", **_crew(20, count=2, absences=away)), solution).broken == ()


def test_without_a_limit_any_journey_is_made():
    _, solution = two_sites_in_a_day()
    assert verify(_parts("morning", "afternoon"), solution).broken == ()


def test_two_classes_at_one_site_need_no_journey():
    both = _parts(
        "morning", "afternoon", **_crew(0), offerings=[offering(), offering("sawing-academy", course="sawing")],
    )  # fmt: skip
    later = planned({"bolt-sawing": 8}, offering="sawing-academy", course="sawing", pattern="block5pm")
    assert broken(both, planned({"acme-drilling": 8}, pattern="block5am"), later) == ()


def test_two_mornings_at_once_are_a_matter_of_how_many_instructors_there_are():
    twice = planned({"bolt-sawing": 8}, offering="sawing-annex", course="sawing", site="annex", room="shed", pattern="block5am")
    both = _parts("morning", "morning", **_crew(0))
    assert broken(both, planned({"acme-drilling": 8}, pattern="block5am"), twice) == ("instructor_capacity",)


def test_chains_of_mornings_and_afternoons_are_found():
    # Mornings at academy and annex, afternoons at annex and quay. The academy reaches only the annex; the annex reaches itself
    # and the quay. Two instructors do it: academy -> annex, annex -> quay, although the annex could also take its own afternoon.
    instance = make_instance(
        courses=[course("a", patterns=(Block(kind="block", days=1, part="morning"),)),
                 course("b", patterns=(Block(kind="block", days=1, part="afternoon"),))],
        sites=[site(name) for name in ("academy", "annex", "quay")],
        rooms=[room(f"room-{name}", site=name) for name in ("academy", "annex", "quay")],
        instructors=[instructor(count=2, max_minutes_between_sites=15)],
        offerings=[offering(f"{c}-{where}", course=c, site=where, room=f"room-{where}")
                   for c, where in (("a", "academy"), ("a", "annex"), ("b", "annex"), ("b", "quay"))],
        demands=[demand(f"{who}-{c}", course_id=c, count=16) for who, c in (("acme", "a"), ("bolt", "b"))],
        site_distances=[SiteDistance(first="academy", second="annex", km=9, minutes=15),
                        SiteDistance(first="annex", second="quay", km=9, minutes=15),
                        SiteDistance(first="academy", second="quay", km=20, minutes=30)],
    )  # fmt: skip
    classes = [
        planned({line: 8}, offering=f"{c}-{where}", course=c, site=where, room=f"room-{where}", pattern=pattern, dates=(day(),))
        for line, c, where, pattern in (
            ("acme-a", "a", "academy", "block1am"), ("acme-a", "a", "annex", "block1am"),
            ("bolt-b", "b", "annex", "block1pm"), ("bolt-b", "b", "quay", "block1pm"),
        )
    ]  # fmt: skip
    assert verify(instance, plan(*classes)).broken == ()
    assert len(propose(instance).classes) == 4
    shorter = instance.model_copy(update={"instructors": (instructor(count=2, max_minutes_between_sites=14),)})
    # Nobody travels: academy, annex (both halves), quay: three instructors.
    assert verify(shorter, plan(*classes)).broken == RULE
    assert len(propose(shorter).classes) == 3


@pytest.mark.parametrize(("most", "classes"), [(20, 2), (19, 1)])
def test_the_plan_opens_the_second_class_only_where_the_journey_fits(most, classes):
    proposal = propose(_parts("morning", "afternoon", **_crew(most)))
    assert (proposal.status, len(proposal.classes), proposal.verified) == ("optimal", classes, True)


def test_the_rows_stand_only_for_days_on_which_they_can_bind():
    rows = find_candidates(_parts("morning", "afternoon", **_crew(19))).problem.capacity
    # Five equal days give one row: one of the two classes.
    assert (rows.names, rows.limit.tolist(), rows.use.tolist()) == (
        ("instructor_travel[crew,2027-03-01,academy,annex]",),
        [1],
        [1, 1],
    )
    assert len(find_candidates(_parts("morning", "afternoon", **_crew(20))).problem.capacity) == 0
    assert len(find_candidates(_parts("morning", "afternoon")).problem.capacity) == 0


def test_a_whole_day_leaves_no_half_for_a_journey():
    # Whole days at the academy: the rooms and instructors of the day say it all, no row is added.
    rows = find_candidates(_parts("day", "afternoon", **_crew(0))).problem.capacity
    assert [name.partition("[")[0] for name in rows.names] == ["instructor_capacity"]


def test_the_message_names_pool_day_sites_and_minutes():
    instance = _parts("morning", "afternoon", **_crew(19))
    one_day = [planned({"acme-drilling": 8}, pattern="block5am"),
               planned({"bolt-sawing": 8}, offering="sawing-annex", course="sawing", site="annex", room="shed",
                       pattern="block5pm", start=day(days=4), dates=(day(days=4), *(day(1, i) for i in range(4))))]  # fmt: skip
    found = [v.message for v in verify(instance, plan(*one_day)).violations if v.rule == "instructor_travel"]
    assert found == [
        "InstructorPool[crew] on 2027-03-05: mornings and afternoons at academy, annex need 2 instructors who travel at most 19 "
        "minutes between them, the pool has 1"
    ]


def test_who_waits_is_told_of_the_journey():
    proposal = propose(_parts("morning", "afternoon", **_crew(19)))
    (row,) = proposal.unplaced
    told = next(reason for reason in row.reasons if reason.rule == "instructor_travel")
    assert "too far for the 19 minutes between a morning and an afternoon; all 1 are at work that day" in told.sentence


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"site_distances": (*MINUTES, SiteDistance(first="academy", second="annex", km=1))}, "contradictory-distance"),
        ({"site_distances": (SiteDistance(first="annex", second="annex", km=1),)}, "contradictory-distance"),
        ({"site_distances": (SiteDistance(first="annex", second="gone", km=1),)}, "unknown-reference"),
    ],
)
def test_a_distance_between_sites_is_given_once_and_between_two(changes, code):
    with pytest.raises(InstanceError) as refused:
        _parts("morning", "afternoon", **changes)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(("sites", "refused"), [(8, False), (9, True)])
def test_a_pool_whose_journeys_are_limited_teaches_at_no_more_than_eight_sites(sites, refused):
    names = [f"s{i}" for i in range(sites)]
    fields = {
        "sites": [site(name) for name in names], "rooms": [room(f"room-{name}", site=name) for name in names], "distances": [],
        "offerings": [offering(f"at-{name}", site=name, room=f"room-{name}") for name in names], **_crew(10),
    }  # fmt: skip
    if not refused:
        make_instance(**fields)
        return
    with pytest.raises(InstanceError) as found:
        make_instance(**fields)
    assert [problem.code for problem in found.value.problems] == ["too-many-sites"]


def test_it_applies_where_a_pool_has_a_limit():
    assert instructor_travel.applies(_parts("morning", "afternoon", **_crew(0)))
    assert not instructor_travel.applies(make_instance())
