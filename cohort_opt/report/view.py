"""An instance and its proposal side by side: names looked up, classes numbered in the order in which they begin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Company, Course, Demand, InstructorPool, RoomPool, Site
from cohort_opt.proposal import ClassEntry, PoolingEntry, Proposal


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Identified)


@dataclass(frozen=True, slots=True)
class CompanySeats:
    """What one company has in one class.

    Parameters
    ----------
    seats
        Its trainees in the class, over all of its demand lines.
    lines
        Those lines as `id (trainees)`, sorted by id.
    share_cents
        Its share of the class cost; `None` where the proposal holds none.
    """

    company: Company
    seats: int
    lines: tuple[str, ...]
    share_cents: int | None


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class with its number on the page (1, 2, ... by first day) and the records behind its ids."""

    number: int
    entry: ClassEntry
    course: Course
    site: Site
    room: RoomPool
    instructor: InstructorPool
    members: tuple[CompanySeats, ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that the files of a report read; `classes` is empty both without a plan and in a plan without classes.

    Parameters
    ----------
    companies, sites, courses, demands
        Records of the instance by id.
    pooling
        Entries of the proposal by company id.
    """

    instance: Instance
    proposal: Proposal
    companies: dict[str, Company]
    sites: dict[str, Site]
    courses: dict[str, Course]
    demands: dict[str, Demand]
    pooling: dict[str, PoolingEntry]
    classes: tuple[ClassView, ...]

    @property
    def has_plan(self) -> bool:
        """Return whether there is a plan at all; no plan is not an empty plan."""
        return self.proposal.classes is not None

    @property
    def asked(self) -> int:
        """Return the number of trainees who were asked a seat for."""
        return sum(demand.count for demand in self.instance.demands)

    @property
    def placed(self) -> int:
        """Return the number of trainees with a seat."""
        return sum(item.entry.size for item in self.classes)

    @property
    def waiting(self) -> int:
        """Return the number of trainees without a seat."""
        return sum(entry.count for entry in self.proposal.unplaced or ())

    def course_position(self, course: str) -> int:
        """Return the position of a course in the instance; it decides colour and line pattern everywhere."""
        return list(self.courses).index(course)

    def asked_by_company(self) -> dict[str, int]:
        """Return trainees asked for, by company id, zero included."""
        asked = dict.fromkeys(self.companies, 0)
        for demand in self.instance.demands:
            asked[demand.company] += demand.count
        return asked

    def placed_by_company(self) -> dict[str, int]:
        """Return trainees with a seat, by company id, zero included."""
        placed = dict.fromkeys(self.companies, 0)
        for item in self.classes:
            for member in item.members:
                placed[member.company.id] += member.seats
        return placed


def view(instance: Instance, proposal: Proposal) -> View:
    """Return both, joined by their ids.

    Raises
    ------
    InstanceError
        If the proposal was made for another instance (fingerprints differ).
    """
    if proposal.instance_fingerprint != instance.fingerprint():
        raise InstanceError([_foreign(instance, proposal)])
    companies, sites, courses = _by_id(instance.companies), _by_id(instance.sites), _by_id(instance.courses)
    rooms, instructors = _by_id(instance.rooms), _by_id(instance.instructors)
    shares = {(share.class_id, share.company): share.share_cents for share in proposal.cost_shares or ()}
    ordered = sorted(proposal.classes or (), key=lambda entry: (entry.start, entry.id))
    classes = tuple(
        ClassView(
            number,
            entry,
            courses[entry.course],
            sites[entry.site],
            rooms[entry.room],
            instructors[entry.instructor],
            _members(entry, companies, shares),
        )
        for number, entry in enumerate(ordered, start=1)
    )
    pooling = {entry.company: entry for entry in proposal.pooling or ()}
    return View(instance, proposal, companies, sites, courses, _by_id(instance.demands), pooling, classes)


def _foreign(instance: Instance, proposal: Proposal) -> InputProblem:
    return InputProblem(
        "fingerprint-mismatch",
        f"Proposal[{proposal.instance_name}]",
        proposal.instance_fingerprint[:12],
        f"was made for another instance than {instance.name!r} ({instance.fingerprint()[:12]})",
        "give the instance that it was made for, or propose again",
        "/instance_fingerprint",
    )


def _by_id(records: tuple[R, ...]) -> dict[str, R]:
    return {record.id: record for record in records}


def _members(entry: ClassEntry, companies: dict[str, Company], shares: dict[tuple[str, str], int]) -> tuple[CompanySeats, ...]:
    lines: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for member in entry.members:
        lines[member.company][member.demand] = member.count
    return tuple(
        CompanySeats(
            companies[company],
            sum(counts.values()),
            tuple(f"{demand} ({count})" for demand, count in sorted(counts.items())),
            shares.get((entry.id, company)),
        )
        for company, counts in sorted(lines.items())
    )
