"""A late demand line: the classes of a plan that could still take it, cheapest first, without planning again.

A class is looked at together with everything that a rule could reach from it: its members, the other classes of the line's own
company, the class of a module before, and all classes of a course whose prices may not lie far apart. The judge hears that small
plan with and without the line; a class in which the line breaks something is no fit, and the difference is what it costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import great_circle_km, journey_cents, road_km, unplaced_price_cents, waiting_cents
from cohort_opt.problem.records import Company, Demand
from cohort_opt.proposal import Proposal
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.report import Report
from cohort_opt.verification.verify import verify

FITS = 3
"""How many fits are wanted."""
HEARINGS = 12
"""Most classes that are brought before the judge."""


@dataclass(frozen=True, slots=True)
class LateFit:
    """One class that could take the whole line.

    Parameters
    ----------
    planned
        The class as it stands in the plan.
    size
        Trainees with the line.
    seat_price_cents
        What the class then costs per seat, rounded up to the cent.
    seat_price_before_cents
        The same without the line: what the others pay now.
    journey_cents, waiting_cents
        Of all trainees of the line, by the rates of the objective; boarding counts as journey.
    extra_cents
        What the objective rises by when the line joins.
    saved_cents
        What it falls by against leaving the line without a seat.
    """

    planned: PlannedClass
    size: int
    seat_price_cents: int
    seat_price_before_cents: int
    journey_cents: int
    waiting_cents: int
    extra_cents: int
    saved_cents: int


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """The best fits of a late line.

    Parameters
    ----------
    fits
        At most `FITS`, cheapest first; empty where no open class can take the whole line.
    looked_at
        Classes of the course with enough seats free.
    refused
        For each class that the judge refused: its id and the first rule that would break.
    is_complete
        Whether every class with enough seats free was either heard or is dearer than those listed.
    """

    demand: str
    fits: tuple[LateFit, ...]
    looked_at: int
    refused: tuple[tuple[str, str], ...]
    is_complete: bool


class HeldPlan:
    """A plan that a process holds, with the look-ups that a late line needs; made once, asked often."""

    def __init__(self, instance: Instance, solution: Solution) -> None:
        """Index the plan.

        Parameters
        ----------
        solution
            A plan of this instance that the judge has passed.
        """
        self._instance = instance
        self._costs = ClassCosts.of(instance)
        self._demands = {demand.id: demand for demand in instance.demands}
        self._companies = {company.id: company for company in instance.companies}
        self._courses = {course.id: course for course in instance.courses}
        self._sites = {site.id: site for site in instance.sites}
        self._offerings = {offering.id: offering for offering in instance.offerings}
        self._given_km = {(d.company, d.area, d.site): d.km for d in instance.distances}
        self._areas = {area.id: area for area in instance.areas}
        self._seats_of_room = {room.id: room.seats for room in instance.rooms}
        self._rooms, self._crews = instance.rooms, instance.instructors
        self._of_course: dict[str, list[PlannedClass]] = defaultdict(list)
        self._of_site: dict[str, list[PlannedClass]] = defaultdict(list)
        self._of_company: dict[str, list[PlannedClass]] = defaultdict(list)
        self._of_line: dict[str, list[PlannedClass]] = defaultdict(list)
        self._waited_for: dict[str | None, list[PlannedClass]] = defaultdict(list)
        for planned in solution.classes:
            offering = self._offerings[planned.offering]
            for course in {planned.course, *(combined.course for combined in offering.combines)}:
                self._of_course[course].append(planned)
            self._of_site[planned.site].append(planned)
            for company in {self._demands[member.demand].company for member in planned.members}:
                self._of_company[company].append(planned)
            for member in planned.members:
                self._of_line[member.demand].append(planned)
            for site in {self._demands[member.demand].buffer_site for member in planned.members} - {None}:
                self._waited_for[site].append(planned)

    def fits(self, demand: Demand) -> LateAnswer:
        """Return the best fits of a line that is not part of the instance.

        Raises
        ------
        InstanceError
            If the line has the id of another, or its company or course is unknown.
        """
        self._check(demand)
        free = [planned for planned in self._of_course[demand.course] if self._most(planned) - planned.size >= demand.count]
        near = [(self._estimate(demand, planned), planned.id, planned) for planned in free if self._is_possible(demand, planned)]
        found: list[LateFit] = []
        refused: list[tuple[str, str]] = []
        heard = 0
        for _, name, planned in sorted(near, key=lambda row: row[:2]):
            if len(found) == FITS or heard == HEARINGS:
                break
            heard += 1
            fit = self._hear(demand, planned)
            if isinstance(fit, LateFit):
                found.append(fit)
            else:
                refused.append((name, fit))
        found.sort(key=lambda fit: (fit.extra_cents, fit.planned.id))
        is_complete = len(found) == FITS or heard == len(near)
        return LateAnswer(demand.id, tuple(found), len(free), tuple(refused), is_complete)

    def _check(self, demand: Demand) -> None:
        problems = [
            InputProblem(
                "unknown-reference", f"Demand[{demand.id}]", value, f"no {kind} has this id", "correct it, or plan again"
            )
            for kind, value, known in (("company", demand.company, self._companies), ("course", demand.course, self._courses))
            if value not in known
        ]
        if demand.id in self._demands:
            problems.append(
                InputProblem(
                    "duplicate-id", f"Demand[{demand.id}]", demand.id, "a line of the plan has this id", "choose another"
                )
            )
        if problems:
            raise InstanceError(problems)

    def _most(self, planned: PlannedClass) -> int:
        """Return the most seats of a class: of its course or its room; the judge knows what else limits it."""
        return min(self._courses[planned.course].max_seats, self._seats_of_room[planned.room])

    def _is_possible(self, demand: Demand, planned: PlannedClass) -> bool:
        """Return whether start and distance leave a class possible at all; the judge decides about the rest."""
        in_window = demand.earliest_start <= planned.start <= demand.latest_start
        return in_window and (demand.accepts_boarding or self._km(demand, planned.site) <= demand.max_travel_km)

    def _km(self, demand: Demand, site: str) -> int:
        key = (None, demand.area, site) if demand.area is not None else (demand.company, None, site)
        if key in self._given_km:
            return self._given_km[key]
        start = self._companies[demand.company] if demand.area is None else self._areas[demand.area]
        return road_km(great_circle_km(start, self._sites[site]), self._instance.prices.detour_percent)

    def _estimate(self, demand: Demand, planned: PlannedClass) -> int:
        """Return about what one trainee would add to the objective, for the order of hearings."""
        prices = self._instance.prices
        seat = self._offerings[planned.offering].seat_cents
        journey = journey_cents(self._km(demand, planned.site), len(planned.dates), prices.travel_cents_per_km)
        return seat + journey + waiting_cents(demand.earliest_start, planned.start, prices.waiting_cents_per_week)

    def _hear(self, demand: Demand, planned: PlannedClass) -> LateFit | str:
        """Return the fit of one class, or the first rule that the judge says would break."""
        before, after = self._small_plans(demand, planned)
        without, joined = verify(*before), verify(*after)
        if broken := _newly_broken(without, joined):
            return broken
        old, new = without.objective_terms, joined.objective_terms
        if old is None or new is None:
            return "plan_form"
        extra = (joined.total_cents or 0) - (without.total_cents or 0)
        offering, fixed = self._offerings[planned.offering], self._costs.fixed_cents(planned)
        size = planned.size + demand.count
        return LateFit(
            planned,
            size,
            _price_of_a_seat(fixed, offering.seat_cents, size),
            _price_of_a_seat(fixed, offering.seat_cents, planned.size),
            new.travel - old.travel + new.boarding - old.boarding,
            new.waiting - old.waiting,
            extra,
            demand.count * unplaced_price_cents(self._instance, demand) - extra,
        )

    def _small_plans(self, demand: Demand, planned: PlannedClass) -> tuple[tuple[Instance, Solution], tuple[Instance, Solution]]:
        """Return instance and plan of everything that a rule could reach, without the line and with it in the class."""
        chosen = {one.id: one for one in (planned, *self._of_company[demand.company], *self._of_line[demand.after or ""])}
        if self._courses[planned.course].max_price_spread_cents is not None:
            chosen |= {one.id: one for one in self._of_course[planned.course]}
        if demand.buffer_site is not None:
            chosen |= {one.id: one for one in self._waited_for[demand.buffer_site]}
        if demand.accepts_boarding and self._sites[planned.site].beds:
            chosen |= {one.id: one for one in self._of_site[planned.site]}
        classes = tuple(chosen[name] for name in sorted(chosen))
        seated: dict[str, int] = defaultdict(int)
        for one in classes:
            for member in one.members:
                seated[member.demand] += member.count
        lines = [self._demands[name].model_copy(update={"count": count}) for name, count in sorted(seated.items())]
        lines = [line.model_copy(update={"after": None}) if line.after not in seated else line for line in lines]
        late = demand if demand.after is None or demand.after in seated else demand.model_copy(update={"after": None})
        joined = tuple(_with(one, demand) if one.id == planned.id else one for one in classes)
        small = self._instance_of(lines, classes, self._companies[demand.company])
        large = self._instance_of([*lines, late], classes, self._companies[demand.company])
        return (small, Solution(classes, ())), (large, Solution(joined, ()))

    def _instance_of(self, lines: Iterable[Demand], classes: Iterable[PlannedClass], own: Company) -> Instance:
        """Return the part of the instance that these lines and classes need."""
        lines = tuple(lines)
        offerings = {planned.offering: self._offerings[planned.offering] for planned in classes}
        sites = {offering.site for offering in offerings.values()}
        rooms = [room for room in self._rooms if room.id in {offering.room for offering in offerings.values()}]
        taught_by = {crew for offering in offerings.values() for crew in (offering.instructor, *offering.instructor_alternatives)}
        crews = [crew for crew in self._crews if crew.id in taught_by]
        sites |= {line.buffer_site for line in lines if line.buffer_site is not None}
        sites |= {crew.base for crew in crews if crew.base is not None}
        named = {line.company for line in lines} | {own.id} | {room.owner for room in rooms if room.owner is not None}
        named |= {crew.owner for crew in crews if crew.owner is not None}
        named |= {reserved.company for offering in offerings.values() for reserved in offering.reserved}
        names = {line.id for line in lines}
        given = self._instance
        fields = {name: getattr(given, name) for name in type(given).model_fields}
        fields |= {
            "companies": tuple(self._companies[name] for name in sorted(named)),
            "demands": lines,
            "offerings": tuple(offerings.values()),
            "sites": tuple(site for site in given.sites if site.id in sites),
            "rooms": tuple(rooms),
            "instructors": tuple(crews),
            "distances": tuple(d for d in given.distances if d.site in sites and (d.company is None or d.company in named)),
            "site_distances": tuple(d for d in given.site_distances if {d.first, d.second} <= sites),
            "starter_tests": (),
            "pins": (),
            "bans": (),
            "commitments": (),
            "apart": tuple(pair for pair in given.apart if _are_known(pair.first, pair.second, names | named)),
            "side_by_side": tuple(pair for pair in given.side_by_side if _are_known(pair.first, pair.second, names)),
        }
        return Instance(**fields)


def late_demand_fits(instance: Instance, proposal: Proposal, demand: Demand) -> LateAnswer:
    """Return the three best fits of a late line in the classes of a proposal; hold a `HeldPlan` to ask more than once.

    Raises
    ------
    InstanceError
        If the proposal holds no plan, or the line names what does not exist.
    """
    solution = plan_of(proposal)
    if solution is None:
        raise InstanceError(
            [InputProblem("no-plan", "Proposal", proposal.status.value, "it holds no plan", "name a proposal with classes")]
        )
    return HeldPlan(instance, solution).fits(demand)


def _newly_broken(before: Report, after: Report) -> str:
    """Return the first rule that is broken with the line and was not without it; empty where there is none."""
    known = {(violation.rule, violation.key) for violation in before.violations}
    return next((found.rule for found in after.violations if (found.rule, found.key) not in known), "")


def _with(planned: PlannedClass, demand: Demand) -> PlannedClass:
    """Return the class with the line among its members."""
    members = tuple(sorted((*planned.members, Member(demand.id, demand.count))))
    return PlannedClass(
        planned.run, planned.number, planned.offering, planned.course, planned.site, planned.room, planned.instructor,
        planned.start, planned.pattern, planned.dates, members,
    )  # fmt: skip


def _price_of_a_seat(fixed_cents: int, seat_cents: int, size: int) -> int:
    """Return the price of a seat, rounded up to the cent."""
    return -(-(fixed_cents + seat_cents * size) // size)


def _are_known(first: str, second: str, names: set[str]) -> bool:
    """Return whether both ends of a pair are in the small plan."""
    return first in names and second in names
