"""Twelve seats cost 10,800 euros. The usual price, the same for every seat, loses cedar; the core split keeps all three.

cedar finds a seat elsewhere for 500 euros and is asked 900. In proportion to what each would pay alone cedar pays 315.79 a seat,
less than the 400 that its seat adds to the cost: alder and birch would be better off with a class of their own. Between the two
lies the core: nobody, alone or in a group, pays less elsewhere.
"""

from pathlib import Path

from cohort_opt import propose, read_instance
from cohort_opt.cost_sharing import Comparison, Tools, compare
from cohort_opt.problem.scenario import apply, scenario_from_dict
from cohort_opt.solver.linear_program import GlopProgram
from cohort_opt.verification.hearing import plan_of

INSTANCE = read_instance(Path(__file__).parent / "core_split" / "instance.json")
METHODS = ("equal", "proportional_to_stand_alone", "core")


def told(found: Comparison, method: str) -> str:
    """Return what each company pays by the method, and who would leave."""
    rows = [row for row in found.shares if row.method == method]
    summary = next(row for row in found.methods if row.method == method)
    lines = [f"{method}:"]
    lines += [
        f"  {row.company} {row.share_cents / 100:,.2f} euros, alone {row.alone_cents / 100:,.2f}"
        + (f": {row.above_alone_cents / 100:,.2f} too much" if row.above_alone_cents else "")
        for row in rows
    ]
    gain = f"would pay {summary.objection_cents / 100:,.2f} less apart"
    lines.append(f"  {' and '.join(summary.objectors)} {gain}" if summary.objectors else "  nobody gains by leaving")
    return "\n".join(lines)


def without(company: str) -> str:
    """Return the class that is left when the company goes elsewhere."""
    gone = {"name": f"without {company}", "changes": [{"kind": "withdraw_demand", "demand": f"{company}-sawing"}]}
    left = propose(apply(INSTANCE, scenario_from_dict(gone)))
    return "\n".join(
        f"without {company}: a class of {entry.size}, a seat costs {entry.seat_price_cents / 100:,.2f} euros"
        for entry in left.classes or ()
    )


if __name__ == "__main__":
    plan = plan_of(propose(INSTANCE))
    if plan is None:
        raise SystemExit("no plan")
    comparison = compare(INSTANCE, plan, Tools(linear_program=GlopProgram()), METHODS)
    print("\n".join(told(comparison, method) for method in METHODS))
    print(without("cedar"))
