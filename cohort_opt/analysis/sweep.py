"""Sweeps: one figure through a range, a verified plan for each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.problem.changes import Change, SetClassSize, SetTravelLimit, SetUnplacedPrice
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.solver.params import SolveParams


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """The plan for one value of the figure."""

    value: int
    answer: Replan
    placed: int
    unplaced: int
    classes: int


def _min_seats(instance: Instance, value: int) -> list[Change]:
    """Return every course with this minimum; one above a maximum is refused by the instance itself."""
    return [SetClassSize(kind="set_class_size", course=course.id, min_seats=value) for course in instance.courses]


def _travel(_: Instance, value: int) -> list[Change]:
    return [SetTravelLimit(kind="set_travel_limit", max_travel_km=value)]


def _unplaced(_: Instance, value: int) -> list[Change]:
    return [SetUnplacedPrice(kind="set_unplaced_price", unplaced_cents=value)]


SWEEPS: Mapping[str, Callable[[Instance, int], list[Change]]] = MappingProxyType(
    {"min-seats": _min_seats, "travel-km": _travel, "unplaced-cents": _unplaced}
)
"""Name of the figure -> the changes that set it to a value."""


def sweep(instance: Instance, figure: str, values: Sequence[int], params: SolveParams) -> tuple[SweepPoint, ...]:
    """Return a verified plan for each value, in the order given.

    Raises
    ------
    InstanceError
        If a value breaks a rule of the instance, such as a minimum above a maximum.
    KeyError
        If there is no such figure in `SWEEPS`.
    """
    change = SWEEPS[figure]
    changed = [apply(instance, Scenario(name=f"{figure} {value}", changes=tuple(change(instance, value)))) for value in values]
    return tuple(_point(value, replan(given, params)) for value, given in zip(values, changed, strict=True))


def _point(value: int, answer: Replan) -> SweepPoint:
    solution = answer.solution
    if solution is None:
        return SweepPoint(value, answer, 0, 0, 0)
    placed = sum(planned.size for planned in solution.classes)
    return SweepPoint(value, answer, placed, sum(member.count for member in solution.unplaced), len(solution.classes))
