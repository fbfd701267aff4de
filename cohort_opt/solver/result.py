"""The answer to one compact problem, in its own indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cohort_opt.model.plan import Members, Plan
from cohort_opt.solution import Conflict, SolveStatus


@dataclass(frozen=True, slots=True)
class GoalResult:
    """What was reached of one ordered goal: its value, and a bound for plans that keep the goals before it; both small = good."""

    name: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class PartResult:
    """One independent part: the hash of its input (`part_task.input_hash`), what its plan costs, its bound and whose that is."""

    input: str
    objective: int
    bound: int | None
    source: str


@dataclass(frozen=True, slots=True)
class CompactResult:
    """What `solve` returns.

    Parameters
    ----------
    classes
        Per run the open classes, each as sorted (group, count) pairs; `None` unless there is a plan.
    unplaced
        Trainees per group without a seat; `None` unless there is a plan.
    objective
        Cents, recomputed in Python integers from the plan.
    bound
        No plan costs less, in cents; `None` where none is proven.
    bound_source
        Whose bound: `cp-sat`, `lp`, `columns`, `parts`, `highs`, `none`.
    conflict
        Where infeasible: rules and pins that cannot hold together.
    notes
        What a reader should know, such as a contradiction between two bounds.
    parts
        The independent parts, where there is a plan and goals were not ordered.
    goals
        Ordered goals as reached; `bound` is then that of plans that keep them all.
    """

    status: SolveStatus
    classes: tuple[tuple[Members, ...], ...] | None
    unplaced: tuple[int, ...] | None
    objective: int | None
    bound: int | None
    bound_source: str
    reproducible: bool
    conflict: Conflict | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    goals: tuple[GoalResult, ...] = ()
    parts: tuple[PartResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running solve.

    Parameters
    ----------
    phase
        `start`, `bound`, `search`, `proof`, `done`.
    seconds
        Since the solve began.
    objective, bound
        Best plan and best bound so far, in cents; `None` where there is none yet.
    plan
        The best plan itself, where the listener asked for plans and it is news.
    """

    phase: str
    seconds: float
    objective: int | None
    bound: int | None
    plan: Plan | None = None


ProgressCallback: TypeAlias = Callable[[Progress], None]
