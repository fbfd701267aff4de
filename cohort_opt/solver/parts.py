"""Split a problem into independent parts, and put their answers together again.

Two groups belong to one part if a chain of runs, capacity rows, absence rows or apart pairs joins them. No solver does this by
itself, and a part solved to its proof lifts the bound of the whole: bounds of parts add up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.plan import Plan, activity
from cohort_opt.problem.compact import Bools, ClassLimits, CompactProblem, Ints, Rows


@dataclass(frozen=True, slots=True)
class Part:
    """One independent part: a problem of its own, and the indices of its groups, runs and arcs in the whole."""

    problem: CompactProblem
    groups: Ints
    runs: Ints
    arcs: Ints


def join_components(num_nodes: int, edges: list[tuple[Ints, Ints]]) -> Ints:
    """Return the smallest node of each node's component, shape (num_nodes,); label propagation with pointer jumping."""
    label = np.arange(num_nodes, dtype=np.int64)
    tails = np.concatenate([tail for tail, _ in edges]) if edges else np.zeros(0, dtype=np.int64)
    heads = np.concatenate([head for _, head in edges]) if edges else np.zeros(0, dtype=np.int64)
    while True:
        low = np.minimum(label[tails], label[heads])
        new = label.copy()
        # A smaller label reaches both ends and the labels that they stood for.
        for target in (tails, heads, label[tails], label[heads]):
            np.minimum.at(new, target, low)
        new = np.minimum(new, new[new])
        if (new == label).all():
            return label
        label = new


def split(problem: CompactProblem) -> tuple[Part, ...]:
    """Return the independent parts in the order of their first group; a run without arcs joins the first part that shares a row.

    Rows that can never bind join nothing.
    """
    num_groups, num_runs = problem.num_groups, problem.num_runs
    capacity, absence = binding_rows(problem.capacity, problem.run_cap), binding_rows(problem.absence, arc_most(problem))
    edges = [(problem.arc_group, problem.arc_run + num_groups), (problem.apart[:, 0], problem.apart[:, 1])]
    edges.append(_chain(capacity.index + num_groups, capacity.owner()))
    edges.append(_chain(problem.arc_group[absence.index], absence.owner()))
    edges.append(_chain(problem.loads.index + num_groups, problem.loads.owner()))
    edges.append(_chain(problem.spreads.index + num_groups, problem.spreads.owner()))
    edges.append(_chain(problem.arc_group[problem.budgets.index], problem.budgets.owner()))
    edges.append((problem.side_by_side[:, 0], problem.side_by_side[:, 1]))
    shared = np.flatnonzero(problem.grants.pot >= 0)
    shared = shared[np.argsort(problem.grants.pot[shared], kind="stable")]
    edges.append(_chain(problem.arc_group[problem.grants.arc[shared]], problem.grants.pot[shared]))
    edges.append(_chain(problem.arc_group[problem.quotas.arc], problem.quotas.quota_of_entry()))
    edges.append((problem.arc_group[problem.links[:, 0]], problem.arc_group[problem.links[:, 1]]))
    follows = np.flatnonzero(problem.group_after >= 0)
    edges.append((follows, problem.group_after[follows]))
    # Groups that may attend nothing have nothing to decide: one part holds them all.
    idle = np.setdiff1d(np.arange(num_groups, dtype=np.int64), problem.arc_group)
    edges.append((idle[1:], idle[:-1]))
    label = join_components(num_groups + num_runs, edges)
    _, part_of = np.unique(label, return_inverse=True)
    group_part, run_part = part_of[:num_groups], part_of[num_groups:]
    with_groups = np.unique(group_part)
    # What no plan can avoid is counted once, by the whole.
    reduced = replace(problem, capacity=capacity, absence=absence, constant_cents=0)
    if len(with_groups) == 1 and (run_part == with_groups[0]).all():
        everything = (np.arange(num_groups), np.arange(num_runs), np.arange(problem.num_arcs))
        return (Part(reduced, *everything),)
    # Runs that nobody may attend: they matter only if pinned open or paid for opening; one part holds them all.
    alone = ~np.isin(run_part, with_groups)
    matters = alone & ((problem.run_pinned > 0) | ((problem.run_fixed_cents < 0) & (problem.run_min == 0)))
    wanted = [(np.flatnonzero(group_part == k), np.flatnonzero(run_part == k)) for k in with_groups.tolist()]
    if matters.any():
        kept = np.flatnonzero(np.isin(run_part, np.unique(run_part[matters])))
        wanted.append((np.zeros(0, dtype=np.int64), kept))
    return tuple(restrict(reduced, groups, runs) for groups, runs in wanted)


def restrict(problem: CompactProblem, groups: Ints, runs: Ints, arcs: Ints | None = None) -> Part:
    """Return the problem on some groups and runs (ascending), with the arcs between them; rows keep their limits."""
    group_at = np.full(problem.num_groups, -1, dtype=np.int64)
    group_at[groups] = np.arange(len(groups))
    run_at = np.full(problem.num_runs, -1, dtype=np.int64)
    run_at[runs] = np.arange(len(runs))
    if arcs is None:
        arcs = np.flatnonzero((group_at[problem.arc_group] >= 0) & (run_at[problem.arc_run] >= 0))
    arc_at = np.full(problem.num_arcs, -1, dtype=np.int64)
    arc_at[arcs] = np.arange(len(arcs))
    after = problem.group_after[groups]
    small = CompactProblem(
        group_ids=tuple(problem.group_ids[g] for g in groups.tolist()),
        group_count=problem.group_count[groups],
        group_unplaced_cents=problem.group_unplaced_cents[groups],
        group_min_part=problem.group_min_part[groups],
        group_must_place=problem.group_must_place[groups],
        run_ids=tuple(problem.run_ids[r] for r in runs.tolist()),
        run_fixed_cents=problem.run_fixed_cents[runs],
        run_cap=problem.run_cap[runs],
        run_min=problem.run_min[runs],
        run_max=problem.run_max[runs],
        run_pinned=problem.run_pinned[runs],
        arc_group=group_at[problem.arc_group[arcs]],
        arc_run=run_at[problem.arc_run[arcs]],
        arc_cents=problem.arc_cents[arcs],
        arc_group_cents=problem.arc_group_cents[arcs],
        arc_min_size=problem.arc_min_size[arcs],
        arc_pinned=problem.arc_pinned[arcs],
        capacity=_keep_entries(problem.capacity, run_at),
        absence=_keep_entries(problem.absence, arc_at),
        apart=_both(group_at[problem.apart]),
        side_by_side=_both(group_at[problem.side_by_side]),
        class_limits=_keep_limits(problem.class_limits, run_at, arc_at),
        loads=_keep_entries(problem.loads, run_at),
        links=_both(arc_at[problem.links]),
        group_after=np.where(after >= 0, group_at[after], -1),
        arc_committed=problem.arc_committed[arcs],
        arc_change_cents=problem.arc_change_cents[arcs],
        run_target=problem.run_target[runs],
        run_off_target_cents=problem.run_off_target_cents[runs],
        run_seat_cents=problem.run_seat_cents[runs],
        size_steps=_steps_of(problem, arc_at),
        budgets=_keep_entries(problem.budgets, arc_at),
        spreads=_keep_entries(problem.spreads, run_at),
        arc_credit_cents=problem.arc_credit_cents[arcs],
        grants=problem.grants.kept(arc_at),
        quotas=problem.quotas.kept(arc_at),
        arc_support_seats=problem.arc_support_seats[arcs],
        run_offering=problem.run_offering[runs],
    )
    return Part(small, groups, runs, arcs)


def widen(part: Part, plan: Plan) -> Plan:
    """Return a plan of a part in the indices of the whole."""
    return Plan(part.runs[plan.class_run], plan.member_class, part.groups[plan.member_group], plan.member_count)


def narrow(part: Part, plan: Plan) -> Plan:
    """Return the classes of a plan whose run and members belong to a part, in the indices of the part."""
    own_run = np.isin(plan.class_run, part.runs)
    foreign = np.zeros(plan.num_classes, dtype=np.bool_)
    foreign[plan.member_class[~np.isin(plan.member_group, part.groups)]] = True
    kept = own_run & ~foreign
    return _select(plan, kept, lambda runs: np.searchsorted(part.runs, runs), lambda groups: np.searchsorted(part.groups, groups))


def keep_classes(plan: Plan, kept: Bools) -> Plan:
    """Return the plan with only the classes of a mask, shape (C,)."""
    return _select(plan, kept, lambda runs: runs, lambda groups: groups)


def join(plans: list[Plan]) -> Plan:
    """Return one plan from plans over different groups, classes in run order."""
    class_run = np.concatenate([plan.class_run for plan in plans])
    offset = np.cumsum([0, *[plan.num_classes for plan in plans]])[:-1]
    member_class = np.concatenate([plan.member_class + first for plan, first in zip(plans, offset.tolist(), strict=True)])
    group = np.concatenate([plan.member_group for plan in plans])
    count = np.concatenate([plan.member_count for plan in plans])
    order = np.argsort(class_run, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    place = rank[member_class] if len(member_class) else member_class
    by_class = np.lexsort((group, place))
    return Plan(class_run[order], place[by_class], group[by_class], count[by_class])


def arc_most(problem: CompactProblem) -> Ints:
    """Return the most trainees that can use each arc, shape (A,)."""
    seats = problem.run_max[problem.arc_run] * problem.run_cap[problem.arc_run]
    most: Ints = np.minimum(problem.group_count[problem.arc_group], seats)
    return most


def binding_rows(rows: Rows, most: Ints) -> Rows:
    """Return the rows that can bind, each set of entries once with its smallest limit.

    Parameters
    ----------
    most
        Largest value of each variable.
    """
    owner = rows.owner()
    can_bind = activity(rows, most) > rows.limit
    best: dict[bytes, int] = {}
    for i in np.flatnonzero(can_bind).tolist():
        index, use = rows.row(i)
        key = index.tobytes() + use.tobytes()
        if key not in best or rows.limit[i] < rows.limit[best[key]]:
            best[key] = i
    kept = np.array(sorted(best.values()), dtype=np.int64)
    entries = np.isin(owner, kept)
    length = np.diff(rows.start)[kept]
    start = np.concatenate(([0], np.cumsum(length))).astype(np.int64)
    return Rows(tuple(rows.names[i] for i in kept.tolist()), rows.limit[kept], start, rows.index[entries], rows.use[entries])


def _keep_entries(rows: Rows, at: Ints) -> Rows:
    """Return the rows over the variables that remain; rows that lose every entry go."""
    owner, place = rows.owner(), at[rows.index]
    kept = place >= 0
    length = np.bincount(owner[kept], minlength=len(rows)) if len(rows) else np.zeros(0, dtype=np.int64)
    alive = np.flatnonzero(length)
    start = np.concatenate(([0], np.cumsum(length[alive]))).astype(np.int64)
    return Rows(tuple(rows.names[i] for i in alive.tolist()), rows.limit[alive], start, place[kept], rows.use[kept])


def _keep_limits(limits: ClassLimits, run_at: Ints, arc_at: Ints) -> ClassLimits:
    """Return the rows inside classes of the runs that remain, over the arcs that remain."""
    owner = np.repeat(np.arange(len(limits), dtype=np.int64), np.diff(limits.start))
    alive = np.flatnonzero(run_at[limits.run] >= 0) if len(limits) else np.zeros(0, dtype=np.int64)
    kept = (arc_at[limits.index] >= 0) & np.isin(owner, alive)
    length = np.bincount(owner[kept], minlength=len(limits))[alive] if len(limits) else alive
    return ClassLimits(
        tuple(limits.names[i] for i in alive.tolist()),
        run_at[limits.run[alive]],
        limits.lower[alive],
        limits.upper[alive],
        np.concatenate(([0], np.cumsum(length))).astype(np.int64),
        arc_at[limits.index[kept]],
    )


def _steps_of(problem: CompactProblem, arc_at: Ints) -> Ints:
    """Return the size steps of the arcs that remain."""
    steps = problem.size_steps.copy()
    steps[:, 0] = arc_at[steps[:, 0]]
    return steps[steps[:, 0] >= 0]


def _both(pairs: Ints) -> Ints:
    """Return the pairs of which both ends remain."""
    return pairs[(pairs >= 0).all(axis=1)]


def _chain(nodes: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """Return edges that join all nodes of each row."""
    same = owner[1:] == owner[:-1]
    return nodes[1:][same], nodes[:-1][same]


def _select(plan: Plan, kept: Bools, run_at: Callable[[Ints], Ints], group_at: Callable[[Ints], Ints]) -> Plan:
    """Return the plan with only the classes of a mask, runs and groups renamed in ascending order."""
    place = np.cumsum(kept) - 1
    member = kept[plan.member_class]
    return Plan(
        run_at(plan.class_run[kept]),
        place[plan.member_class[member]],
        group_at(plan.member_group[member]),
        plan.member_count[member],
    )
