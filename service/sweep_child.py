"""The child that sweeps: one figure through a range, a verified plan for each value, within limits of its own.

In: one line of JSON with `instance`, `figure`, `values`. Out: `points`, or `problem`.
"""

from __future__ import annotations

from typing import Any

from service.orders import answer_one

GAP = 0.01
"""Good enough for a picture; value and bound are both shown."""


def main() -> None:
    """Read the order, sweep, answer."""
    answer_one(answer)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Return a point for each value, in the order asked."""
    from cohort_opt import Instance, SolveParams, sweep

    found = sweep(Instance.model_validate(order["instance"]), order["figure"], order["values"], SolveParams(), GAP)
    return {
        "points": [
            {
                "value": point.value,
                "status": point.answer.status.value,
                "classes": point.classes,
                "placed": point.placed,
                "waiting": point.unplaced,
                "objective_cents": point.answer.objective_cents,
                "bound_cents": point.answer.bound_cents,
                "indistinct": point.indistinct,
                "refused": point.refused,
            }
            for point in found
        ]
    }


if __name__ == "__main__":
    main()
