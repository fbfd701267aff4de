"""The pooling gain: alone against together, as one number, and by company, trade and area."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cohort_opt.cost_sharing import pooling_by_line, share_classes
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class Gain:
    """Real money of placed trainees whose line could also go elsewhere.

    Parameters
    ----------
    alone_cents, together_cents
        What they would cost without the others, and what they cost in the plan: shares and journeys.
    without_option
        Placed trainees who have no way without the others; they are in neither figure.
    """

    name: str
    placed: int
    alone_cents: int
    together_cents: int
    without_option: int

    @property
    def gain_cents(self) -> int:
        """Return what the pool saves; negative = alone would be cheaper."""
        return self.alone_cents - self.together_cents


GROUPINGS: Mapping[str, Callable[[Instance], Callable[[Demand], str]]] = MappingProxyType(
    {
        "company": lambda instance: _company_of(instance),
        "trade": lambda instance: _trade_of(instance),
        "area": lambda instance: _area_of(instance),
    }
)
"""By what the gain is told -> the name of the group of a demand line."""


def _company_of(instance: Instance) -> Callable[[Demand], str]:
    names = {company.id: company.name for company in instance.companies}
    return lambda line: names[line.company]


def _trade_of(instance: Instance) -> Callable[[Demand], str]:
    trades = {course.id: course.trade for course in instance.courses}
    return lambda line: trades[line.course]


def _area_of(instance: Instance) -> Callable[[Demand], str]:
    areas = {company.id: company.municipality for company in instance.companies}
    return lambda line: areas[line.company]


def pooling_by(instance: Instance, solution: Solution, by: str) -> tuple[Gain, ...]:
    """Return the gain of each group, largest first; the gains of all groups add up to the gain of the whole.

    Raises
    ------
    KeyError
        If `by` is not in `GROUPINGS`.
    """
    group = GROUPINGS[by](instance)
    found: dict[str, list[int]] = {}
    for line, row in pooling_by_line(instance, solution, share_classes(instance, solution)):
        total = found.setdefault(group(line), [0, 0, 0, 0])
        for i, value in enumerate((row.placed, row.alone_cents, row.alone_cents - row.gain_cents, row.placed_without_option)):
            total[i] += value
    gains = (Gain(name, *values) for name, values in found.items())
    return tuple(sorted(gains, key=lambda gain: (-gain.gain_cents, gain.name)))
