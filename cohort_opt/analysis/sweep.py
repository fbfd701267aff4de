"""Sweeps: one figure through a range, a verified plan for each value.

Where a value only tightens the rules of the one before, a plan that still keeps them stays the best: its bound is valid for the
tighter case too, and nothing is solved again. All other values are solved to a gap, from the plan of the value before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import ValidationError

from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.errors import InstanceError
from cohort_opt.problem.changes import Change, SetClassSize, SetOfferingPrice, SetSurvival, SetTravelLimit, SetUnplacedPrice
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.verification.verify import verify

GAP_TARGET = 0.01
"""Relative gap to which a value is solved unless the caller asks for less; value and bound are both told."""


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """The plan for one value of the figure.

    Parameters
    ----------
    is_inherited
        Whether the plan of a looser value was kept: it still keeps every rule, so none is better.
    indistinct
        Whether the difference to the value before is smaller than the two gaps together.
    refused
        Why the instance does not take this value, such as a class that could not start large enough; empty where it does.
    """

    value: int
    answer: Replan
    placed: int
    unplaced: int
    classes: int
    is_inherited: bool = False
    indistinct: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be swept.

    Parameters
    ----------
    changes
        What sets it to a value.
    tightens
        1 if a larger value only forbids, -1 if a smaller one does, 0 if neither (prices change what a plan costs).
    """

    changes: Callable[[Instance, int], list[Change]]
    tightens: int


def _min_seats(instance: Instance, value: int) -> list[Change]:
    """Return every course with this minimum; one whose maximum is smaller opens only full."""
    return [
        SetClassSize(kind="set_class_size", course=course.id, min_seats=min(value, course.max_seats))
        for course in instance.courses
    ]


def _travel(_: Instance, value: int) -> list[Change]:
    return [SetTravelLimit(kind="set_travel_limit", max_travel_km=value)]


def _unplaced(_: Instance, value: int) -> list[Change]:
    return [SetUnplacedPrice(kind="set_unplaced_price", unplaced_cents=value)]


def _class_price(instance: Instance, value: int) -> list[Change]:
    return [
        SetOfferingPrice(kind="set_offering_price", offering=o.id, fixed_cents=o.fixed_cents * value // 100)
        for o in instance.offerings
    ]


def _drop_out(instance: Instance, value: int) -> list[Change]:
    """Return every course with this drop-out; classes start so large that their minimum stays in at least 80 of 100 cases."""
    return [
        SetSurvival(kind="set_survival", course=c.id, survival_percent=100 - value, keep_min_percent=c.keep_min_percent or 80)
        for c in instance.courses
    ]


SWEEPS: Mapping[str, Figure] = MappingProxyType(
    {
        "min-seats": Figure(_min_seats, 1),
        "travel-km": Figure(_travel, -1),
        "unplaced-cents": Figure(_unplaced, 0),
        "class-price-percent": Figure(_class_price, 0),
        "drop-out-percent": Figure(_drop_out, 1),
    }
)
"""Name of the figure -> the changes that set it to a value, and which way it tightens."""


def sweep(
    instance: Instance, figure: str, values: Sequence[int], params: SolveParams, gap: float | None = None
) -> tuple[SweepPoint, ...]:
    """Return a verified plan for each value, in the order given.

    Parameters
    ----------
    gap
        Relative gap at which a value is good enough; `None` = that of the parameters.

    Raises
    ------
    KeyError
        If there is no such figure in `SWEEPS`.
    """
    kind = SWEEPS[figure]
    params = params if gap is None else replace(params, gap_target=gap)
    changed, refused = _changed(instance, figure, kind, values)
    # Who boards beyond the limit is freer with a shorter one: then nothing can be inherited.
    only_forbids = figure != "travel-km" or not any(line.accepts_boarding for line in instance.demands)
    answers: dict[int, tuple[Replan, bool]] = {}
    before: Replan | None = None
    for value in sorted(changed, key=lambda value: value * (kind.tightens or 1)):
        kept = _inherited(changed[value], before) if kind.tightens and only_forbids else None
        answers[value] = (kept or replan(changed[value], params), kept is not None)
        before = answers[value][0]
    nothing = Replan(SolveStatus.INFEASIBLE, None, None, None, None)
    points = [
        SweepPoint(value, nothing, 0, 0, 0, refused=refused[value]) if value in refused else _point(value, *answers[value])
        for value in values
    ]
    return tuple(replace(point, indistinct=_indistinct(points[i - 1], point)) if i else point for i, point in enumerate(points))


def _changed(instance: Instance, figure: str, kind: Figure, values: Sequence[int]) -> tuple[dict[int, Instance], dict[int, str]]:
    """Return the instance of each value, and why each other value is refused."""
    changed: dict[int, Instance] = {}
    refused: dict[int, str] = {}
    for value in dict.fromkeys(values):
        try:
            changed[value] = apply(instance, Scenario(name=f"{figure} {value}", changes=tuple(kind.changes(instance, value))))
        except (InstanceError, ValidationError) as error:
            refused[value] = str(error).partition("\n")[0]
    return changed, refused


def _inherited(tighter: Instance, looser: Replan | None) -> Replan | None:
    """Return the plan of a looser case if it keeps the rules of the tighter one at the same cost; no tighter plan is cheaper."""
    if looser is None or looser.solution is None or looser.objective_cents is None:
        return None
    report = verify(tighter, looser.solution, looser.objective_cents)
    return looser if report.ok else None


def _point(value: int, answer: Replan, is_inherited: bool) -> SweepPoint:
    solution = answer.solution
    if solution is None:
        return SweepPoint(value, answer, 0, 0, 0)
    placed = sum(planned.size for planned in solution.classes)
    waiting = sum(member.count for member in solution.unplaced)
    return SweepPoint(value, answer, placed, waiting, len(solution.classes), is_inherited)


def _indistinct(first: SweepPoint, second: SweepPoint) -> bool:
    figures = [(p.answer.objective_cents, p.answer.bound_cents) for p in (first, second)]
    (a, a_bound), (b, b_bound) = figures
    if a is None or b is None or a_bound is None or b_bound is None:
        return False
    return 0 < abs(a - b) < (a - a_bound) + (b - b_bound)
