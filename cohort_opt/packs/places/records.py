"""Records of places: mentor slots, host places, check-in slots, follow-on promises, the ratio table and the gate. No persons."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field

from cohort_opt.packs.pack import Status
from cohort_opt.problem.fields import MAX_COUNT, Bool, Cents, Count, Date, Id, Int, Text
from cohort_opt.problem.records import Record

T = TypeVar("T")
Hours = Annotated[Int, Field(ge=0, le=60)]
Months = Annotated[Int, Field(ge=0, le=120)]


def _by_id(rows: tuple[T, ...]) -> tuple[T, ...]:
    def key(row: Any) -> str:
        return str(row.id)

    return tuple(sorted(rows, key=key))


class MentorSlot(Record):
    """Mentor capacity, not a person.

    Attributes
    ----------
    company
        Where the slot is; a pool slot may also serve other companies of the trade.
    hours_per_week
        Hours wished for.
    until
        Last day on which the slot is there (the end of a month).
    pool
        Whether it belongs to the pool of experienced masters that serves several companies; taking part is voluntary.
    max_trainees
        Most trainees wished for; `None` = as the ratio table says.
    """

    id: Id
    company: Id
    trade: Text
    hours_per_week: Annotated[Int, Field(ge=1, le=60)]
    until: Date
    pool: Bool = False
    max_trainees: Count | None = None


class HostPlace(Record):
    """Places of one trade at one company.

    Attributes
    ----------
    recognised_until
        Last day of the recognition as training firm; `None` = not recognised.
    skilled_workers
        In the trade, for the ratio table.
    contract
        `direct` with the company, or `agency`.
    min_months
        Shortest placement that the company commits to.
    guidance_hours_per_week
        Guidance per trainee.
    tasks
        Tasks of the trade that can be learnt there; see `TradeTasks`.
    rotation_places
        Trainees of other companies that it takes in for a task which theirs cannot teach.
    """

    id: Id
    company: Id
    trade: Text
    places: Count
    recognised_until: Date | None = None
    skilled_workers: Annotated[Int, Field(ge=0, le=10_000)]
    contract: Literal["direct", "agency"]
    min_months: Months
    guidance_hours_per_week: Hours
    tasks: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    rotation_places: Annotated[Int, Field(ge=0, le=MAX_COUNT)] = 0


class TradeTasks(Record):
    """All tasks of a trade that a trainee must come across, at the own company or by rotation."""

    trade: Text
    tasks: Annotated[tuple[Text, ...], Field(min_length=1, max_length=100)]


class CheckInSlot(Record):
    """Between two days, so many trainees can be visited or received after their course."""

    id: Id
    first: Date
    last: Date
    capacity: Annotated[Int, Field(ge=1, le=MAX_COUNT)]


class FollowOn(Record):
    """A company promises `count` trainees of a line a place after the course, by a day."""

    demand: Id
    count: Count
    by: Date


class RatioStep(Record):
    """From so many skilled workers on, so many trainees."""

    skilled: Count
    trainees: Count


class RatioTable(Record):
    """How many trainees a company and a mentor may have.

    Attributes
    ----------
    steps
        Ascending; after the last step, each further `each_further` skilled workers allow one more trainee.
    part_time_trainees, full_time_trainees
        Most trainees of one mentor slot, below and from `full_time_hours` a week.
    """

    name: Text
    source: Text
    status: Status
    steps: Annotated[tuple[RatioStep, ...], Field(min_length=1, max_length=50)]
    each_further: Count
    part_time_trainees: Count
    full_time_trainees: Count
    full_time_hours: Annotated[Int, Field(ge=1, le=60)]

    def trainees_for(self, skilled_workers: int) -> int:
        """Return how many trainees so many skilled workers may have."""
        allowed = max((step.trainees for step in self.steps if step.skilled <= skilled_workers), default=0)
        last = self.steps[-1]
        return allowed + max(0, skilled_workers - last.skilled) // self.each_further

    def trainees_of(self, slot: MentorSlot) -> int:
        """Return how many trainees a mentor slot may have: the table's number, or fewer if wished."""
        most = self.full_time_trainees if slot.hours_per_week >= self.full_time_hours else self.part_time_trainees
        return most if slot.max_trainees is None else min(most, slot.max_trainees)


class Gate(Record):
    """What a host must offer: a direct contract or a minimum length, and guidance. Set by the alliance, not by law.

    Attributes
    ----------
    min_months
        Shortest placement if the contract is not direct.
    guidance_hours_per_week
        Least guidance per trainee.
    """

    min_months: Months = 6
    guidance_hours_per_week: Hours = 2


class SubsidisedProvider(Record):
    """A site whose owner is subsidised by its own client, so that its price is lower than its cost; for the reader to judge.

    Attributes
    ----------
    site
        Id of the site.
    by
        Who pays the subsidy, in words.
    cents_per_class
        What the subsidy is worth per class, as stated.
    """

    site: Id
    by: Text
    cents_per_class: Cents


class Places(Record):
    """All places beside one instance.

    Attributes
    ----------
    trade_tasks
        Trades whose tasks must all be covered.
    require_follow_on
        Whether a seat needs a follow-on place, promised in time.
    one_to_one_cents
        Price in the objective of each trainee above one per mentor slot; 0 = no wish.
    continuity_cents
        Price of each trainee of a following module whose company has no mentor left until its end; 0 = no wish.
    """

    format: Literal["cohort-opt-places/1"] = "cohort-opt-places/1"
    mentors: Annotated[tuple[MentorSlot, ...], Field(max_length=50_000), AfterValidator(_by_id)] = ()
    hosts: Annotated[tuple[HostPlace, ...], Field(max_length=50_000), AfterValidator(_by_id)] = ()
    check_ins: Annotated[tuple[CheckInSlot, ...], Field(max_length=50_000), AfterValidator(_by_id)] = ()
    follow_ons: Annotated[tuple[FollowOn, ...], Field(max_length=50_000)] = ()
    check_in_months: Annotated[tuple[Annotated[Int, Field(ge=0, le=36)], ...], Field(max_length=12)] = (1, 3, 6)
    gate: Gate = Gate()
    trade_tasks: Annotated[tuple[TradeTasks, ...], Field(max_length=1_000)] = ()
    require_follow_on: Bool = False
    one_to_one_cents: Cents = 0
    continuity_cents: Cents = 0
    subsidised: Annotated[tuple[SubsidisedProvider, ...], Field(max_length=5_000)] = ()
