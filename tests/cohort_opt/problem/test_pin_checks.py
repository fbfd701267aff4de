"""Pins that cannot hold: each case with the smallest set that clashes, and the nearest case that can."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.records import Absence, Ban, DatePeriod, Pin
from cohort_opt.problem.runs import run_id
from tests.builders import RUN, course, day, demand, instructor, make_instance, offering, room

LATER = "drilling-academy/2027-03-08/block5"
TWO_STARTS = [offering(last_start=day(weeks=1))]


def pin(line="acme-drilling", run=RUN, count=1):
    return Pin(demand=line, run=run, count=count)


def clash(**changes):
    """Return code and places of the one problem."""
    with pytest.raises(InstanceError) as caught:
        make_instance(**changes)
    (problem,) = caught.value.problems
    return problem.code, [problem.pointer, *problem.also]


def test_the_runs_of_the_tests_have_the_ids_that_candidates_give_them():
    assert run_id("drilling-academy", day(weeks=1), "block5") == LATER


@pytest.mark.parametrize("ban", [Ban(run=RUN), Ban(run=RUN, demand="acme-drilling")])
def test_a_pin_and_a_ban_of_the_same_run_clash(ban):
    shown = ", ".join(part for part in (ban.run, ban.demand) if part)
    assert clash(pins=[pin()], bans=[ban]) == ("contradictory-pins", [f"/pins/acme-drilling, {RUN}", f"/bans/{shown}"])
    assert make_instance(pins=[pin("bolt-drilling")], bans=[Ban(run=RUN, demand="acme-drilling")])


def test_a_line_that_keeps_together_cannot_be_pinned_into_two_runs():
    pins = [pin(), pin(run=LATER)]
    lines = [demand("acme-drilling", together=True), demand("bolt-drilling")]
    code, places = clash(pins=pins, demands=lines, offerings=TWO_STARTS)
    assert code == "contradictory-pins"
    assert places == [f"/pins/acme-drilling, {RUN}", f"/pins/acme-drilling, {LATER}", "/demands/acme-drilling/together"]
    assert make_instance(pins=pins, offerings=TWO_STARTS)  # 1 + 1 of 5 in two runs, where the line may part


def test_pins_of_a_line_cannot_hold_more_than_its_count():
    # acme has 5: 2 + 3 is all of them, 3 + 3 one too many.
    assert make_instance(pins=[pin(count=2), pin(run=LATER, count=3)], offerings=TWO_STARTS)
    code, places = clash(pins=[pin(count=3), pin(run=LATER, count=3)], offerings=TWO_STARTS)
    assert code == "contradictory-pins"
    assert places[-1] == "/demands/acme-drilling/count"
    assert clash(pins=[pin(count=6)])[1] == [f"/pins/acme-drilling, {RUN}/count", "/demands/acme-drilling/count"]


def test_of_three_pins_above_the_count_only_the_two_that_clash_are_told():
    starts = [offering(last_start=day(weeks=2))]
    third = "drilling-academy/2027-03-15/block5"
    _, places = clash(pins=[pin(count=1), pin(run=LATER, count=4), pin(run=third, count=3)], offerings=starts)
    assert places[:2] == [f"/pins/acme-drilling, {LATER}/count", f"/pins/acme-drilling, {third}/count"]


def test_a_pin_brings_at_least_the_smallest_part_into_its_run():
    # 5 trainees in parts of 3: one in each of two runs means 3 + 3.
    lines = [demand("acme-drilling", min_part=3), demand("bolt-drilling")]
    assert clash(pins=[pin(), pin(run=LATER)], demands=lines, offerings=TWO_STARTS)[0] == "contradictory-pins"
    assert make_instance(pins=[pin()], demands=lines)


def test_a_pin_into_a_run_of_another_course_is_refused():
    lines = [demand("acme-sawing", course_id="sawing")]
    courses = [course(), course("sawing")]
    offerings = [offering(), offering("saw", course="sawing")]
    assert clash(pins=[pin("acme-sawing")], demands=lines, courses=courses, offerings=offerings) == (
        "contradictory-pins",
        [f"/pins/acme-sawing, {RUN}/run", "/demands/acme-sawing/course"],
    )


@pytest.mark.parametrize(
    "run", ["drilling-academy/2027-03-02/block5", "drilling-academy/2027-03-01/block4", "elsewhere/2027-03-01/block5", "x", "/"]
)
def test_pins_and_bans_of_runs_that_no_offering_has_are_refused(run):
    assert clash(pins=[pin(run=run)]) == ("unknown-run", [f"/pins/acme-drilling, {run}/run"])
    assert clash(bans=[Ban(run=run)]) == ("unknown-run", [f"/bans/{run}/run"])


def test_a_pin_into_a_run_that_starts_on_a_closed_day_is_refused_and_a_ban_of_it_is_harmless():
    closed = make_instance().calendar.model_copy(update={"closed": (DatePeriod(first=day(), last=day(), name="storm"),)})
    code, places = clash(pins=[pin()], calendar=closed)
    assert (code, places) == ("contradictory-pins", [f"/pins/acme-drilling, {RUN}", "/calendar/closed"])
    assert make_instance(bans=[Ban(run=RUN)], calendar=closed)


def test_pins_above_the_seats_of_a_run_are_refused():
    # One class of 12: 7 + 5 fill it, 7 + 6 do not fit; two classes at a time hold 24.
    lines = [demand("acme-drilling", count=7), demand("bolt-drilling", count=6)]
    assert make_instance(demands=lines, pins=[pin(count=7), pin("bolt-drilling", count=5)])
    full = [pin(count=7), pin("bolt-drilling", count=6)]
    code, places = clash(demands=lines, pins=full)
    assert code == "contradictory-pins"
    assert places == [f"/pins/acme-drilling, {RUN}/count", f"/pins/bolt-drilling, {RUN}/count", "/courses/drilling/max_seats"]
    two = {"offerings": [offering(max_parallel=2)], "rooms": [room(count=2)], "instructors": [instructor(count=2)]}
    assert make_instance(demands=lines, pins=full, **two)


def test_pinned_runs_above_the_rooms_of_a_day_are_refused_with_the_pair_that_clashes():
    # Drilling and sawing on the same five days, one bay; one run a week later fits.
    courses, lines = [course(), course("sawing")], [demand(), demand("bolt-sawing", course_id="sawing")]
    both = [offering(), offering("saw", course="sawing", last_start=day(weeks=1))]
    many = {"instructors": [instructor(count=2)], "courses": courses, "demands": lines, "offerings": both}
    sawing = "saw/2027-03-01/block5"
    code, places = clash(pins=[pin(), pin("bolt-sawing", sawing)], **many)
    assert code == "contradictory-pins"
    assert places == [f"/pins/acme-drilling, {RUN}", f"/pins/bolt-sawing, {sawing}", "/rooms/bay/count"]
    assert make_instance(pins=[pin(), pin("bolt-sawing", "saw/2027-03-08/block5")], **many)
    assert make_instance(pins=[pin(), pin("bolt-sawing", sawing)], **many, rooms=[room(count=2)])


def test_an_absent_instructor_makes_two_pinned_runs_clash_on_that_day():
    courses, lines = [course(), course("sawing")], [demand(), demand("bolt-sawing", course_id="sawing")]
    both = {"courses": courses, "demands": lines, "offerings": [offering(), offering("saw", course="sawing")],
            "rooms": [room(count=2)], "pins": [pin(), pin("bolt-sawing", "saw/2027-03-01/block5")]}  # fmt: skip
    assert make_instance(**both, instructors=[instructor(count=2)])
    away = instructor(count=2, absences=(Absence(first=day(days=3), last=day(days=3)),))
    code, places = clash(**both, instructors=[away])
    assert (code, places[-1]) == ("contradictory-pins", "/instructors/crew/count")


def test_a_pinned_class_on_a_day_without_a_room_is_refused():
    away = room(absences=(Absence(first=day(days=4), last=day(days=4)),))
    assert clash(pins=[pin()], rooms=[away]) == ("contradictory-pins", [f"/pins/acme-drilling, {RUN}", "/rooms/bay/count"])
