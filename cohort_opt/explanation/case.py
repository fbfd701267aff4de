"""One plan with its candidates, looked up once: what every kind of reason asks for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from cohort_opt.problem.blockers import Blockers
from cohort_opt.problem.candidates import Candidates, Rejection, Run
from cohort_opt.problem.compact import Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Company, Demand, InstructorPool, RoomPool
from cohort_opt.problem.run import runs_at
from cohort_opt.problem.runs import list_runs
from cohort_opt.problem.schedule import capacity_on, halves_of, possible_starts
from cohort_opt.solution import PlannedClass, Solution


class Case:
    """A plan and the candidates it was chosen from. Groups and runs are named by their position in the compact problem."""

    def __init__(self, instance: Instance, candidates: Candidates, solution: Solution) -> None:
        """Keep the three; everything else is looked up when it is first asked for."""
        self.instance = instance
        self.candidates = candidates
        self.problem = candidates.problem
        self.solution = solution
        self._impossible: dict[str, tuple[Rejection, ...]] = {}

    @cached_property
    def group(self) -> dict[str, int]:
        """Return the position of each demand line."""
        return {name: g for g, name in enumerate(self.problem.group_ids)}

    @cached_property
    def run(self) -> dict[str, int]:
        """Return the position of each candidate run."""
        return {name: r for r, name in enumerate(self.problem.run_ids)}

    @cached_property
    def course_name(self) -> dict[str, str]:
        """Return the name of each course."""
        return {course.id: course.name for course in self.instance.courses}

    def demand(self, g: int) -> Demand:
        """Return the demand line at a position."""
        return self.instance.demands[g]

    def course(self, g: int) -> str:
        """Return the name of the course that a line asks for."""
        return self.course_name[self.demand(g).course]

    # -- arcs -----------------------------------------------------------------------------------------------------------

    @cached_property
    def _arcs_by_group(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.problem.arc_group, kind="stable").astype(np.int64)
        start = np.searchsorted(self.problem.arc_group[order], np.arange(self.problem.num_groups + 1)).astype(np.int64)
        return order, start

    def arcs_of_group(self, g: int) -> list[int]:
        """Return the arcs of a line, by run ascending."""
        order, start = self._arcs_by_group
        return [int(a) for a in order[start[g] : start[g + 1]]]

    @cached_property
    def _run_start(self) -> Ints:
        return self.problem.arcs_of_run()

    def arcs_of_run(self, r: int) -> range:
        """Return the arcs of a run, by line ascending."""
        return range(int(self._run_start[r]), int(self._run_start[r + 1]))

    def run_of(self, arc: int) -> int:
        """Return the run of an arc."""
        return int(self.problem.arc_run[arc])

    @cached_property
    def able(self) -> Ints:
        """Return for each run how many trainees could attend it; shape (R,)."""
        found = np.zeros(self.problem.num_runs, dtype=np.int64)
        np.add.at(found, self.problem.arc_run, self.problem.group_count[self.problem.arc_group])
        return found

    @cached_property
    def circle(self) -> Ints:
        """Return for each line the number of its circle: lines that can share a class, directly or through others; shape (G,)."""
        parent = list(range(self.problem.num_groups + self.problem.num_runs))

        def root(i: int) -> int:
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        for g, r in zip(self.problem.arc_group.tolist(), self.problem.arc_run.tolist(), strict=True):
            parent[root(self.problem.num_groups + r)] = root(g)
        return np.array([root(g) for g in range(self.problem.num_groups)], dtype=np.int64)

    @cached_property
    def circles(self) -> dict[int, tuple[int, int, int]]:
        """Return for each circle its trainees, and the smallest minimum and largest maximum of the runs that its lines suit."""
        problem = self.problem
        total: Counter[int] = Counter()
        for circle, count in zip(self.circle.tolist(), problem.group_count.tolist(), strict=True):
            total[circle] += count
        least: dict[int, int] = {}
        most: dict[int, int] = {}
        circle_of_arc = self.circle[problem.arc_group]
        for circle, low, high in zip(
            circle_of_arc.tolist(),
            problem.run_min[problem.arc_run].tolist(),
            problem.run_max[problem.arc_run].tolist(),
            strict=True,
        ):
            least[circle] = min(low, least.get(circle, low))
            most[circle] = max(high, most.get(circle, high))
        return {circle: (total[circle], least[circle], most[circle]) for circle in least}

    @cached_property
    def blockers(self) -> Blockers:
        """Return the rules that keep a line out of a run, for any pair."""
        return Blockers(self.instance)

    @cached_property
    def company(self) -> dict[str, Company]:
        """Return each company by its id."""
        return {company.id: company for company in self.instance.companies}

    @cached_property
    def rows_inside(self) -> dict[tuple[int, str], tuple[int, ...]]:
        """Return the rows inside classes by run and rule."""
        found: dict[tuple[int, str], tuple[int, ...]] = {}
        for i, name in enumerate(self.problem.class_limits.names):
            key = (int(self.problem.class_limits.run[i]), name.partition("[")[0])
            found[key] = (*found.get(key, ()), i)
        return found

    # -- the plan -------------------------------------------------------------------------------------------------------

    @cached_property
    def waiting(self) -> Ints:
        """Return the trainees of each line without a seat; shape (G,)."""
        found = np.zeros(self.problem.num_groups, dtype=np.int64)
        for member in self.solution.unplaced:
            found[self.group[member.demand]] += member.count
        return found

    def waiting_for(self, r: int) -> int:
        """Return how many trainees without a seat could attend a run."""
        return sum(int(self.waiting[self.problem.arc_group[a]]) for a in self.arcs_of_run(r))

    @cached_property
    def classes_of_run(self) -> dict[int, tuple[PlannedClass, ...]]:
        """Return the open classes of each run that has any."""
        found: dict[int, tuple[PlannedClass, ...]] = {}
        for planned in sorted(self.solution.classes, key=lambda c: c.id):
            r = self.run[planned.run]
            found[r] = (*found.get(r, ()), planned)
        return found

    def open_classes(self, g: int) -> list[tuple[int, PlannedClass]]:
        """Return (arc, class) for each open class that the line may attend."""
        return [(a, planned) for a in self.arcs_of_group(g) for planned in self.classes_of_run.get(self.run_of(a), ())]

    def free_seats(self, planned: PlannedClass) -> int:
        """Return how many seats of an open class are empty."""
        return int(self.problem.run_max[self.run[planned.run]]) - planned.size

    def closed_runs(self, g: int) -> list[int]:
        """Return the runs that the line may attend and that could have one more class by their own limit."""
        runs = (self.run_of(a) for a in self.arcs_of_group(g))
        return [r for r in runs if len(self.classes_of_run.get(r, ())) < int(self.problem.run_cap[r])]

    @cached_property
    def _use(self) -> Counter[tuple[str, dt.date, int]]:
        """Classes that use a room or instructor pool in a half of a day."""
        return Counter(
            (pool, day, half)
            for planned in self.solution.classes
            for day in planned.dates
            for half in halves_of(self.candidates.runs[self.run[planned.run]].part)
            for pool in (planned.room, "i:" + planned.instructor)
        )

    @cached_property
    def _pools(self) -> dict[str, RoomPool | InstructorPool]:
        rooms: dict[str, RoomPool | InstructorPool] = {room.id: room for room in self.instance.rooms}
        return {**rooms, **{"i:" + pool.id: pool for pool in self.instance.instructors}}

    def full_pool(self, run: Run) -> tuple[str, dt.date, int] | None:
        """Return (pool, day, capacity) of the first room or instructor pool that one more class of the run would overload."""
        for day in run.dates:
            for key in (run.room, "i:" + run.instructor):
                capacity = capacity_on(self._pools[key], day)
                if any(self._use[key, day, half] >= capacity for half in halves_of(run.part)):
                    return key.removeprefix("i:"), day, capacity
        return None

    @cached_property
    def full_travel_rows(self) -> dict[int, tuple[str, int]]:
        """Return (day, instructors) of a full row of `instructor_travel` for each run in one, the first day of each."""
        rows, found = self.problem.capacity, dict[int, tuple[str, int]]()
        for i, name in enumerate(rows.names):
            if name.startswith("instructor_travel["):
                runs, use = rows.row(i)
                held = sum(len(self.classes_of_run.get(r, ())) * u for r, u in zip(runs.tolist(), use.tolist(), strict=True))
                if held >= int(rows.limit[i]):
                    for r in runs.tolist():
                        found.setdefault(r, (name.split(",")[1], int(rows.limit[i])))
        return found

    def seats_of_absence_row(self, i: int) -> int:
        """Return how many trainees of the plan a row over arcs counts."""
        arcs, use = self.problem.absence.row(i)
        weight = dict(zip(arcs.tolist(), use.tolist(), strict=True))
        held = ((self.run[planned.run], member) for planned in self.solution.classes for member in planned.members)
        return sum(weight.get(self._arc_at(self.group[member.demand], r), 0) * member.count for r, member in held)

    def _arc_at(self, g: int, r: int) -> int:
        """Return the arc of a line and a run, -1 if it has none."""
        arcs = self.arcs_of_run(r)
        at = int(np.searchsorted(self.problem.arc_group[arcs.start : arcs.stop], g)) + arcs.start
        return at if at < arcs.stop and int(self.problem.arc_group[at]) == g else -1

    def longest_between_sites(self, pool_id: str) -> int:
        """Return the longest journey between two sites that instructors of a pool make on one day, in minutes."""
        return next(pool.max_minutes_between_sites or 0 for pool in self.instance.instructors if pool.id == pool_id)

    @cached_property
    def away(self) -> Counter[tuple[str, dt.date]]:
        """Return how many trainees of a company are away on a day."""
        company = {demand.id: demand.company for demand in self.instance.demands}
        found: Counter[tuple[str, dt.date]] = Counter()
        for planned in self.solution.classes:
            for member in planned.members:
                for day in planned.dates:
                    found[company[member.demand], day] += member.count
        return found

    # -- what never became a candidate ----------------------------------------------------------------------------------

    @cached_property
    def _offered(self) -> dict[str, tuple[Run, ...]]:
        found: dict[str, list[Run]] = {}
        for run in list_runs(self.instance)[0]:
            found.setdefault(run.course, []).append(run)
        return {course: tuple(runs) for course, runs in found.items()}

    def offered_runs(self, course: str) -> tuple[Run, ...]:
        """Return all runs of a course that the academy side allows, also those that too few could attend."""
        return self._offered.get(course, ())

    def runs_near(self, g: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Return the runs of the line's course within its reach, or at the nearest site if none is; then those farther away.

        The nearest of the far ones comes first.
        """
        demand = self.demand(g)
        sites = self._offered_at.get(demand.course, {})
        beyond = sorted((self.blockers.km_beyond(demand, site), site) for site in sites)
        reach = beyond[0][0] if beyond else 0
        near = tuple(run for km, site in beyond if km <= reach for run in sites[site])
        return near, tuple(run for km, site in beyond if km > reach for run in sites[site])

    @cached_property
    def _offered_at(self) -> dict[str, dict[str, tuple[Run, ...]]]:
        found: dict[str, dict[str, tuple[Run, ...]]] = {}
        for course, runs in self._offered.items():
            at: dict[str, list[Run]] = {}
            for run in runs:
                at.setdefault(run.site, []).append(run)
            found[course] = {site: tuple(there) for site, there in at.items()}
        return found

    @cached_property
    def rejected(self) -> dict[str, Rejection]:
        """Return the reason for each run that is no candidate."""
        return {rejection.subject: rejection for rejection in self.candidates.rejected}

    def impossible_runs(self, course_id: str) -> tuple[Rejection, ...]:
        """Return the reason for each run of a course that cannot exist on the academy's side."""
        if course_id not in self._impossible:
            self._impossible[course_id] = tuple(self._find_impossible(course_id))
        return self._impossible[course_id]

    def _find_impossible(self, course_id: str) -> Iterator[Rejection]:
        patterns = next(course.patterns for course in self.instance.courses if course.id == course_id)
        for offering in self.instance.offerings:
            if offering.course != course_id:
                continue
            for start in possible_starts(offering, self.instance.calendar):
                for pattern in patterns:
                    for name, _ in runs_at(offering, start, pattern.id):
                        rejection = self.rejected.get(name)
                        if rejection is not None and rejection.rule != "class_size":
                            yield rejection
