"""What rules about one run look things up in."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Course, InstructorPool, RoomPool
from cohort_opt.problem.schedule import TeachingDays


@dataclass(frozen=True, slots=True)
class AcademySide:
    """The academy's records by id."""

    instance: Instance
    days: TeachingDays
    courses: dict[str, Course]
    rooms: dict[str, RoomPool]
    instructors: dict[str, InstructorPool]

    @classmethod
    def of(cls, instance: Instance, days: TeachingDays) -> AcademySide:
        """Return the records of an instance."""
        return cls(
            instance,
            days,
            {course.id: course for course in instance.courses},
            {room.id: room for room in instance.rooms},
            {pool.id: pool for pool in instance.instructors},
        )
