"""Bans: a banned run stays closed; a banned line has nobody in the run."""

import pytest

from cohort_opt.problem.records import Ban
from cohort_opt.verification.rules import bans
from tests.builders import RUN, day, demand, make_instance, offering
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("bans",)
OTHER = "drilling-academy/2027-03-08/block5"


def _banned(**changes):
    """Return the base instance, with a second possible week."""
    return make_instance(offerings=[offering(last_start=day(weeks=1))], **changes)


@pytest.mark.parametrize(("run", "expected"), [(RUN, RULE), (OTHER, ())])
def test_a_banned_run_stays_closed(run, expected):
    assert broken(_banned(bans=[Ban(run=run)]), planned()) == expected


@pytest.mark.parametrize(("run", "expected"), [(RUN, RULE), (OTHER, ())])
def test_a_banned_line_is_not_in_the_run(run, expected):
    assert broken(_banned(bans=[Ban(run=run, demand="bolt-drilling")]), planned()) == expected


def test_another_line_may_still_sit_there():
    demands = [demand("acme-drilling", count=8), demand("bolt-drilling", count=4)]
    instance = _banned(bans=[Ban(run=RUN, demand="bolt-drilling")], demands=demands)
    assert broken(instance, planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == ()


def test_a_closed_run_keeps_its_ban():
    instance = _banned(bans=[Ban(run=RUN), Ban(run=OTHER, demand="acme-drilling")])
    assert broken(instance, without={"acme-drilling": 5, "bolt-drilling": 4}) == ()


def test_the_message_names_run_line_and_seats():
    assert message(_banned(bans=[Ban(run=RUN)]), planned()) == (f"Ban[{RUN}]: the run is closed, but 1 of its classes open")
    assert message(_banned(bans=[Ban(run=RUN, demand="bolt-drilling")]), planned()) == (
        f"Ban[{RUN}, bolt-drilling]: the line is banned from the run, but 4 of its trainees sit in it"
    )


def test_each_ban_is_looked_at():
    assert checked("bans", _banned(bans=[Ban(run=OTHER), Ban(run=RUN)]), planned()) == 2


def test_it_applies_where_something_is_banned():
    assert bans.applies(_banned(bans=[Ban(run=RUN)]))
    assert not bans.applies(make_instance())
