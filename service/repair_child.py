"""The child that looks for repairs: it solves again and again, so it has limits of its own and ends with its one answer.

In: one line of JSON with `instance`, `proposal`, `demand`. Out: `repairs`, or `problem`.
"""

from __future__ import annotations

from typing import Any

from service.orders import answer_one


def main() -> None:
    """Read the order, look, answer."""
    answer_one(answer)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Return the repairs of a waiting line, cheapest first, each with its change and who must agree to it."""
    from cohort_opt import Instance, SolveParams, find_repairs, plan_of, proposal_from_json

    instance = Instance.model_validate(order["instance"])
    plan = plan_of(proposal_from_json(order["proposal"]))
    if plan is None:
        return {"problem": "There is no plan to repair."}
    found = find_repairs(instance, plan, order["demand"], SolveParams())
    return {
        "waiting": found.waiting,
        "repairs": [
            {
                "kind": repair.kind,
                "sentence": " and ".join(said.sentence for said in (repair.said, *repair.also)),
                "said": [said.model_dump() for said in (repair.said, *repair.also)],
                "extra_cents": repair.extra_cents,
                "seat_price_cents": repair.seat_price_cents,
                "sizes": list(repair.sizes),
                "proven": repair.proven,
                "scenario": repair.scenario.to_dict(),
            }
            for repair in found.repairs
        ],
    }


if __name__ == "__main__":
    main()
