"""A hearing: an instance, a proposal, and, where the proposal has a well-formed plan, the case of that plan."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import ClassEntry, ObjectiveTerms, Proposal
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given


@dataclass(frozen=True)
class Hearing:
    """What every claim gets.

    Parameters
    ----------
    given, proposal
        The instance with its lookups, and what is said about it.
    case
        The plan as it is listed; `None` where there is no plan or its form is broken.
    terms
        The objective recomputed by the judge; `None` likewise.
    """

    given: Given
    proposal: Proposal
    case: Case | None
    terms: ObjectiveTerms | None

    @property
    def instance(self) -> Instance:
        """Return the instance."""
        return self.given.instance

    @property
    def entries(self) -> tuple[ClassEntry, ...]:
        """Return the classes as they are listed; none without a plan."""
        return self.proposal.classes or ()

    @cached_property
    def company_of(self) -> dict[str, str]:
        """Return the company of each demand line."""
        return {demand.id: demand.company for demand in self.instance.demands}

    @cached_property
    def lines_in_class(self) -> dict[tuple[str, str], dict[str, int]]:
        """Return, for each class and each company in it, the seats of its demand lines."""
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for entry in self.entries:
            for seats in entry.members:
                found[entry.id, self.company_of[seats.demand]][seats.demand] = seats.count
        return dict(found)

    @cached_property
    def class_cost_cents(self) -> dict[str, int]:
        """Return what each class costs by the rates of its offering, in cents."""
        offerings = self.given.offerings
        return {
            entry.id: self.given.class_fixed_cents(entry)
            + offerings[entry.offering].seat_cents * sum(seats.count for seats in entry.members)
            for entry in self.entries
        }


def plan_of(proposal: Proposal) -> Solution | None:
    """Return the plan that the proposal lists, exactly as listed; `None` where a half of it is missing."""
    if proposal.classes is None or proposal.unplaced is None:
        return None
    return Solution(
        classes=tuple(_planned(entry) for entry in proposal.classes),
        unplaced=tuple(Member(entry.demand, entry.count) for entry in proposal.unplaced),
    )


def _planned(entry: ClassEntry) -> PlannedClass:
    return PlannedClass(
        run=entry.run,
        number=entry.number,
        offering=entry.offering,
        course=entry.course,
        site=entry.site,
        room=entry.room,
        instructor=entry.instructor,
        start=entry.start,
        pattern=entry.pattern,
        dates=entry.dates,
        members=tuple(Member(seats.demand, seats.count) for seats in entry.members),
    )
