"""A part of a problem as a plain value that travels, and its solve as a pure function of it.

Any `concurrent.futures.Executor` can run `solve_part_bytes`: threads, processes here, workers elsewhere with the same version. In
reproducible mode the answer depends on the bytes of the task alone, so whoever runs it, the plan is the same.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.search import Verdict, search
from cohort_opt.solver.settle import settle


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
        return pickle.dumps(self, protocol=pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def from_bytes(data: bytes) -> PartTask:
        """Return the task that `to_bytes` has written; bytes of others must never get here.

        Raises
        ------
        SolverError
            If the bytes hold something else.
        """
        found = pickle.loads(data)  # noqa: S301 - written by `to_bytes`
        if not isinstance(found, PartTask):
            raise SolverError(f"{type(found).__name__} is no part of a problem; send what PartTask.to_bytes has written")
        return found


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """How a part ended: best plan, best bound by source, notes, deterministic work, and whether the clock has cut it."""

    verdict: Verdict
    plan: Plan | None
    bounds: dict[str, int]
    notes: tuple[str, ...]
    work: float
    was_cut: bool


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
    verdict = search_part(incumbent, limits, task.start)
    answer = PartAnswer(verdict, incumbent.plan, incumbent.bounds, tuple(incumbent.notes), limits.work, limits.was_cut)
    return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)


def answer_of(data: bytes) -> PartAnswer:
    """Return the answer that `solve_part_bytes` has written.

    Raises
    ------
    SolverError
        If the bytes hold something else.
    """
    found = pickle.loads(data)  # noqa: S301 - written by `solve_part_bytes`
    if not isinstance(found, PartAnswer):
        raise SolverError(f"{type(found).__name__} is no answer to a part; the executor must run solve_part_bytes")
    return found
