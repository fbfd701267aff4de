"""The proposal: a plan with everything that a reader needs to trust it. These records are the bytes of `proposal.json`.

Nothing measured is in here (seconds, memory, host): the same input, seed and limits give the same bytes.
"""

from __future__ import annotations

import json
from typing import Literal

from pydantic import Field

from cohort_opt.problem.fields import Date
from cohort_opt.problem.records import Record
from cohort_opt.solution import SolveStatus


class Reason(Record):
    """Why something is as it is: a typed record with its facts.

    Attributes
    ----------
    rule
        Name in the registry of reasons, such as `gap_number` or `travel_limit`.
    facts
        Named values (units in the name) that the sentence uses; integers or text.
    sentence
        The same in plain English.
    """

    rule: str
    facts: dict[str, int | str]
    sentence: str


class Seats(Record):
    """Trainees of one demand line in a class."""

    demand: str
    company: str
    count: int


class ClassEntry(Record):
    """One class of the plan.

    `cost_cents` is what the class costs: fixed plus seats. `seat_price_cents` is that per seat, rounded up to the cent (the
    exact price is the fraction `cost_cents / size`).
    """

    id: str
    run: str
    number: int
    offering: str
    course: str
    site: str
    room: str
    instructor: str
    pattern: str
    start: Date
    end: Date
    dates: tuple[Date, ...]
    min_seats: int
    max_seats: int
    size: int
    cost_cents: int
    seat_price_cents: int
    members: tuple[Seats, ...]
    reasons: tuple[Reason, ...] = ()


class UnplacedEntry(Record):
    """Trainees of one demand line without a seat, and why."""

    demand: str
    company: str
    course: str
    asked: int
    count: int
    reasons: tuple[Reason, ...] = ()


class CostShare(Record):
    """What one company pays for its seats in one class; the shares of a class add up to its cost."""

    class_id: str
    company: str
    seats: int
    share_cents: int
    method: str


class PromiseEntry(Record):
    """A promise of the price that does not hold in one class.

    Attributes
    ----------
    promise
        Such as `nobody_above_stand_alone` or `no_group_better_off`.
    state
        `broken` by so many cents, or `impossible`: no split could keep it.
    witness
        The companies that show it.
    checked
        Whether every case was looked at; else the answer is only claimed.
    subsidy_cents
        Where impossible: the least money from outside that would make it possible, proven; `None` where that was not asked.
    """

    class_id: str
    promise: str
    state: str
    broken_by_cents: int
    witness: tuple[str, ...]
    checked: bool
    subsidy_cents: int | None = None


class Sharing(Record):
    """How the cost was shared and what that promises; for the planner, since witnesses name companies.

    Attributes
    ----------
    method
        Name in the registry of methods.
    convention
        What a group of companies could use by itself.
    claimed
        Promise -> number of classes of which it was only claimed, on an oracle's bound; the rest was checked case by case.
    kept
        Promise -> number of classes that keep it.
    exceptions
        Every promise that some class does not keep.
    """

    method: str
    convention: str
    kept: dict[str, int]
    claimed: dict[str, int] = Field(default_factory=dict)
    exceptions: tuple[PromiseEntry, ...]


class PoolingEntry(Record):
    """One company with and without the others; real money, except the two figures that say otherwise.

    Attributes
    ----------
    together_cents
        Shares plus journeys of its placed trainees.
    alone_cents
        What the same trainees would cost without the others, by the cheapest outside option of each line; counts only lines
        that have one.
    gain_cents
        `alone_cents` minus the `together` part of the same lines; negative = the company pays more than alone.
    placed_without_option
        Placed trainees whose line has no outside option in real money: without the others they would wait.
    waiting_avoided_cents
        Price of that waiting; not real money, shown apart.
    """

    company: str
    placed: int
    unplaced: int
    share_cents: int
    travel_cents: int
    together_cents: int
    alone_cents: int
    gain_cents: int
    placed_without_option: int
    waiting_avoided_cents: int


class ObjectiveTerms(Record):
    """The objective, term by term, in cents; they add up to `objective_cents`."""

    class_fixed: int
    seats: int
    travel: int
    boarding: int = 0
    waiting: int
    unplaced: int
    changes: int = 0
    off_target: int = 0
    support: int = 0
    quota_excess: int = 0
    subsidies: int = 0


class GoalEntry(Record):
    """What the plan reaches of one ordered goal; the smaller, the better.

    Attributes
    ----------
    name
        As in the instance.
    value, bound
        In trainees without a seat (`placed`) or in cents; no plan that keeps the goals before it has less than `bound`. `None` =
        no bound is proven.
    """

    name: str
    value: int
    bound: int | None


class PartEntry(Record):
    """An independent part of the problem and what it adds to objective and bound; a later search that starts from this proposal
    and meets the same part need not prove it again.

    Attributes
    ----------
    input
        SHA-256 of the part and of the versions of the engines.
    bound_cents
        `None` where none is proven.
    """

    input: str
    objective_cents: int
    bound_cents: int | None
    bound_source: str


class RuleVerdict(Record):
    """One rule as the judge saw it."""

    rule: str
    checked: int
    violations: tuple[str, ...]


class ConflictEntry(Record):
    """Rules and pins that cannot hold together; `checked` = solved again alone and shrunk, else only claimed."""

    members: tuple[str, ...]
    checked: bool


class Limits(Record):
    """Limits of the solve, as asked."""

    mode: Literal["reproducible", "fast"]
    deterministic_limit: float
    time_limit_seconds: float
    workers: int
    gap_target: float


class Proposal(Record):
    """The whole answer to one instance.

    Attributes
    ----------
    status
        `optimal`, `feasible`, `infeasible`, `no_solution_in_time` or `empty`.
    objective_cents, bound_cents, gap
        Value, proven bound and relative gap; `None` where there is no plan or no bound.
    verified
        Whether the independent judge passed the plan; false where there is none.
    reproducible
        False when a wall clock cut the search.
    versions
        Of cohort_opt, numpy, ortools, pydantic and Python.
    instance_fingerprint
        SHA-256 of the canonical instance.
    goals
        Ordered goals where the instance has any; objective and bound are then those of plans that keep them all.
    parts
        What each independent part adds to objective and bound; the rest of the two is what no plan can avoid. None where goals
        were ordered, or there is no plan.
    classes, unplaced, cost_shares, sharing, pooling
        `None` where there is no plan: no plan is not an empty plan.
    """

    format: Literal["cohort-opt-proposal/1"] = "cohort-opt-proposal/1"
    instance_name: str
    instance_fingerprint: str
    status: SolveStatus
    objective_cents: int | None
    bound_cents: int | None
    bound_source: str
    gap: float | None
    verified: bool
    reproducible: bool
    seed: int
    limits: Limits
    versions: dict[str, str]
    goals: tuple[GoalEntry, ...] = ()
    objective_terms: ObjectiveTerms | None = None
    classes: tuple[ClassEntry, ...] | None = None
    unplaced: tuple[UnplacedEntry, ...] | None = None
    cost_shares: tuple[CostShare, ...] | None = None
    sharing: Sharing | None = None
    pooling: tuple[PoolingEntry, ...] | None = None
    verification: tuple[RuleVerdict, ...] = ()
    parts: tuple[PartEntry, ...] = ()
    conflict: ConflictEntry | None = None
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the bytes of `proposal.json`: sorted keys, two spaces, a final line feed."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, indent=2, ensure_ascii=False) + "\n"
