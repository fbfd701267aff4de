"""Candidates: what could exist, who could attend, and why everything else could not."""

import datetime as dt
import random

import numpy as np
import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import blockers, find_candidates
from cohort_opt.problem.records import Absence, Ban, DatePeriod, Pin
from cohort_opt.problem.runs import list_runs
from tests.builders import (
    RUN,
    company,
    course,
    day,
    demand,
    everything_switched_on,
    instructor,
    make_instance,
    offering,
    prices,
    release,
    room,
    two_companies_one_class,
)


def test_both_companies_may_attend_the_one_run_at_seat_journey_and_waiting():
    problem = find_candidates(two_companies_one_class()).problem
    assert problem.run_ids == (RUN,)
    # Seat 18,500; acme 10 km x 2 x 5 days x 20 cents = 2,000; bolt 20 km: 4,000; nobody waits.
    assert problem.arc_cents.tolist() == [20_500, 22_500]


def test_a_later_start_costs_a_week_of_waiting_per_whole_week():
    instance = make_instance(offerings=[offering(first_start=day(weeks=2), last_start=day(weeks=2))])
    problem = find_candidates(instance).problem
    # Two whole weeks after the earliest start at 1,000 cents each.
    assert problem.arc_cents.tolist() == [20_500 + 2_000, 22_500 + 2_000]


def test_a_run_on_a_closed_day_is_left_out_with_the_name_of_the_closure():
    closed = (DatePeriod(first=day(), last=day(), name="Founders' Day"),)
    instance = make_instance(calendar=make_instance().calendar.model_copy(update={"closed": closed}))
    found = find_candidates(instance)
    assert found.runs == ()
    assert [(r.subject, r.rule, r.facts["closure"]) for r in found.rejected] == [(RUN, "calendar", "Founders' Day")]


def test_a_block_skips_a_closed_day_and_a_day_release_skips_its_week():
    closed = (DatePeriod(first=day(days=1), last=day(days=1)), DatePeriod(first=day(weeks=1), last=day(weeks=1)))
    instance = make_instance(
        calendar=make_instance().calendar.model_copy(update={"closed": closed}),
        courses=[course(patterns=(course().patterns[0], release(3)))],
    )
    by_pattern = {run.pattern: run.dates for run in list_runs(instance)[0]}
    # Tuesday is closed: Mon, Wed, Thu, Fri; the next Monday is closed too, so the fifth day is Tuesday the 9th.
    assert by_pattern["block5"] == (day(), day(days=2), day(days=3), day(days=4), day(weeks=1, days=1))
    assert by_pattern["release3"] == (day(), day(weeks=2), day(weeks=3))


def test_a_run_that_too_few_can_attend_is_left_out_and_says_how_many_could():
    found = find_candidates(make_instance(demands=[demand(count=7)]))
    assert found.runs == ()
    assert [(r.rule, r.facts) for r in found.rejected] == [("class_size", {"can_attend": 7, "min_seats": 8})]


def test_an_empty_pool_closes_the_run():
    away = Absence(first=day(days=2), last=day(days=2))
    found = find_candidates(make_instance(instructors=[instructor(absences=(away,))]))
    assert [(r.rule, r.facts["date"]) for r in found.rejected] == [("instructor_capacity", "2027-03-03")]


def test_a_room_with_enough_for_all_runs_gives_no_row_and_a_scarce_one_gives_one_per_distinct_day():
    two = {"last_start": day(weeks=1), "max_parallel": 2}
    demands = [demand("acme-drilling", count=16), demand("bolt-drilling", count=16)]
    plenty = make_instance(demands=demands, offerings=[offering(**two)], rooms=[room(count=2)], instructors=[instructor(count=2)])
    assert len(find_candidates(plenty).problem.capacity) == 0
    scarce = make_instance(demands=demands, offerings=[offering(**two)], rooms=[room(count=1)], instructors=[instructor(count=2)])
    problem = find_candidates(scarce).problem
    # One room: cap 1 for each run, and each run alone never exceeds it: nothing to forbid.
    assert problem.run_cap.tolist() == [1, 1]
    assert len(problem.capacity) == 0
    overlapping = make_instance(
        demands=demands,
        offerings=[offering(**two), offering("drilling-b", last_start=day(weeks=1))],
    )
    rows = find_candidates(overlapping).problem.capacity
    # Room and instructor, each in two weeks: 4 rows of two runs; the five days of a week are alike.
    assert len(rows) == 4
    assert rows.limit.tolist() == [1, 1, 1, 1]


def test_company_absence_rows_hold_all_lines_of_the_company_that_day():
    instance = make_instance(
        companies=[company("acme", max_away_per_day=6), company("bolt")],
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[
            demand("acme-drilling", count=5),
            demand("acme-sawing", course_id="sawing", count=5),
            demand("bolt-drilling", count=5),
            demand("bolt-sawing", course_id="sawing", count=5),
        ],
    )
    problem = find_candidates(instance).problem
    assert problem.absence.limit.tolist() == [6]
    arcs, _ = problem.absence.row(0)
    assert [problem.group_ids[g] for g in problem.arc_group[arcs]] == ["acme-drilling", "acme-sawing"]


def test_a_price_cap_becomes_the_least_class_size_and_an_impossible_one_no_arc():
    # 950,000 + 18,500 n <= cap n. Cap 113,500: n >= 950,000 / 95,000 = 10. Cap 97,000: n >= 950,000 / 78,500 = 12.1 > 12.
    capped = make_instance(demands=[demand("acme-drilling", max_seat_price_cents=113_500), demand("bolt-drilling", count=9)])
    assert find_candidates(capped).problem.arc_min_size.tolist() == [10, 0]
    dear = make_instance(demands=[demand("acme-drilling", max_seat_price_cents=97_000), demand("bolt-drilling", count=9)])
    found = find_candidates(dear)
    assert [found.problem.group_ids[g] for g in found.problem.arc_group] == ["bolt-drilling"]


def test_a_pin_on_an_unknown_run_is_refused_by_name():
    with pytest.raises(InstanceError, match=r"Pin\[acme-drilling, nowhere\].*no offering has such a run"):
        find_candidates(make_instance(pins=[Pin(demand="acme-drilling", run="nowhere", count=1)]))


def test_a_pin_that_another_rule_forbids_names_that_rule():
    instance = make_instance(
        demands=[demand("acme-drilling", max_travel_km=5), demand("bolt-drilling", count=9)],
        pins=[Pin(demand="acme-drilling", run=RUN, count=1)],
    )
    with pytest.raises(InstanceError, match=r"travel_limit \(limit_km 5, site academy, travel_km 10\)"):
        find_candidates(instance)


def test_a_ban_of_a_line_removes_its_arc_only():
    problem = find_candidates(make_instance(demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=9)],
                                            bans=[Ban(run=RUN, demand="bolt-drilling")])).problem  # fmt: skip
    assert [problem.group_ids[g] for g in problem.arc_group] == ["acme-drilling"]


def test_blockers_in_words_agree_with_the_arrays_on_random_lines():
    """Every pair (line, run) has an arc exactly if no blocker is named."""
    rng = random.Random(7)
    pairs = arcs = 0
    for _ in range(40):
        base = everything_switched_on()
        demands = [
            line.model_copy(
                update={
                    "max_travel_km": rng.choice([9, 10, 20, 40]),
                    "earliest_start": day(weeks=rng.randrange(3)),
                    "latest_start": day(weeks=rng.randrange(3, 8)),
                    "max_seat_price_cents": rng.choice([None, 97_000, 150_000, 10_000]),
                    "patterns": rng.choice([("block",), ("day_release",), ("block", "day_release")]),
                    "weekdays": line.weekdays[: rng.randrange(1, len(line.weekdays) + 1)]
                    if rng.random() < 0.3
                    else line.weekdays,
                }
            )
            for line in base.demands
        ]
        instance = make_instance(**{name: getattr(base, name) for name in type(base).model_fields if name not in
                                    ("format", "demands", "pins")}, demands=demands)  # fmt: skip
        found = find_candidates(instance)
        have = set(zip(found.problem.arc_group.tolist(), found.problem.arc_run.tolist(), strict=True))
        for g, line in enumerate(instance.demands):
            for r, run in enumerate(found.runs):
                pairs += 1
                arcs += (g, r) in have
                assert ((g, r) in have) == (not blockers(instance, line, run)), (line.id, run.id)
    assert pairs > arcs > 100


def test_the_order_of_rows_changes_nothing():
    base = everything_switched_on()
    turned = make_instance(**{name: tuple(reversed(value)) if isinstance(value := getattr(base, name), tuple) else value
                              for name in type(base).model_fields if name != "format"})  # fmt: skip
    one, other = find_candidates(base), find_candidates(turned)
    assert base.fingerprint() == turned.fingerprint()
    assert one.runs == other.runs
    assert np.array_equal(one.problem.arc_cents, other.problem.arc_cents)


def test_starts_follow_weekdays_and_weeks_of_the_offering():
    weekly = offering(first_start=day(days=2), last_start=day(weeks=4), start_weekdays=("mon", "wed"), every_weeks=2)
    starts = {run.start for run in list_runs(make_instance(offerings=[weekly]))[0]}
    # First start Wednesday 3 March; weeks 0, 2, 4; Monday 1 March is before the first start, Wednesday of week 4 after the last.
    assert starts == {day(days=2), day(weeks=2), day(weeks=2, days=2), day(weeks=4)}
    assert max(starts) == dt.date(2027, 3, 29)


def test_free_travel_and_free_waiting_leave_the_seat_price():
    problem = find_candidates(make_instance(prices=prices(travel_cents_per_km=0, waiting_cents_per_week=0))).problem
    assert problem.arc_cents.tolist() == [18_500, 18_500]
