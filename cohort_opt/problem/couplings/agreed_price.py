"""Agreed price: a line whose seats in a run were agreed at a price sits there only in a class that is full enough for it.

fixed + seat_cents * size <= price * size,  that is  size >= fixed / (price - seat_cents)

Frozen seats are left out: they stay, whatever the class costs.
"""

from __future__ import annotations

from typing import Any

from cohort_opt.problem.couplings.commitments import is_frozen
from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import least_size_for_price

RULE = "agreed_price"


def applies(instance: Instance) -> bool:
    """Return whether a price was agreed."""
    return any(held.seat_price_cents is not None for held in instance.commitments)


def arrays(view: View) -> dict[str, Any]:
    """Return the least sizes of all arcs, raised where a price was agreed; one above the maximum where none is enough."""
    problem = view.problem
    least = problem.arc_min_size.copy()
    for held in view.instance.commitments:
        r = view.run.get(held.run)
        arc = None if r is None else view.arc.get((view.group[held.demand], r))
        if arc is None or r is None or held.seat_price_cents is None or is_frozen(view.instance, held):
            continue
        offering = view.offering[view.runs[r].offering]
        size = least_size_for_price(int(problem.run_fixed_cents[r]), offering.seat_cents, held.seat_price_cents)
        above = int(problem.run_max[r]) + 1
        least[arc] = max(int(least[arc]), above if size is None else min(size, above))
    return {"arc_min_size": least}
