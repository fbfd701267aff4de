"""Buffer seats: those who wait for their class in a workshop find a seat there in every week."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.candidates import blockers, find_candidates
from cohort_opt.verification.rules import buffer_seats
from tests.builders import company, day, demand, make_instance, offering, site
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("buffer_seats",)


def waiting(seats, **changes):
    """Return five of acme who wait in the academy from 1 March on, and four of bolt who have work; a class in the third week."""
    lines = [demand("acme-drilling", count=5, buffer_site="academy", **changes), demand("bolt-drilling", count=4)]
    return make_instance(
        sites=[site(buffer_seats=seats)], demands=lines, offerings=[offering(first_start=day(2), last_start=day(2))]
    )


def third_week():
    return planned(start=day(2))


@pytest.mark.parametrize(("seats", "expected"), [(5, ()), (4, RULE)])
def test_five_wait_for_two_weeks(seats, expected):
    assert broken(waiting(seats), third_week()) == expected
    assert checked("buffer_seats", waiting(seats), third_week()) == 2  # the weeks of 1 and 8 March


def test_nobody_waits_in_the_week_in_which_the_class_starts():
    # They could begin on Wednesday of the second week; a class of the same week needs no seat, one of the third week one week.
    late = day(1, 2)
    assert checked("buffer_seats", waiting(0, earliest_start=late), third_week()) == 1
    assert broken(waiting(0, earliest_start=late), third_week()) == RULE
    assert broken(waiting(0, earliest_start=day(2)), third_week()) == ()


def test_those_who_have_work_take_no_seat():
    instance = waiting(0).model_copy(update={"demands": (demand("acme-drilling", count=5), demand("bolt-drilling", count=4))})
    assert broken(instance, third_week()) == ()


def test_those_without_any_seat_stay_where_they_are():
    # The class opens with the eight who have work; acme's five wait for nothing, and nowhere.
    instance = make_instance(
        sites=[site(buffer_seats=0)], offerings=[offering(first_start=day(2), last_start=day(2))],
        demands=[demand("acme-drilling", count=5, buffer_site="academy"), demand("bolt-drilling", count=8)],
    )  # fmt: skip
    proposal = propose(instance)
    assert [(row.demand, row.count) for row in proposal.unplaced] == [("acme-drilling", 5)]
    assert proposal.verified


@pytest.mark.parametrize(("seats", "placed"), [(5, 9), (4, 8), (3, 0)])
def test_the_plan_seats_as_many_as_can_wait(seats, placed):
    # A class needs eight: four of bolt and four of acme, for whom four buffer seats are needed.
    proposal = propose(waiting(seats))
    assert (proposal.status, sum(entry.size for entry in proposal.classes)) == ("optimal", placed)


def test_an_earlier_class_needs_fewer_seats():
    # Two lines of different companies: together they fill the workshop in the first week only.
    lines = [
        demand("acme-drilling", count=4, buffer_site="academy"),
        demand("bolt-drilling", count=4, buffer_site="academy", earliest_start=day(1)),
    ]  # fmt: skip
    instance = make_instance(
        sites=[site(buffer_seats=4)], demands=lines, offerings=[offering(first_start=day(1), last_start=day(2))]
    )
    (entry,) = propose(instance).classes
    # In the second week bolt's four need no seat; in the third both would: 8 > 4.
    assert entry.start == day(1)


def test_one_row_per_week_that_can_bind():
    rows = find_candidates(waiting(4)).problem.absence
    # Both weeks have the same entries: one row.
    assert (rows.names, rows.limit.tolist()) == (("buffer_seats[academy,2027-03-01]",), [4])
    assert len(find_candidates(waiting(5)).problem.absence) == 0
    assert len(find_candidates(make_instance()).problem.absence) == 0


def test_a_line_that_cannot_be_split_and_does_not_fit_is_closed_to_later_runs():
    instance = waiting(4, together=True)
    found = find_candidates(instance)
    assert found.problem.num_runs == 0  # bolt's four alone are too few
    (run,) = find_candidates(waiting(5, together=True)).runs
    (rejection,) = blockers(instance, instance.demands[0], run)
    assert (rejection.rule, rejection.facts) == (
        "buffer_seats", {"smallest_part": 5, "buffer_seats": 4, "site": "academy"},
    )  # fmt: skip


def test_who_waits_is_told_that_no_buffer_seat_is_left():
    lines = [
        demand("acme-drilling", count=4, buffer_site="academy"), demand("bolt-drilling", count=4),
        demand("cito-drilling", count=2, buffer_site="academy", unplaced_cents=300_000),
    ]  # fmt: skip
    instance = make_instance(
        companies=[company(name) for name in ("acme", "bolt", "cito")], distances=[], demands=lines,
        sites=[site(buffer_seats=5)], offerings=[offering(first_start=day(2), last_start=day(2))],
    )  # fmt: skip
    (row,) = propose(instance).unplaced
    assert (row.demand, row.count) == ("cito-drilling", 1)
    told = next(reason for reason in row.reasons if reason.rule == "buffer_seats")
    assert told.facts == {"site": "academy", "buffer_seats": 5, "week_of": "2027-03-01"}


def test_a_line_that_cannot_wait_anywhere_is_told_why_no_run_suits_it():
    (row,) = [row for row in propose(waiting(4, together=True)).unplaced if row.demand == "acme-drilling"]
    assert "With 4 buffer seats in academy where the line sends no fewer than 5 to a class: 1 of them." in [
        reason.sentence for reason in row.reasons
    ]


def test_the_message_names_site_week_and_seats():
    instance = waiting(4, earliest_start=day(1))
    assert message(instance, third_week()) == (
        "Site[academy] in the week of 2027-03-08: 5 trainees wait there for their class, it has 4 buffer seats"
    )


def test_a_workshop_that_is_not_there_is_refused():
    with pytest.raises(InstanceError) as refused:
        make_instance(demands=[demand("acme-drilling", count=5, buffer_site="gone")])
    assert [problem.code for problem in refused.value.problems] == ["unknown-reference"]


def test_it_applies_where_a_line_waits_in_a_workshop():
    assert buffer_seats.applies(waiting(4))
    assert not buffer_seats.applies(make_instance(sites=[site(buffer_seats=4)]))
