"""The registry of rules inside a class and between classes, each in a file of its own.

A module offers `RULE`, `applies(instance)` and either `limits(view)`, rows inside classes, or `arrays(view)`, fields of the
compact problem. A new rule is one file here and one line in `LIMITS` or `COUPLINGS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from cohort_opt.problem.compact import CompactProblem
from cohort_opt.problem.couplings import (
    agreed_price,
    apart,
    budget,
    combination,
    commitments,
    firm_minimum,
    merge,
    module_order,
    off_target,
    price_spread,
    reservation,
    seat_quota,
    side_by_side,
    site_load,
    stand_alone_price,
    subsidies,
    support_seats,
)
from cohort_opt.problem.couplings.view import LimitRow, View, class_limits
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import joined
from cohort_opt.problem.run import Run

__all__ = ["COUPLINGS", "LIMITS", "Coupling", "Limit", "coupled"]


class Limit(Protocol):
    """A rule whose rows stand inside single classes."""

    RULE: str
    """Name, the same as that of the judge's rule; each row is named `rule[key]`."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def limits(self, view: View) -> Iterator[LimitRow]:
        """Yield the rows that can bind."""


class Coupling(Protocol):
    """A rule with arrays of its own."""

    RULE: str
    """Name, the same as that of the judge's rule or objective term."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def arrays(self, view: View) -> dict[str, Any]:
        """Return the fields of the compact problem that say the rule."""


LIMITS: Mapping[str, Limit] = MappingProxyType({rule.RULE: rule for rule in (combination, reservation, firm_minimum)})
COUPLINGS: Mapping[str, Coupling] = MappingProxyType(
    {
        rule.RULE: rule
        for rule in (
            commitments,
            agreed_price,
            apart,
            side_by_side,
            module_order,
            stand_alone_price,
            budget,
            price_spread,
            site_load,
            merge,
            off_target,
            support_seats,
            seat_quota,
            subsidies,
        )
    }
)


def coupled(instance: Instance, runs: Sequence[Run], problem: CompactProblem) -> CompactProblem:
    """Return the problem with the rules of this room that the instance needs; the same one where it needs none.

    Raises
    ------
    InstanceError
        If a frozen seat stands where another rule forbids it.
    """
    view = View(instance, runs, problem)
    changes: dict[str, Any] = {}
    for rule in COUPLINGS.values():
        if rule.applies(instance):
            found = rule.arrays(view)
            # Several rules may ask for least loads.
            loads = [rows["loads"] for rows in (changes, found) if "loads" in rows]
            changes |= found | ({"loads": joined(loads)} if loads else {})
    rows = [row for limit in LIMITS.values() if limit.applies(instance) for row in limit.limits(view)]
    if rows:
        changes["class_limits"] = class_limits(rows)
    return replace(problem, **changes) if changes else problem
