"""One plan with its candidates, looked up once: what every kind of reason asks for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property

import numpy as np

from cohort_opt.problem.candidates import Candidates, Rejection, Run
from cohort_opt.problem.compact import Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
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
    def _pools(self) -> dict[str, object]:
        rooms = {room.id: room for room in self.instance.rooms}
        return {**rooms, **{"i:" + pool.id: pool for pool in self.instance.instructors}}

    def full_pool(self, run: Run) -> tuple[str, dt.date, int] | None:
        """Return (pool, day, capacity) of the first room or instructor pool that one more class of the run would overload."""
        for day in run.dates:
            for key in (run.room, "i:" + run.instructor):
                capacity = capacity_on(self._pools[key], day)  # type: ignore[arg-type]
                if any(self._use[key, day, half] >= capacity for half in halves_of(run.part)):
                    return key.removeprefix("i:"), day, capacity
        return None

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

    @cached_property
    def rejected(self) -> dict[str, Rejection]:
        """Return the reason for each run that is no candidate."""
        return {rejection.subject: rejection for rejection in self.candidates.rejected}

    def impossible_runs(self, course_id: str) -> list[Rejection]:
        """Return the reason for each run of a course that cannot exist on the academy's side."""
        patterns = next(course.patterns for course in self.instance.courses if course.id == course_id)
        names = (
            name
            for offering in self.instance.offerings
            if offering.course == course_id
            for start in possible_starts(offering, self.instance.calendar)
            for pattern in patterns
            for name, _ in runs_at(offering, start, pattern.id)
        )
        found = (self.rejected.get(name) for name in names)
        return [rejection for rejection in found if rejection is not None and rejection.rule != "class_size"]
