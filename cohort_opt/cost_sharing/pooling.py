"""The pooling gain: what each company pays together, against what the same people would cost without the others.

Real money only. Trainees whose line has no outside option would wait without the others; the price of that waiting is not real
money and stands in a figure of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.cost_sharing.lines import line_shares
from cohort_opt.cost_sharing.outside import real_outside_cents, waiting_price_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.records import Demand
from cohort_opt.proposal import CostShare, PoolingEntry
from cohort_opt.solution import Solution


@dataclass(slots=True)
class _Line:
    """Running sums of one demand line."""

    placed: int = 0
    unplaced: int = 0
    share_cents: int = 0
    travel_cents: int = 0


def pooling_gain(instance: Instance, solution: Solution, shares: Iterable[CostShare]) -> tuple[PoolingEntry, ...]:
    """Return one entry for each company that asked for seats, sorted by company.

    Parameters
    ----------
    shares
        What each company pays in each class of the solution (see `share_classes`).
    """
    lines = _sums_by_line(instance, solution, shares)
    demands: dict[str, list[Demand]] = {}
    for demand in instance.demands:
        demands.setdefault(demand.company, []).append(demand)
    return tuple(_entry(instance, company, demands[company], lines) for company in sorted(demands))


def pooling_by_line(
    instance: Instance, solution: Solution, shares: Iterable[CostShare]
) -> tuple[tuple[Demand, PoolingEntry], ...]:
    """Return the gain of each demand line, in order of the instance; the sums by company are those of `pooling_gain`."""
    lines = _sums_by_line(instance, solution, shares)
    return tuple((demand, _entry(instance, demand.company, [demand], lines)) for demand in instance.demands)


def _sums_by_line(instance: Instance, solution: Solution, shares: Iterable[CostShare]) -> dict[str, _Line]:
    lines: dict[str, _Line] = defaultdict(_Line)
    demands = {demand.id: demand for demand in instance.demands}
    ways = Journeys.of(instance)
    for planned in solution.classes:
        for member in planned.members:
            journey = ways.cents(demands[member.demand], planned.site, planned.dates)
            lines[member.demand].placed += member.count
            lines[member.demand].travel_cents += member.count * journey
    for share in line_shares(instance, solution, shares):
        lines[share.demand].share_cents += share.share_cents
    for member in solution.unplaced:
        lines[member.demand].unplaced += member.count
    return lines


def _entry(instance: Instance, company: str, demands: list[Demand], lines: dict[str, _Line]) -> PoolingEntry:
    share = travel = alone = compared = without_option = avoided = 0
    for demand in demands:
        line = lines[demand.id]
        share += line.share_cents
        travel += line.travel_cents
        outside = real_outside_cents(demand, line.placed)
        if outside is None:
            without_option += line.placed
            avoided += waiting_price_cents(instance, demand, line.placed)
        else:
            alone += outside
            compared += line.share_cents + line.travel_cents
    return PoolingEntry(
        company=company,
        placed=sum(lines[d.id].placed for d in demands),
        unplaced=sum(lines[d.id].unplaced for d in demands),
        share_cents=share,
        travel_cents=travel,
        together_cents=share + travel,
        alone_cents=alone,
        gain_cents=alone - compared,
        placed_without_option=without_option,
        waiting_avoided_cents=avoided,
    )
