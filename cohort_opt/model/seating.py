"""A plan as values of slots and seats, and back: the one translation that every engine's answers and starts go through."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.plan import Plan, find_arcs
from cohort_opt.model.slots import Slots
from cohort_opt.problem.compact import CompactProblem, Ints


def slots_of_plan(problem: CompactProblem, slots: Slots, plan: Plan) -> tuple[Ints, Ints]:
    """Return classes per slot and trainees per seat of a plan."""
    run = plan.class_run
    number = np.arange(plan.num_classes) - np.searchsorted(run, run)
    single = slots.start[run + 1] - slots.start[run] == 1
    slot = slots.start[run] + np.where(single, 0, number)
    y = np.bincount(slot, minlength=slots.num_slots).astype(np.int64)
    at = slot[plan.member_class]
    arc = find_arcs(problem, run[plan.member_class], plan.member_group)
    seat = slots.seat_start[at] + arc - problem.arcs_of_run()[slots.run[at]]
    x = np.zeros(slots.num_seats, dtype=np.int64)
    np.add.at(x, seat, plan.member_count)
    return y, x


def plan_of_slots(problem: CompactProblem, slots: Slots, y: Ints, x: Ints) -> Plan:
    """Return the plan of classes per slot and trainees per seat."""
    expanded = (np.diff(slots.start) > 1)[slots.run] if slots.num_slots else np.zeros(0, dtype=np.bool_)
    arcs = np.zeros(problem.num_arcs, dtype=np.int64)
    whole = ~expanded[slots.seat_slot]
    arcs[slots.seat_arc[whole]] = x[whole]
    counts = np.zeros(problem.num_runs, dtype=np.int64)
    counts[slots.run[~expanded]] = y[~expanded]
    plan = Plan.of_seats(problem, arcs, counts)
    split = np.flatnonzero(expanded & (y > 0))
    if not len(split):
        return plan
    classes = [(run, members) for run, held in enumerate(plan.classes_by_run(problem.num_runs)) for members in held]
    for slot in split.tolist():
        seats = slots.seats_of(slot)
        groups = problem.arc_group[slots.seat_arc[seats]]
        members = zip(groups.tolist(), x[seats].tolist(), strict=True)
        classes.append((int(slots.run[slot]), tuple((group, count) for group, count in members if count)))
    return Plan.of_classes(classes)
