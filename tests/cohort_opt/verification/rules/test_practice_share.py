"""Practice share: the course has at least as much practice as the line asks for."""

import pytest

from cohort_opt.problem.candidates import blockers, find_candidates
from cohort_opt.verification.rules import practice_share
from tests.builders import course, demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned


def _share(given, asked):
    lines = [demand("acme-drilling", count=8, min_practice_percent=asked), demand("bolt-drilling", count=4)]
    return make_instance(courses=[course(practice_percent=given)], demands=lines)


@pytest.mark.parametrize(("given", "asked", "fits"), [(60, 60, True), (60, 61, False), (None, 0, True), (None, 1, False)])
def test_a_line_sits_only_where_there_is_enough_practice(given, asked, fits):
    instance = _share(given, asked)
    assert broken(instance, planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == (() if fits else ("practice_share",))
    found = find_candidates(instance.model_copy(update={"demands": instance.demands[:1]}))
    assert bool(found.runs) == fits


def test_the_blocker_names_both_shares():
    instance = _share(50, 60)
    run = find_candidates(_share(60, 60)).runs[0]
    (blocker,) = blockers(instance, instance.demands[0], run)
    assert (blocker.rule, blocker.facts) == ("practice_share", {"practice_percent": 50, "min_practice_percent": 60})


def test_the_message_names_course_and_shares():
    assert message(_share(None, 60), planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == (
        "Class[drilling-academy/2027-03-01/block5#1]: Course[drilling] has no share of practice, "
        "Demand[acme-drilling] asks for 60 %"
    )


def test_it_applies_where_a_line_asks():
    assert practice_share.applies(_share(60, 60))
    assert not practice_share.applies(make_instance())
    assert checked("practice_share", _share(60, 60), planned()) == 1
