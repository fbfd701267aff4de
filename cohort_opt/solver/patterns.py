"""All ways to fill a class, where they can be counted: groups kept together, many of them alike, classes that must be full.

A pattern says how many groups of each type sit in one class. Where all patterns fit into memory, choosing among them is a small
integer problem without symmetry between classes or between groups alike (Gilmore & Gomory 1961, 10.1287/opre.9.6.849).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from cohort_opt.model.plan import Members, Plan
from cohort_opt.model.slots import Slots, dead_arcs
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver import mathopt, sat
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Matrix

MOST_PATTERNS, MOST_STEPS = 100_000, 3_000_000
"""Above these the count is given up: about a second of enumeration (2 cores, 2026-11)."""
SAMPLE = 4_000
"""Patterns that are tried first where there are more: evenly spread ones often hold a plan that meets the bound."""
SAMPLE_SHARE = 0.7
"""Share of the time for that trial."""
NODES = 2_000
"""Nodes of that trial in reproducible mode."""
Pattern: TypeAlias = tuple[int, tuple[tuple[int, int], ...]]
"""A run, and (type, number of its groups) pairs."""


@dataclass(frozen=True, slots=True)
class PatternAnswer:
    """Best plan and bound; both `None` where the limits came first."""

    plan: Plan | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class _Type:
    """Groups that no rule and no cost tells apart: their size, their arcs by run, and who they are."""

    size: int
    unplaced: int
    must_place: bool
    arcs: dict[int, int]
    groups: list[int]


def applies(problem: CompactProblem) -> bool:
    """Return whether parallel classes are alike, every group sits whole in one, and no rule joins classes but rooms."""
    whole = problem.group_min_part >= problem.group_count
    return bool(
        whole.all()
        and (problem.run_cap > 1).any()
        and problem.num_arcs
        and not len(problem.absence)
        and not len(problem.apart)
        and not problem.beyond_matrix()
        and not problem.arc_pinned.any()
        and not problem.run_pinned.any()
    )


def solve_patterns(problem: CompactProblem, limits: Limits, known_bound: int | None) -> PatternAnswer | None:
    """Return the best choice of patterns, `None` where they are too many to be listed.

    Parameters
    ----------
    known_bound
        A bound that is already proven: a plan that meets it ends the search.
    """
    types = _types(problem)
    found = _patterns(problem, types)
    if found is None:
        return None
    plan = None
    if len(found) > SAMPLE:
        plan = _linear_choice(problem, types, found[:: len(found) // SAMPLE], limits)
        if plan is not None and plan.value(problem) == known_bound:
            return PatternAnswer(plan, known_bound)
    answer = _choose(problem, types, found, limits)
    return PatternAnswer(answer.plan or plan, answer.bound)


def _types(problem: CompactProblem) -> list[_Type]:
    """Return the types, largest groups first."""
    usable = ~dead_arcs(problem)
    arcs: list[dict[int, int]] = [{} for _ in range(problem.num_groups)]
    for arc in np.flatnonzero(usable).tolist():
        arcs[int(problem.arc_group[arc])][int(problem.arc_run[arc])] = arc
    by_key: dict[tuple[object, ...], _Type] = {}
    for g in range(problem.num_groups):
        size, price = int(problem.group_count[g]), int(problem.group_unplaced_cents[g])
        must = bool(problem.group_must_place[g])
        costs = tuple(
            (run, int(problem.arc_cents[arc]), int(problem.arc_group_cents[arc]), int(problem.arc_min_size[arc]))
            for run, arc in sorted(arcs[g].items())
        )
        key = (-size, price, must, costs)
        by_key.setdefault(key, _Type(size, price, must, arcs[g], [])).groups.append(g)
    return [by_key[key] for key in sorted(by_key)]


def _patterns(problem: CompactProblem, types: list[_Type]) -> list[Pattern] | None:
    """Return (run, ((type, number), ...)) for every class that can open, `None` where they are too many."""
    found: list[Pattern] = []
    steps = 0
    for run in np.flatnonzero(problem.run_cap > 0).tolist():
        least, most = int(problem.run_min[run]), int(problem.run_max[run])
        here = [t for t, kind in enumerate(types) if run in kind.arcs and kind.size <= most]
        reach = [0] * (len(here) + 1)
        for i in range(len(here) - 1, -1, -1):
            reach[i] = reach[i + 1] + types[here[i]].size * len(types[here[i]].groups)
        sizes = [-types[t].size for t in here]
        stack: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, 0, ())]
        while stack:
            i, size, chosen = stack.pop()
            if size >= least:
                wanted = max((int(problem.arc_min_size[types[t].arcs[run]]) for t, _ in chosen), default=0)
                if size >= wanted:
                    found.append((run, chosen))
            # Types are sorted by size: the first that still fits is found by bisection.
            for j in range(max(i, bisect_left(sizes, size - most)), len(here)):
                if size + reach[j] < least:
                    break
                steps += 1
                kind = types[here[j]]
                for number in range(1, min(len(kind.groups), (most - size) // kind.size) + 1):
                    stack.append((j + 1, size + number * kind.size, (*chosen, (here[j], number))))
            if steps > MOST_STEPS or len(found) > MOST_PATTERNS:
                return None
    return found


def _linear_choice(problem: CompactProblem, types: list[_Type], found: list[Pattern], limits: Limits) -> Plan | None:
    """Choose among some patterns by the mixed-integer engine, which fills classes exactly better than CP-SAT does."""
    entries = [(t, p, number) for p, (_, chosen) in enumerate(found) for t, number in chosen]
    entries += [(t, len(found) + t, 1) for t in range(len(types))]
    first = len(types)
    runs = sorted({run for run, _ in found})
    entries += [(first + runs.index(run), p, 1) for p, (run, _) in enumerate(found)]
    for i in range(len(problem.capacity)):
        use = dict(zip(*(part.tolist() for part in problem.capacity.row(i)), strict=True))
        entries += [(first + len(runs) + i, p, use[run]) for p, (run, _) in enumerate(found) if run in use]
    table = np.array(sorted(entries), dtype=np.int64)
    counts = np.array([len(kind.groups) for kind in types], dtype=np.float64)
    shared = np.concatenate((problem.run_cap[runs], problem.capacity.limit)).astype(np.float64)
    waits = [0 if kind.must_place else len(kind.groups) for kind in types]
    cost = [_cost(problem, types, run, chosen) for run, chosen in found] + [kind.unplaced * kind.size for kind in types]
    matrix = Matrix(
        slots=Slots.of(problem),
        cost=np.array(cost, dtype=np.float64),
        upper=np.array([int(problem.run_cap[run]) for run, _ in found] + waits, dtype=np.float64),
        is_integer=np.ones(len(cost), dtype=np.bool_),
        row_lower=np.concatenate((counts, np.full(len(shared), -np.inf))),
        row_upper=np.concatenate((counts, shared)),
        row=table[:, 0],
        column=table[:, 1],
        coefficient=table[:, 2].astype(np.float64),
        presence=np.zeros(0, dtype=np.int64),
    )
    seconds = SAMPLE_SHARE * limits.left() if limits.is_fast else limits.wall_left()
    nodes = None if limits.is_fast else NODES
    answer = mathopt.run(mathopt.model_of(matrix), Engine.SCIP, seconds=seconds, nodes=nodes, seed=limits.params.seed)
    if answer.values is None:
        return None
    return _plan(types, found, [int(value) for value in np.rint(answer.values[: len(found)])])


def _choose(problem: CompactProblem, types: list[_Type], found: list[Pattern], limits: Limits) -> PatternAnswer:
    """Solve the choice of patterns under all that is left of the limits."""
    outcome = sat.run_cp_sat(_Choice(problem, types, found), **limits.sat_options())
    sat.charge(outcome, limits)
    return PatternAnswer(None, None) if outcome.status == sat.INFEASIBLE else PatternAnswer(outcome.plan, outcome.bound)


class _Choice:
    """How often each pattern is used, as a constraint model."""

    def __init__(self, problem: CompactProblem, types: list[_Type], found: list[Pattern]) -> None:
        self.model = cp_model.CpModel()
        self._types, self._found = types, found
        times = [self.model.new_int_var(0, int(problem.run_cap[run]), "") for run, _ in found]
        left = [self.model.new_int_var(0, 0 if kind.must_place else len(kind.groups), "") for kind in types]
        self._place_all(times, left)
        of_run: dict[int, list[int]] = {}
        for p, (run, _) in enumerate(found):
            of_run.setdefault(run, []).append(p)
        for run, numbers in of_run.items():
            self.model.add(cp_model.LinearExpr.sum([times[p] for p in numbers]) <= int(problem.run_cap[run]))
        for i in range(len(problem.capacity)):
            runs, use = problem.capacity.row(i)
            pairs = [(times[p], u) for r, u in zip(runs.tolist(), use.tolist(), strict=True) for p in of_run.get(r, [])]
            if pairs:
                total = cp_model.LinearExpr.weighted_sum([v for v, _ in pairs], [u for _, u in pairs])
                self.model.add(total <= int(problem.capacity.limit[i]))
        costs = [_cost(problem, types, run, chosen) for run, chosen in found]
        waits = [kind.unplaced * kind.size for kind in types]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([*times, *left], [*costs, *waits]))

    def _place_all(self, times: list[cp_model.IntVar], left: list[cp_model.IntVar]) -> None:
        """Every group of a type sits in a pattern or waits."""
        uses: list[list[tuple[int, int]]] = [[] for _ in self._types]
        for p, (_, chosen) in enumerate(self._found):
            for t, number in chosen:
                uses[t].append((p, number))
        for t, kind in enumerate(self._types):
            terms = [*(times[p] for p, _ in uses[t]), left[t]]
            placed = cp_model.LinearExpr.weighted_sum(terms, [*(number for _, number in uses[t]), 1])
            self.model.add(placed == len(kind.groups))

    def read(self, values: Ints) -> Plan:
        """Return the plan of a solution: the first variables say how often each pattern is used."""
        return _plan(self._types, self._found, values[: len(self._found)].tolist())


def _cost(problem: CompactProblem, types: list[_Type], run: int, chosen: tuple[tuple[int, int], ...]) -> int:
    """Return the cost of one class with this pattern."""
    cost = int(problem.run_fixed_cents[run])
    for t, number in chosen:
        arc = types[t].arcs[run]
        cost += number * (int(problem.arc_cents[arc]) * types[t].size + int(problem.arc_group_cents[arc]))
    return cost


def _plan(types: list[_Type], found: list[Pattern], times: list[int]) -> Plan:
    """Return the plan: groups of a type take their places in order."""
    waiting = [list(reversed(kind.groups)) for kind in types]
    classes: list[tuple[int, Members]] = []
    for (run, chosen), count in zip(found, times, strict=True):
        for _ in range(count):
            members = [(waiting[t].pop(), types[t].size) for t, number in chosen for _ in range(number)]
            classes.append((run, tuple(sorted(members))))
    return Plan.of_classes(classes)
