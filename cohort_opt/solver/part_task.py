"""A part of a problem as a plain value that travels, and its solve as a pure function of it.

Any `concurrent.futures.Executor` can run `solve_part_bytes`: threads, processes here, workers elsewhere with the same version. In
reproducible mode the answer depends on the task alone, so whoever runs it, and whenever, the plan is the same: `key` names it.
"""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import ClassLimits, CompactProblem, Rows
from cohort_opt.problem.stepwise import Grants, Quotas
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.search import Verdict, search
from cohort_opt.solver.settle import settle
from cohort_opt.solver.text import from_text, to_text


@dataclass(frozen=True, slots=True)
class PartTask:
    """One independent part with its limits.

    Parameters
    ----------
    budget
        Deterministic seconds (reproducible) or wall seconds (fast) for this part.
    start
        Classes to start from, in the indices of the part.
    """

    problem: CompactProblem
    params: SolveParams
    budget: float
    start: Plan | None = None

    def to_bytes(self) -> bytes:
        """Return the task as bytes."""
        return to_text(self).encode()

    @staticmethod
    def from_bytes(data: bytes) -> PartTask:
        """Return the task that `to_bytes` has written.

        Raises
        ------
        SolverError
            If the bytes hold something else.
        """
        return _of_kind(PartTask, data)

    def key(self) -> str:
        """Return the SHA-256 of everything that a reproducible answer depends on, the code and its engines included."""
        limits = SolveParams(seed=self.params.seed, gap_target=self.params.gap_target, presolve=self.params.presolve)
        return hashlib.sha256(_made_by().encode() + replace(self, params=limits).to_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """How a part ended: best plan, best bound by source, notes, deterministic work, and whether the clock has cut it."""

    verdict: Verdict
    plan: Plan | None
    bounds: dict[str, int]
    notes: tuple[str, ...]
    work: float
    was_cut: bool

    @classmethod
    def of(cls, verdict: Verdict, incumbent: Incumbent, limits: Limits) -> PartAnswer:
        """Return how the search of a part has ended."""
        was_cut = limits.was_cut or limits.wall_left() <= 0
        return cls(verdict, incumbent.plan, dict(incumbent.bounds), tuple(incumbent.notes), limits.work, was_cut)

    def to_bytes(self) -> bytes:
        """Return the answer as bytes."""
        return to_text(self).encode()


KINDS = (PartTask, PartAnswer, Verdict, Mode, SolveParams, Plan, CompactProblem, Rows, ClassLimits, Grants, Quotas)
"""Everything that a task and its answer are made of."""

Kind = TypeVar("Kind", PartTask, PartAnswer)


def search_part(incumbent: Incumbent, limits: Limits, start: Plan | None) -> Verdict:
    """Search one part from a start; nobody is moved without a gain."""
    verdict = search(incumbent, limits, start)
    if verdict is Verdict.OPEN and start is not None and incumbent.plan is not None:
        incumbent.exchange(settle(incumbent.problem, incumbent.plan, start, limits), "settle")
    return verdict


def solve_part_bytes(data: bytes) -> bytes:
    """Return the `PartAnswer` of a `PartTask`, both as bytes."""
    task = PartTask.from_bytes(data)
    incumbent, limits = Incumbent(task.problem), Limits(task.params, task.budget)
    return PartAnswer.of(search_part(incumbent, limits, task.start), incumbent, limits).to_bytes()


def answer_of(data: bytes) -> PartAnswer:
    """Return the answer that `solve_part_bytes` has written.

    Raises
    ------
    SolverError
        If the bytes hold something else.
    """
    return _of_kind(PartAnswer, data)


def _of_kind(kind: type[Kind], data: bytes) -> Kind:
    try:
        found = from_text(data.decode(), KINDS)
    except UnicodeDecodeError as error:
        raise SolverError(f"the bytes are no {kind.__name__}: {error}") from None
    if not isinstance(found, kind):
        raise SolverError(f"{type(found).__name__} is no {kind.__name__}; send what solve_part_bytes reads and writes")
    return found


def input_hash(problem: CompactProblem) -> str:
    """Return the SHA-256 of a part and of the versions of the engines: equal parts have the same best plans."""
    return hashlib.sha256(f"{_engines()}\n{to_text(problem)}".encode()).hexdigest()


@cache
def _engines() -> str:
    return ",".join(f"{name} {version(name)}" for name in ("cohort-opt", "numpy", "ortools"))


@cache
def _made_by() -> str:
    """Return the versions of the engines and the SHA-256 of our own mathematics: another search may find another plan."""
    digest = hashlib.sha256()
    for room in ("model", "problem", "solver"):
        for path in sorted((Path(__file__).parents[1] / room).rglob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return f"{_engines()},{platform.machine()},{digest.hexdigest()}\n"
