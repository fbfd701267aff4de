"""Budget: the equal shares of a company in the classes of a period cost together at most its budget."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View, unit_rows
from cohort_opt.problem.instance import Instance

RULE = "budget"


def applies(instance: Instance) -> bool:
    """Return whether any company has a budget."""
    return any(company.budget_cents is not None for company in instance.companies)


def seat_cents(view: View) -> dict[str, Any]:
    """Return the seat price of each run besides its fixed cost."""
    prices = [view.offering[run.offering].seat_cents for run in view.runs]
    return {"run_seat_cents": np.array(prices, dtype=np.int64)}


def arrays(view: View) -> dict[str, Any]:
    """Return one row per company with a budget, over the arcs of its lines into runs of the period."""
    lines: dict[str, list[int]] = defaultdict(list)
    for g, demand in enumerate(view.instance.demands):
        lines[demand.company].append(g)
    rows = []
    for company in view.instance.companies:
        if company.budget_cents is None:
            continue
        first, last = company.budget_first, company.budget_last
        arcs = sorted(
            arc
            for g in lines[company.id]
            for arc in view.arcs_of_group(g).tolist()
            if (first is None or first <= view.runs[int(view.problem.arc_run[arc])].start)
            and (last is None or view.runs[int(view.problem.arc_run[arc])].start <= last)
        )
        if arcs:
            rows.append((f"{RULE}[{company.id}]", company.budget_cents, arcs))
    return {"budgets": unit_rows(rows), **seat_cents(view)}
