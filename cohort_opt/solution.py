"""Plain answers in the words of the problem: a plan, how a solve ended, and what clashes where there is no plan.

Nothing here knows a solver. `Solution` is what the judge reads.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SolveStatus(StrEnum):
    """How a solve ended; each has its own meaning and none is folded into another."""

    OPTIMAL = "optimal"
    """A plan, and a proof that none is cheaper."""
    FEASIBLE = "feasible"
    """A plan, and a bound that leaves a gap."""
    INFEASIBLE = "infeasible"
    """No plan can keep all rules and pins; a `Conflict` names those that clash."""
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
