"""A solver's answer as the records of a proposal: the frame, and the plan with its prices and reasons."""

from __future__ import annotations

import platform
from importlib.metadata import version

from cohort_opt.cost_sharing import Tools, pooling_gain, promises_of, share_classes
from cohort_opt.explanation import explain_classes, explain_unplaced
from cohort_opt.problem.candidates import Candidates
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import ClassEntry, ConflictEntry, GoalEntry, Limits, PartEntry, Proposal, Seats, UnplacedEntry
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.solver.linear_program import GlopProgram
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.result import CompactResult
from cohort_opt.verification.report import Report

_PACKAGES = ("cohort-opt", "numpy", "ortools", "pydantic")
_PLAN_FIELDS = frozenset(
    {"verified", "objective_terms", "classes", "unplaced", "cost_shares", "sharing", "pooling", "verification"}
)


def solution_of(candidates: Candidates, result: CompactResult) -> Solution:
    """Return the plan of a compact result in the words of the instance."""
    groups = candidates.problem.group_ids
    classes = []
    for run, seated in zip(candidates.runs, result.classes or (), strict=True):
        for number, members in enumerate(seated, start=1):
            who = tuple(sorted(Member(groups[group], count) for group, count in members))
            classes.append(
                PlannedClass(
                    run.id, number, run.offering, run.course, run.site, run.room, run.instructor, run.start, run.pattern,
                    run.dates, who,
                )
            )  # fmt: skip
    left = tuple(Member(groups[g], count) for g, count in enumerate(result.unplaced or ()) if count > 0)
    return Solution(tuple(classes), left)


def frame(instance: Instance, params: SolveParams, result: CompactResult) -> Proposal:
    """Return the proposal without a plan: status, bound and provenance."""
    conflict = result.conflict
    gap = None
    if result.objective is not None and result.bound is not None:
        gap = max(0.0, round((result.objective - result.bound) / result.objective, 6)) if result.objective else 0.0
    return Proposal(
        instance_name=instance.name,
        instance_fingerprint=instance.fingerprint(),
        status=result.status,
        objective_cents=result.objective,
        bound_cents=result.bound,
        bound_source=result.bound_source,
        gap=gap,
        verified=False,
        reproducible=result.reproducible,
        seed=params.seed,
        limits=Limits(
            mode=params.mode.value,
            deterministic_limit=params.deterministic_limit,
            time_limit_seconds=params.time_limit_seconds,
            workers=params.workers,
            gap_target=params.gap_target,
        ),
        versions={name: version(name) for name in _PACKAGES} | {"python": platform.python_version()},
        conflict=None if conflict is None else ConflictEntry(members=conflict.members, checked=conflict.checked),
        parts=tuple(
            PartEntry(input=part.input, objective_cents=part.objective, bound_cents=part.bound, bound_source=part.source)
            for part in result.parts
        ),
        goals=tuple(GoalEntry(name=goal.name, value=goal.value, bound=goal.bound) for goal in result.goals),
        notes=result.notes,
    )


def filled(frame: Proposal, candidates: Candidates, solution: Solution, report: Report) -> Proposal:
    """Return the proposal with its plan, prices and reasons."""
    instance = candidates.instance
    shares = share_classes(instance, solution)
    company = {demand.id: demand.company for demand in instance.demands}
    return Proposal(
        **{name: getattr(frame, name) for name in Proposal.model_fields if name not in _PLAN_FIELDS},
        verified=True,
        objective_terms=report.objective_terms,
        classes=_class_entries(candidates, solution, company),
        unplaced=_unplaced_entries(candidates, solution),
        cost_shares=shares,
        sharing=promises_of(instance, solution, shares, "equal", Tools(linear_program=GlopProgram())),
        pooling=pooling_gain(instance, solution, shares),
        verification=report.records(),
    )


def _class_entries(candidates: Candidates, solution: Solution, company: dict[str, str]) -> tuple[ClassEntry, ...]:
    reasons = explain_classes(candidates.instance, candidates, solution)
    course = {c.id: c for c in candidates.instance.courses}
    offering = {o.id: o for o in candidates.instance.offerings}
    costs = ClassCosts.of(candidates.instance)
    runs = {run.id: run for run in candidates.runs}
    entries = []
    for item in solution.classes:
        cost = costs.fixed_cents(item) + offering[item.offering].seat_cents * item.size
        entries.append(
            ClassEntry(
                id=item.id, run=item.run, number=item.number, offering=item.offering, course=item.course, site=item.site,
                room=item.room, instructor=item.instructor, pattern=item.pattern, start=item.start, end=item.dates[-1],
                dates=item.dates, min_seats=course[item.course].min_seats, max_seats=runs[item.run].max_seats, size=item.size,
                cost_cents=cost, seat_price_cents=-(-cost // item.size),
                members=tuple(Seats(demand=m.demand, company=company[m.demand], count=m.count) for m in item.members),
                reasons=reasons.get(item.id, ()),
            )
        )  # fmt: skip
    return tuple(entries)


def _unplaced_entries(candidates: Candidates, solution: Solution) -> tuple[UnplacedEntry, ...]:
    reasons = explain_unplaced(candidates.instance, candidates, solution)
    demand = {d.id: d for d in candidates.instance.demands}
    return tuple(
        UnplacedEntry(
            demand=left.demand, company=demand[left.demand].company, course=demand[left.demand].course,
            asked=demand[left.demand].count, count=left.count, reasons=reasons.get(left.demand, ()),
        )
        for left in solution.unplaced
    )  # fmt: skip
