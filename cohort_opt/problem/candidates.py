"""Which runs could exist and who could attend them, as arrays; and why every other run cannot.

What is left out is left out by a rule that no choice could satisfy, and carries its reason; everything that depends on the
choice is left to the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.arcs import Arcs, RunTable, find_arcs
from cohort_opt.problem.blockers import blockers
from cohort_opt.problem.capacity import absence_rows, capacity_rows
from cohort_opt.problem.compact import Bools, CompactProblem, Ints
from cohort_opt.problem.couplings import coupled
from cohort_opt.problem.couplings.commitments import frozen_runs
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.rates import unplaced_price_cents
from cohort_opt.problem.rows import joined
from cohort_opt.problem.runs import Rejection, Run, list_runs
from cohort_opt.problem.schedule import TeachingDays, capacity_on
from cohort_opt.problem.shared_rows import more_arc_rows, more_run_rows

__all__ = ["Candidates", "Rejection", "Run", "blockers", "find_candidates"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidate runs of an instance, its compact problem and the reasons for what is missing.

    `runs[i]` belongs to `problem.run_ids[i]`, `instance.demands[g]` to `problem.group_ids[g]`.
    """

    instance: Instance
    problem: CompactProblem
    runs: tuple[Run, ...]
    rejected: tuple[Rejection, ...]


def find_candidates(instance: Instance) -> Candidates:
    """Return runs, arcs and shared rows of an instance, and the reason for every run that cannot exist.

    Raises
    ------
    InstanceError
        If a pin or ban names a run that the offerings do not have, or a pin stands where another rule forbids it.
    """
    days = TeachingDays(instance.calendar)
    offered, rejected = list_runs(instance)
    _check_named_runs(instance, offered, rejected)
    table = RunTable.of(instance, offered, days)
    arcs = find_arcs(instance, offered, table, days)
    keep, too_few = _fillable(instance, offered, arcs)
    runs = tuple(run for run, kept in zip(offered, keep, strict=True) if kept)
    arcs = _renumbered(arcs, keep)
    problem = coupled(instance, runs, _compact(instance, runs, RunTable.of(instance, runs, days), arcs, days))
    return Candidates(instance, problem, runs, tuple(sorted((*rejected, *too_few), key=lambda r: r.subject)))


def _fillable(instance: Instance, runs: Sequence[Run], arcs: Arcs) -> tuple[Bools, list[Rejection]]:
    """Return which runs enough trainees can attend, and the reason for each of the others; pinned runs always stay."""
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    able = np.zeros(len(runs), dtype=np.int64)
    np.add.at(able, arcs.run, count[arcs.group] if len(count) else count)
    least = {run.course: run.min_seats for run in runs}
    pinned = {pin.run for pin in instance.pins} | frozen_runs(instance)
    keep = np.array([a >= least[run.course] or run.id in pinned for a, run in zip(able, runs, strict=True)], dtype=np.bool_)
    too_few = [
        Rejection(run.id, "class_size", {"can_attend": int(a), "min_seats": least[run.course]})
        for run, a, kept in zip(runs, able, keep, strict=True)
        if not kept
    ]
    return keep, too_few


def _renumbered(arcs: Arcs, keep: Bools) -> Arcs:
    """Return the arcs of the kept runs, numbered among these."""
    number = np.cumsum(keep, dtype=np.int64) - 1
    stays = keep[arcs.run]
    return Arcs(arcs.group[stays], number[arcs.run[stays]], arcs.cents[stays], arcs.min_size[stays])


def _compact(instance: Instance, runs: Sequence[Run], table: RunTable, arcs: Arcs, days: TeachingDays) -> CompactProblem:
    demands = instance.demands
    run_min = np.array([run.min_seats for run in runs], dtype=np.int64)
    cap = _run_cap(instance, runs, run_min, arcs)
    pinned = _pins(instance, runs, arcs)
    run_pinned = np.zeros(len(runs), dtype=np.int64)
    run_pinned[arcs.run[pinned > 0]] = 1
    return CompactProblem(
        group_ids=tuple(d.id for d in demands),
        group_count=np.array([d.count for d in demands], dtype=np.int64),
        group_unplaced_cents=np.array([unplaced_price_cents(instance, d) for d in demands], dtype=np.int64),
        group_min_part=np.array([smallest_part(d) for d in demands], dtype=np.int64),
        group_must_place=np.zeros(len(demands), dtype=np.bool_),
        run_ids=tuple(run.id for run in runs),
        run_fixed_cents=table.fixed_cents,
        run_cap=cap,
        run_min=run_min,
        run_max=table.max_seats,
        run_pinned=run_pinned,
        arc_group=arcs.group,
        arc_run=arcs.run,
        arc_cents=arcs.cents,
        arc_group_cents=np.zeros(len(arcs.group), dtype=np.int64),
        arc_min_size=arcs.min_size,
        arc_pinned=pinned,
        capacity=joined((capacity_rows(instance, runs, table, cap, days), more_run_rows(instance, runs, cap))),
        absence=joined((absence_rows(instance, table, arcs, days), more_arc_rows(instance, table, arcs, days))),
        run_offering=_offering_of(instance, runs),
    )


def _offering_of(instance: Instance, runs: Sequence[Run]) -> Ints:
    """Return the place of each run's offering among the offerings of the instance."""
    place = {offering.id: i for i, offering in enumerate(instance.offerings)}
    return np.array([place[run.offering] for run in runs], dtype=np.int64)


def _run_cap(instance: Instance, runs: Sequence[Run], run_min: Ints, arcs: Arcs) -> Ints:
    """Return the most parallel classes of each run: by offering, by pools and by how many trainees can attend."""
    offering = {o.id: o for o in instance.offerings}
    pool = {("r", room.id): room for room in instance.rooms} | {("i", p.id): p for p in instance.instructors}
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    able = np.zeros(len(runs), dtype=np.int64)
    np.add.at(able, arcs.run, count[arcs.group] if len(count) else count)
    return np.array(
        [
            min(
                offering[run.offering].max_parallel,
                min(min(capacity_on(pool["r", run.room], d), capacity_on(pool["i", run.instructor], d)) for d in run.dates),
                max(1, int(can) // max(1, int(least))),
            )
            for run, least, can in zip(runs, run_min, able, strict=True)
        ],
        dtype=np.int64,
    )


def _pins(instance: Instance, runs: Sequence[Run], arcs: Arcs) -> Ints:
    """Return the pinned count of each arc; refuse a pin where a rule keeps the line out of the run."""
    pinned = np.zeros(len(arcs.group), dtype=np.int64)
    number = {run.id: i for i, run in enumerate(runs)}
    line = {demand.id: i for i, demand in enumerate(instance.demands)}
    problems: list[InputProblem] = []
    for pin in instance.pins:
        at = np.nonzero((arcs.run == number[pin.run]) & (arcs.group == line[pin.demand]))[0]
        pinned[at] = pin.count
        if not len(at):
            demand, run = instance.demands[line[pin.demand]], runs[number[pin.run]]
            why = "; ".join(_said(blocker) for blocker in blockers(instance, demand, run))
            problems.append(
                InputProblem(
                    "contradictory-pins", f"Pin[{pin.demand}, {pin.run}]", f"{pin.count} trainees",
                    f"the line may not attend this run: {why}", "drop the pin or change the rule it breaks",
                    f"/pins/{pin.demand}, {pin.run}",
                )
            )  # fmt: skip
    if problems:
        raise InstanceError(problems)
    return pinned


def _said(rejection: Rejection) -> str:
    return f"{rejection.rule} ({', '.join(f'{name} {value}' for name, value in sorted(rejection.facts.items()))})"


def _check_named_runs(instance: Instance, offered: Sequence[Run], rejected: Sequence[Rejection]) -> None:
    """Refuse pins, bans and grants on runs that no offering has, and pins on runs that cannot exist."""
    possible = {run.id for run in offered}
    reasons = {rejection.subject: rejection for rejection in rejected}
    problems = [*_unknown(instance, possible | set(reasons)), *_impossible(instance, reasons)]
    if problems:
        raise InstanceError(problems)


def _unknown(instance: Instance, known: set[str]) -> Iterator[InputProblem]:
    named = [("Pin", "pins", f"{p.demand}, {p.run}", p.run) for p in instance.pins]
    named += [("Ban", "bans", ", ".join(filter(None, (b.run, b.demand))), b.run) for b in instance.bans]
    named += [("Grant", "grants", g.id, g.run) for g in instance.grants]
    for kind, collection, key, run in named:
        if run not in known:
            yield InputProblem("unknown-run", f"{kind}[{key}]", run, "no offering has such a run",
                               "copy the run id from a proposal", f"/{collection}/{key}")  # fmt: skip


def _impossible(instance: Instance, reasons: dict[str, Rejection]) -> Iterator[InputProblem]:
    for pin in instance.pins:
        if pin.run in reasons:
            key = f"{pin.demand}, {pin.run}"
            yield InputProblem("contradictory-pins", f"Pin[{key}]", f"{pin.count} trainees",
                               f"the run cannot exist: {_said(reasons[pin.run])}", "drop the pin or change the rule it breaks",
                               f"/pins/{key}")  # fmt: skip
