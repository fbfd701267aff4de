"""What coalitions of a plan game would pay, by CP-SAT: the model of the instance with one Boolean per company, in or out.

    z[i] = 1: company i is in the coalition;  u[g] >= n[g] (1 - z[i]) for its lines g: who is out sits in no class
    minimise  fixed y + cost x + outside (u - n (1 - z)) + own courses - shares z
    n(N) * sum of use y <= limit * (sum of n[i] z[i])      for every pool of the academy and every day
    sum of use y <= limit * z[owner]                       for every pool that a company owns, and every day

With `shares` the minimum is minus the strongest objection; with z fixed it is the cost of one coalition. Nothing of the model of
the plan is changed: coalitions are further rows and a further term, so that every rule of the instance holds for them too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from cohort_opt.cost_sharing.protocols import Priced
from cohort_opt.errors import SolverError
from cohort_opt.model.build import Built, build
from cohort_opt.model.variables import UNBOUNDED
from cohort_opt.problem.arcs import RunTable
from cohort_opt.problem.candidates import Candidates, find_candidates
from cohort_opt.problem.capacity import capacity_rows
from cohort_opt.problem.compact import Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import unplaced_price_cents
from cohort_opt.problem.records import Demand
from cohort_opt.problem.schedule import TeachingDays
from cohort_opt.solver.sat import guarded_solver

_MANY = 10**6
"""Parallel classes that no pool allows, so that every row of a pool is kept."""
_SECONDS = 120.0
"""Wall clock of one question, a safety net only: deterministic time ends it first."""


@dataclass(frozen=True, slots=True)
class _Outside:
    """The outside options of one line: `each` per trainee, or a course of its own."""

    each: int
    own_fixed: int | None
    own_each: int

    @classmethod
    def of(cls, instance: Instance, demand: Demand) -> _Outside:
        option = demand.outside
        each = unplaced_price_cents(instance, demand)
        if option.list_price_cents is not None:
            each = min(each, option.list_price_cents + option.travel_cents)
        fixed, seat = option.own_course_fixed_cents, option.own_course_seat_cents
        if fixed is None or seat is None or fixed + demand.count * (seat + option.travel_cents - each) >= 0:
            return cls(each, None, 0)
        return cls(each, fixed, seat + option.travel_cents)


class CoalitionPlans:
    """Answers what coalitions of an instance's companies would pay; the protocol `SolvedCoalitions`.

    Parameters
    ----------
    proportional
        Whether a coalition has a share of the pools only (the convention `own_and_proportional`), else all of them.
    deterministic
        Limit of one question, in the solver's units.
    """

    def __init__(self, instance: Instance, *, proportional: bool = True, deterministic: float = 4.0, seed: int = 1) -> None:
        given = game_instance(instance)
        self._candidates = find_candidates(given)
        self.companies = tuple(sorted({demand.company for demand in given.demands}))
        self._outside = [_Outside.of(given, demand) for demand in given.demands]
        self._proportional = proportional
        self._deterministic = deterministic
        self._seed = seed
        position = {company: i for i, company in enumerate(self.companies)}
        self._player = np.array([position[demand.company] for demand in given.demands], dtype=np.int64)
        self._back = [0] * len(self.companies)
        for demand, player, option in zip(given.demands, self._player.tolist(), self._outside, strict=True):
            self._back[player] += option.each * demand.count
        self._built = self._model()

    def cost(self, coalition: int) -> Priced:
        """Return what a coalition would pay.

        Raises
        ------
        SolverError
            If the solver finds no plan: staying outside is always one.
        """
        return self._ask([coalition >> i & 1 for i in range(len(self.companies))], [0] * len(self.companies))[0][0]

    def objections(self, shares: Sequence[int]) -> tuple[tuple[Priced, ...], int]:
        """Return coalitions that gain by leaving, the strongest first, and a bound; see `SolvedCoalitions`."""
        found, least = self._ask(None, list(shares))
        return found, -least

    def _model(self) -> Built:
        """Return the model of all coalitions, without an objective."""
        problem = self._candidates.problem
        each = np.array([option.each for option in self._outside], dtype=np.int64)
        problem = replace(problem, group_unplaced_cents=each, run_off_target_cents=np.zeros_like(problem.run_off_target_cents))
        built = build(problem)
        model, variables = built.model, built.variables
        ones = np.ones(len(self.companies), dtype=np.int64)
        self._inside = model.new_integers(0 * ones, ones)
        self._size = model.add_row(self._inside, ones, 1, len(ones))
        counts = problem.group_count
        for g, player in enumerate(self._player.tolist()):
            z = int(self._inside[player])
            model.add_row([int(variables.waiting[g]), z], [1, int(counts[g])], int(counts[g]), 2 * int(counts[g]))
        self._terms = self._own_courses(built, counts)
        if self._proportional:
            self._share_pools(built)
        objective = model.proto.objective
        self._base = (list(objective.vars), list(objective.coeffs))
        return built

    def _own_courses(self, built: Built, counts: Ints) -> list[tuple[int, int]]:
        """Add the courses of a line's own; return their terms of the objective."""
        model, terms = built.model, []
        for g, option in enumerate(self._outside):
            if option.own_fixed is None:
                continue
            n, z = int(counts[g]), int(self._inside[self._player[g]])
            opened, taken = model.new_integers(np.zeros(2, dtype=np.int64), np.array([1, n])).tolist()
            model.add_row([taken, int(built.variables.waiting[g])], [1, -1], UNBOUNDED, 0)
            model.add_row([taken, opened], [1, -n], UNBOUNDED, 0)
            model.add_row([opened, z], [1, -1], UNBOUNDED, 0)
            terms += [(opened, option.own_fixed), (taken, option.own_each - option.each)]
        return terms

    def _share_pools(self, built: Built) -> None:
        """Post the share of each pool on each day."""
        given: Candidates = self._candidates
        days = TeachingDays(given.instance.calendar)
        table = RunTable.of(given.instance, given.runs, days)
        rows = capacity_rows(given.instance, given.runs, table, np.full(len(given.runs), _MANY, dtype=np.int64), days)
        seats = np.zeros(len(self.companies), dtype=np.int64)
        np.add.at(seats, self._player, given.problem.group_count)
        total, start = int(seats.sum()), built.variables.slots.start
        for i, name in enumerate(rows.names):
            runs, use = rows.row(i)
            slots = np.concatenate([np.arange(start[r], start[r + 1]) for r in runs.tolist()])
            use = np.repeat(use, start[runs + 1] - start[runs])
            share = self._share_of(self._owner(name.startswith("room_capacity"), int(runs[0])), seats)
            variables = np.concatenate((built.variables.open_classes[slots], self._inside))
            coefficients = np.concatenate((total * use, -int(rows.limit[i]) * share))
            built.model.add_row(variables, coefficients, UNBOUNDED, 0)

    def _owner(self, of_room: bool, run: int) -> str | None:
        """Return whose room or instructors a run takes; `None` = the academy's."""
        given, chosen = self._candidates.instance, self._candidates.runs[run]
        if of_room:
            return next(room.owner for room in given.rooms if room.id == chosen.room)
        return next(pool.owner for pool in given.instructors if pool.id == chosen.instructor)

    def _share_of(self, owner: str | None, seats: Ints) -> Ints:
        """Return the part of a pool that each company brings, of as many parts as there are trainees; shape (n,)."""
        if owner is None:
            return seats
        return np.array([int(seats.sum()) * (company == owner) for company in self.companies], dtype=np.int64)

    def _ask(self, fixed: list[int] | None, shares: list[int]) -> tuple[tuple[Priced, ...], int]:
        """Return the coalitions found, best first, and the proven least of cost less shares."""
        count = len(self.companies)
        least, most = ([0] * count, [1] * count) if fixed is None else (fixed, fixed)
        for z, low, high in zip(self._inside.tolist(), least, most, strict=True):
            _set(self._built.model.proto.variables[z].domain, low, high)
        _set(self._size.proto.linear.domain, 1, count - 1 if fixed is None else count)
        variables = [*self._base[0], *(v for v, _ in self._terms), *self._inside.tolist()]
        inside = [back - share for back, share in zip(self._back, shares, strict=True)]
        coefficients = [*self._base[1], *(c for _, c in self._terms), *inside]
        self._built.model.proto.clear_objective()
        self._built.model.minimise(np.array(variables, dtype=np.int64), np.array(coefficients, dtype=np.int64))
        watch = _Watch(self._inside)
        solver = guarded_solver(_SECONDS, self._deterministic, seed=self._seed)
        if solver.solve(self._built.model, watch) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise SolverError("no plan of a coalition was found, although staying outside is always one")
        least_value = math.ceil(solver.best_objective_bound - 1e-6) - sum(self._back)
        found = []
        for value, coalition in sorted(set(watch.found)):
            paid = sum(share for i, share in enumerate(shares) if coalition >> i & 1)
            found.append(Priced(coalition, value - sum(self._back) + paid, least_value + paid))
        return tuple(found), least_value


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps every better coalition on the way."""

    def __init__(self, inside: Ints) -> None:
        super().__init__()
        self._inside = inside.tolist()
        self.found: list[tuple[int, int]] = []

    def on_solution_callback(self) -> None:
        """Note objective and coalition."""
        solution = self.response_proto.solution
        coalition = sum(1 << i for i, z in enumerate(self._inside) if solution[z])
        self.found.append((round(self.objective_value), coalition))


def _set(domain: Any, low: int, high: int) -> None:
    domain.clear()
    domain.extend((low, high))


def game_instance(instance: Instance) -> Instance:
    """Return the instance that coalitions plan with: no pins, no agreed seats, no prices that nobody is paid."""
    prices = instance.prices.model_copy(
        update={"waiting_cents_per_week": 0, "change_cents_published": 0, "change_cents_agreed": 0}
    )
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance(**{**fields, "prices": prices, "pins": (), "commitments": ()})
