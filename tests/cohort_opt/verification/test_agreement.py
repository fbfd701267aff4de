"""Random plans, most of them wrong: the judge passes exactly those that a second reading of the rules passes.

The second reading is that of the brute force of `tests/properties`, which shares no line with the judge.
"""

import collections
import random
from typing import Any

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.verify import verify
from tests.conftest import CAMPAIGN
from tests.properties.brute_force import PossibleRun, has_room, may_attend, possible_runs, seat_cost, splits, waiting_price
from tests.properties.coupling_rules import coupled_cents, couplings_hold
from tests.properties.random_instances import random_fields
from tests.properties.trade_rules import (
    beds_hold,
    buffers_hold,
    class_holds,
    hours_hold,
    parallel_holds,
    travel_holds,
    weeks_hold,
)

CASES = 400 * CAMPAIGN
CHUNK = 50
PLANS = 15
"""Random plans for each instance."""

Seats = dict[int, dict[str, int]]


def random_plan(rng: random.Random, instance: Instance) -> tuple[list[PossibleRun], Seats]:
    """Return up to three classes and who sits in them: now and then a plan that keeps all rules."""
    runs = list(possible_runs(instance))
    classes = sorted(rng.choices(runs, k=rng.randint(0, 3)), key=lambda run: run.id) if runs else []
    left = {line.id: line.count for line in instance.demands}
    seats: Seats = {number: {} for number in range(len(classes))}
    for number, run in enumerate(classes):
        fit = [line for line in instance.demands if may_attend(instance, line, run)]
        for line in fit if rng.random() < 0.8 else [line for line in instance.demands if line.course == run.course.id]:
            count = left[line.id] if rng.random() < 0.6 else rng.randint(0, left[line.id])
            if count:
                seats[number][line.id] = count
                left[line.id] -= count
    return classes, seats


def is_valid(instance: Instance, classes: list[PossibleRun], seats: Seats) -> bool:
    """Whether the plan keeps every rule, read a second time."""
    return (
        parallel_holds(classes)
        and has_room(instance, tuple(classes))
        and all(_line_fits(instance, line, classes, seats) for line in instance.demands)
        and couplings_hold(instance, classes, [seats[k] for k in range(len(classes))])
        and all(_class_fits(instance, run, seats[number]) for number, run in enumerate(classes))
        and all(_pinned(pin, classes, seats) for pin in instance.pins)
        and all(_few_enough_away(instance, company, classes, seats) for company in instance.companies)
        and hours_hold(instance, classes)
        and travel_holds(instance, classes)
        and all(class_holds(instance, run, seats[number]) for number, run in enumerate(classes))
        and weeks_hold(instance, classes, [seats[number] for number in range(len(classes))])
        and beds_hold(instance, classes, [seats[number] for number in range(len(classes))])
        and buffers_hold(instance, classes, [seats[number] for number in range(len(classes))])
    )


def _line_fits(instance: Instance, line: Any, classes: list[PossibleRun], seats: Seats) -> bool:
    parts = tuple(seats[number].get(line.id, 0) for number in range(len(classes)))
    allowed = [may_attend(instance, line, run) for run in classes]
    return parts in set(splits(line, allowed))


def _class_fits(instance: Instance, run: PossibleRun, members: dict[str, int]) -> bool:
    size = sum(members.values())
    caps = [line.max_seat_price_cents for line in instance.demands if line.id in members]
    cost = run.opening_cents + run.offering.seat_cents * size
    return run.course.min_seats <= size <= run.most_seats and all(cap is None or cost <= cap * size for cap in caps)


def _pinned(pin: Any, classes: list[PossibleRun], seats: Seats) -> bool:
    return sum(seats[n].get(pin.demand, 0) for n, run in enumerate(classes) if run.id == pin.run) >= pin.count


def _few_enough_away(instance: Instance, company: Any, classes: list[PossibleRun], seats: Seats) -> bool:
    own = {line.id for line in instance.demands if line.company == company.id}
    for day in {day for run in classes for day in run.dates}:
        away = sum(count for n, run in enumerate(classes) if day in run.dates for line, count in seats[n].items() if line in own)
        if company.max_away_per_day is not None and away > company.max_away_per_day:
            return False
    return True


def cost_of(instance: Instance, classes: list[PossibleRun], seats: Seats) -> int:
    """Return the objective in cents, read a second time."""
    lines = {line.id: line for line in instance.demands}
    fixed = sum(run.opening_cents for run in classes)
    paid = sum(n * seat_cost(instance, lines[line], run) for k, run in enumerate(classes) for line, n in seats[k].items())
    placed = collections.Counter()
    for members in seats.values():
        placed.update(members)
    moved = coupled_cents(instance, classes, [seats[k] for k in range(len(classes))])
    return fixed + paid + moved + sum((line.count - placed[line.id]) * waiting_price(instance, line) for line in instance.demands)


def as_solution(instance: Instance, classes: list[PossibleRun], seats: Seats) -> Solution:
    """Return the plan as the judge reads it."""
    numbers: collections.Counter[str] = collections.Counter()
    planned = []
    for number, run in enumerate(classes):
        numbers[run.id] += 1
        offering = run.offering
        members = tuple(Member(line, seats[number][line]) for line in sorted(seats[number]))
        planned.append(
            PlannedClass(
                run.id, numbers[run.id], offering.id, run.course.id, offering.site, offering.room, run.instructor,
                run.dates[0], run.pattern, run.dates, members,
            )
        )  # fmt: skip
    placed = collections.Counter()
    for members in seats.values():
        placed.update(members)
    left = tuple(Member(d.id, d.count - placed[d.id]) for d in instance.demands if d.count > placed[d.id])
    return Solution(tuple(planned), left)


def _cases(seeds: range) -> Any:
    for seed in seeds:
        try:
            instance = Instance(**random_fields(seed))
        except InstanceError:
            continue
        rng = random.Random(f"plans {seed}")
        for draw in range(PLANS):
            yield f"seed {seed}, plan {draw}", instance, *random_plan(rng, instance)


@pytest.mark.campaign
@pytest.mark.parametrize("first_seed", range(0, CASES, CHUNK))
def test_the_judge_passes_exactly_the_valid_plans_at_their_cost(first_seed):
    for subject, instance, classes, seats in _cases(range(first_seed, first_seed + CHUNK)):
        report = verify(instance, as_solution(instance, classes, seats), cost_of(instance, classes, seats))
        valid = is_valid(instance, classes, seats)
        assert report.ok == valid, f"{subject}: {report.violations}"
        # What a forbidden journey would cost is nobody's business; a valid plan is priced alike by both readings.
        assert not valid or "objective" not in report.broken, f"{subject}: {report.violations}"


def test_many_plans_are_valid_and_most_rules_are_broken_by_some():
    outcomes: collections.Counter[str] = collections.Counter()
    broken: collections.Counter[str] = collections.Counter()
    for _, instance, classes, seats in _cases(range(300)):
        report = verify(instance, as_solution(instance, classes, seats))
        outcomes["valid with classes" if classes else "valid without"] += report.ok
        outcomes["broken"] += not report.ok
        broken.update(report.broken)
    assert min(outcomes.values()) > 100, outcomes
    # These plans count everybody and take runs as they are, so that the other rules cannot be broken by them.
    assert set(broken) == {
        "class_size", "travel_limit", "start_window", "weekdays", "release_pattern", "company_closed_days", "room_capacity",
        "instructor_capacity", "parts", "company_absence", "price_cap", "pins", "bans", "offering",
        "class_size_wish", "company_absence_week", "instructor_hours", "start_size", "practice_share", "travel_time_limit",
        "boarding", "combination", "reservation", "firm_minimum", "commitments", "agreed_price", "apart", "side_by_side",
        "module_order", "budget", "price_spread", "stand_alone_price", "site_load", "merge", "seat_quota",
        "support_seats", "instructor_travel", "buffer_seats",
    }  # fmt: skip
