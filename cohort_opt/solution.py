"""Plain answers in the words of the problem: a plan, and what the solver says about it.

Nothing here knows a solver. `Solution` is what the judge reads; `Result` is what a solve returns.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class SolveStatus(StrEnum):
    """How a solve ended; each has its own meaning and none is folded into another."""

    OPTIMAL = "optimal"
    """A plan, and a proof that none is cheaper."""
    FEASIBLE = "feasible"
    """A plan, and a bound that leaves a gap."""
    INFEASIBLE = "infeasible"
    """No plan can keep all rules and pins; `Result.conflict` names those that clash."""
    NO_SOLUTION_IN_TIME = "no_solution_in_time"
    """The limit came before a plan did; nothing is known about whether one exists."""
    EMPTY = "empty"
    """Nobody asked for a seat: there is nothing to plan."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """`count` trainees of one demand line."""

    demand: str
    count: int


@dataclass(frozen=True, slots=True, order=True)
class PlannedClass:
    """One class that opens: which run, on which dates, with whom.

    Parameters
    ----------
    run
        Id of the candidate run, `offering/start/pattern` (opaque: nothing is parsed out of it).
    number
        1, 2, ... among the parallel classes of the run.
    offering, course, site, room, instructor
        Ids of the instance.
    start
        First teaching day; equals `dates[0]`.
    pattern
        Id of the release pattern, such as `block5` or `release10`.
    dates
        All teaching days, ascending.
    members
        Sorted by demand id; every count is positive.
    """

    run: str
    number: int
    offering: str
    course: str
    site: str
    room: str
    instructor: str
    start: dt.date
    pattern: str
    dates: tuple[dt.date, ...]
    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        """Return the id of the class: run and number."""
        return f"{self.run}#{self.number}"

    @property
    def size(self) -> int:
        """Return the number of trainees in the class."""
        return sum(member.count for member in self.members)


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan: its classes, sorted by id, and who is left without a seat, sorted by demand id."""

    classes: tuple[PlannedClass, ...]
    unplaced: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules and pins that cannot hold together.

    Parameters
    ----------
    members
        Names `rule[key]`, smallest set found.
    checked
        Whether the set was solved again alone and shrunk until every member is needed; else it is only claimed.
    """

    members: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a solve returns; `solution` is `None` unless the status is optimal, feasible or empty.

    Parameters
    ----------
    objective_cents
        Value of the plan in cents, recomputed in integers; `None` without a plan.
    bound_cents
        No plan can cost less; `None` where no bound is proven.
    bound_source
        Whose bound: `cp-sat`, `lp`, `columns`, `parts`, `none`.
    gap
        `(objective - bound) / objective`, 0 if the objective is 0; `None` where either is unknown.
    reproducible
        Whether the same input, seed and limits give the same bytes (false when a wall clock cut the search).
    seconds, peak_memory_mb
        Measured; never part of a proposal's bytes.
    """

    status: SolveStatus
    solution: Solution | None
    objective_cents: int | None
    bound_cents: int | None
    bound_source: str
    reproducible: bool
    conflict: Conflict | None = None
    seconds: float = 0.0
    peak_memory_mb: float = 0.0
    notes: tuple[str, ...] = field(default=())

    @property
    def gap(self) -> float | None:
        """Return the relative gap between plan and bound, at least 0."""
        if self.objective_cents is None or self.bound_cents is None:
            return None
        if self.objective_cents == 0:
            return 0.0
        return max(0.0, round((self.objective_cents - self.bound_cents) / abs(self.objective_cents), 6))
