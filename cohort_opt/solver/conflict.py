"""Why no plan exists: a smallest set of named rules and pins that cannot hold together, checked by solving it alone.

Found on a copy without objective, with one worker and presolve off, since cores found under presolve can name the wrong rules
(google/or-tools #5141) and assumptions beside an objective are unsupported (#3943).
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from cohort_opt.model.build import Built, build
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solution import Conflict

STRUCTURE = "class_order["
"""Rules that forbid no plan are kept but never named."""


def explain(problem: CompactProblem, *, deterministic: float = 20.0, wall_seconds: float = 60.0) -> Conflict:
    """Return the conflict of an infeasible problem.

    `checked` is true only if the named set was infeasible when solved alone, and every member was needed.
    """
    built = build(problem, guarded=True, objective=False)
    every = sorted(name for name in built.guards if not name.startswith(STRUCTURE))
    try_set = _Prover(built, deterministic, wall_seconds)
    core = try_set.core(every)
    if core is None:
        return Conflict(tuple(every[:50]), checked=False)
    needed, checked = list(core), try_set.is_impossible(core)
    for name in core:
        rest = [kept for kept in needed if kept != name]
        verdict = try_set.is_impossible(rest)
        if verdict:
            needed = rest
        elif verdict is None:
            checked = False
    return Conflict(tuple(needed), checked=bool(checked))


class _Prover:
    """Solves the guarded copy with some rules switched on."""

    def __init__(self, built: Built, deterministic: float, wall_seconds: float) -> None:
        self._built = built
        self._deterministic = deterministic
        self._wall = wall_seconds

    def _solve(self, names: list[str]) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        proto = self._built.model.proto
        proto.assumptions.clear()
        structure = [guard for name, guard in self._built.guards.items() if name.startswith(STRUCTURE)]
        proto.assumptions.extend([*(self._built.guards[name] for name in names), *structure])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        solver.parameters.max_deterministic_time = self._deterministic
        solver.parameters.max_time_in_seconds = self._wall
        return solver, solver.solve(self._built.model)

    def core(self, names: list[str]) -> list[str] | None:
        """Return the rules that the solver blames, or `None` if it did not prove infeasibility."""
        solver, code = self._solve(names)
        if code != cp_model.INFEASIBLE:
            return None
        blamed = set(solver.sufficient_assumptions_for_infeasibility())
        return [name for name in names if self._built.guards[name] in blamed]

    def is_impossible(self, names: list[str]) -> bool | None:
        """Return whether these rules alone have no plan; `None` if the limit came first."""
        _, code = self._solve(names)
        if code == cp_model.INFEASIBLE:
            return True
        return False if code in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
