"""The child that answers a planner's question about a plan: pooling gain, robustness, value of one more, stability, flexibility.

In: one line of JSON with `question`, `instance`, `proposal` and its options. Out: `rows` (and what else the question tells), or
`problem`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from service.orders import answer_one

if TYPE_CHECKING:
    from cohort_opt import Instance, Proposal, Solution

SOLVES = 12
"""Ones more that are solved again; the rest gets an estimate."""


def main() -> None:
    """Read the order, think, answer."""
    answer_one(answer)


def answer(order: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows of a question, in the order of the library."""
    from cohort_opt import Instance, plan_of, proposal_from_json

    instance, proposal = Instance.model_validate(order["instance"]), proposal_from_json(order["proposal"].encode())
    plan = plan_of(proposal)
    if plan is None:
        return {"problem": "There is no plan to ask about."}
    return QUESTIONS[order["question"]](instance, plan, proposal, order)


def _pooling(instance: Instance, plan: Solution, proposal: Proposal, order: Mapping[str, Any]) -> dict[str, Any]:
    from cohort_opt import pooling_by

    return {
        "rows": [
            {"name": gain.name, "placed": gain.placed, "alone_cents": gain.alone_cents, "together_cents": gain.together_cents,
             "gain_cents": gain.gain_cents, "without_option": gain.without_option}
            for gain in pooling_by(instance, plan, order["by"])
        ]
    }  # fmt: skip


def _robustness(instance: Instance, plan: Solution, proposal: Proposal, order: Mapping[str, Any]) -> dict[str, Any]:
    from cohort_opt import robustness

    found = robustness(instance, plan, survival_percent=order["survival"])
    return {
        "all_percent": 100 * found.all_survived / found.samples,
        "rows": [
            {"class": chance.class_id, "size": chance.size, "min_seats": chance.min_seats, "percent": chance.percent,
             "error_points": chance.error_points, "expected": chance.expected_hundredths / 100}
            for chance in found.classes
        ],
    }  # fmt: skip


def _value(instance: Instance, plan: Solution, proposal: Proposal, order: Mapping[str, Any]) -> dict[str, Any]:
    from cohort_opt import SolveParams, value_of_one_more

    return {
        "rows": [
            {"said": value.said.model_dump(), "result": value.result().model_dump(), "cents": value.cents, "placed": value.placed,
             "is_estimate": value.is_estimate}
            for value in value_of_one_more(instance, SolveParams(), most_solves=SOLVES)
        ]
    }  # fmt: skip


def _stability(instance: Instance, plan: Solution, proposal: Proposal, order: Mapping[str, Any]) -> dict[str, Any]:
    from cohort_opt import share_plan

    shared = share_plan(instance, plan)
    game, shares = shared.game, shared.shares
    names = {company.id: company.name for company in instance.companies}
    return {
        "excess_cents": shares.excess_cents,
        "least_excess_cents": shares.least_excess_cents,
        "subsidy_cents": shares.subsidy_cents,
        "objectors": [names[name] for name in shares.objectors],
        "rows": [
            {"name": names[company], "alone_cents": alone, "together_cents": share, "gain_cents": alone - share}
            for company, alone, share in zip(game.companies, shares.alone_cents, shares.shares_cents, strict=True)
        ],
    }


def _flexibility(instance: Instance, plan: Solution, proposal: Proposal, order: Mapping[str, Any]) -> dict[str, Any]:
    from cohort_opt import flexibility_discounts

    names = {company.id: company.name for company in instance.companies}
    return {
        "rows": [
            {"name": names[found.company], "worth_cents": found.worth_cents, "discount_cents": found.discount_cents,
             "paid_in_cents": found.paid_in_cents, "change_cents": found.change_cents}
            for found in flexibility_discounts(instance, plan, proposal.pooling or ())
        ]
    }  # fmt: skip


QUESTIONS: Mapping[str, Callable[[Instance, Solution, Proposal, Mapping[str, Any]], dict[str, Any]]] = {
    "pooling": _pooling,
    "robustness": _robustness,
    "value": _value,
    "stability": _stability,
    "flexibility": _flexibility,
}


if __name__ == "__main__":
    main()
