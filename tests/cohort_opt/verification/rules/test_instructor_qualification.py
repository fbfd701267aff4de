"""Instructor qualification: whoever teaches may teach it; alternatives are runs of their own."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Absence, Pin
from cohort_opt.verification.rules import instructor_qualification
from tests.builders import RUN, course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned


def _qualified(*courses):
    return make_instance().model_copy(update={"instructors": (instructor(courses=courses),)})


@pytest.mark.parametrize(("courses", "expected"), [((), ()), (("drilling",), ()), (("sawing",), ("instructor_qualification",))])
def test_the_crew_teaches_what_it_may(courses, expected):
    assert broken(_qualified(*courses), planned()) == expected
    assert checked("instructor_qualification", _qualified(*courses), planned()) == bool(courses)


def test_an_offering_with_an_unqualified_pool_is_refused_with_both_ends():
    with pytest.raises(InstanceError) as refused:
        make_instance(courses=[course(), course("sawing")], instructors=[instructor(courses=("sawing",))])
    (problem,) = refused.value.problems
    assert (problem.code, problem.pointer) == ("not-qualified", "/offerings/drilling-academy/instructor")
    assert problem.also == ("/instructors/crew/courses",)


def test_an_unknown_alternative_and_the_own_pool_are_refused():
    for named, code in (("nobody", "unknown-reference"), ("crew", "duplicate-line")):
        with pytest.raises(InstanceError) as refused:
            make_instance(offerings=[offering(instructor_alternatives=(named,))])
        assert [problem.code for problem in refused.value.problems] == [code]


def _with_guild(**changes):
    """Return the base instance in which the guild could teach instead of the crew."""
    away = Absence(first=day(), last=day(days=4))
    base = {
        "instructors": [instructor(absences=(away,)), instructor("guild")],
        "offerings": [offering(instructor_alternatives=("guild",))],
    }
    return make_instance(**{**base, **changes})


def test_the_guild_teaches_when_the_crew_is_away():
    (entry,) = propose(_with_guild()).classes
    assert (entry.run, entry.instructor) == (f"{RUN}/guild", "guild")
    assert [r.subject for r in find_candidates(_with_guild()).rejected] == [RUN]


def test_a_run_of_an_alternative_can_be_pinned():
    (entry,) = propose(_with_guild(pins=[Pin(demand="acme-drilling", run=f"{RUN}/guild", count=5)])).classes
    assert entry.instructor == "guild"


@pytest.mark.parametrize(("most", "classes"), [(1, 1), (2, 2)])
def test_alternatives_share_the_parallel_classes_of_the_offering(most, classes):
    # 8 + 8 fill two classes; there are two rooms, and one crew and one guild.
    instance = _with_guild(
        instructors=[instructor(), instructor("guild")],
        rooms=[room(count=2)],
        offerings=[offering(instructor_alternatives=("guild",), max_parallel=most)],
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=8)],
    )
    proposal = propose(instance)
    assert proposal.status == "optimal"
    assert len(proposal.classes) == classes


def test_a_class_of_a_pool_that_is_no_alternative_is_refused():
    instance = make_instance(instructors=[instructor(), instructor("guild")])
    assert broken(instance, planned(instructor="guild", run=f"{RUN}/guild")) == ("offering",)
    assert broken(instance, planned(instructor="guild")) == ("offering",)
    assert broken(_with_guild(instructors=[instructor(), instructor("guild")]), planned(instructor="guild")) == ("offering",)


def test_the_message_names_what_they_may_teach():
    assert message(_qualified("sawing"), planned()) == (
        "Class[drilling-academy/2027-03-01/block5#1]: InstructorPool[crew] may teach sawing, not drilling"
    )


def test_it_applies_where_a_pool_may_not_teach_everything():
    assert instructor_qualification.applies(_qualified("drilling"))
    assert not instructor_qualification.applies(make_instance())
