"""Price spread: the dearest and the cheapest seat of one course differ by at most so much."""

from __future__ import annotations

from typing import Any

from cohort_opt.problem.compact import UNLIMITED
from cohort_opt.problem.couplings.budget import seat_cents
from cohort_opt.problem.couplings.view import View, unit_rows
from cohort_opt.problem.instance import Instance

RULE = "price_spread"


def applies(instance: Instance) -> bool:
    """Return whether any course limits its spread, or the spread is a goal."""
    return "spread" in instance.goals or any(course.max_price_spread_cents is not None for course in instance.courses)


def arrays(view: View) -> dict[str, Any]:
    """Return one row per course with a limit, or with the goal `spread` of each, that could have more than one class."""
    rows = []
    others = UNLIMITED if "spread" in view.instance.goals else None
    for course in view.instance.courses:
        runs = [r for r, run in enumerate(view.runs) if run.course == course.id]
        limit = others if course.max_price_spread_cents is None else course.max_price_spread_cents
        if limit is not None and sum(int(view.problem.run_cap[r]) for r in runs) > 1:
            rows.append((f"{RULE}[{course.id}]", limit, runs))
    return {"spreads": unit_rows(rows), **seat_cents(view)}
