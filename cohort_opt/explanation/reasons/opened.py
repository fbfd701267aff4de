"""Why a class opens: its size, the price of a seat, and what its trainees would cost without it."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ClassReasonKind
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, planned: PlannedClass) -> Iterator[Reason]:
    """Yield one reason: cheaper than waiting, or held by a pin."""
    problem, r = case.problem, case.run[planned.run]
    arc = {int(problem.arc_group[a]): a for a in case.arcs_of_run(r)}
    members = [(case.group[member.demand], member.count) for member in planned.members]
    fixed = int(problem.run_fixed_cents[r])
    cost = fixed + sum(int(problem.arc_cents[arc[g]] + problem.arc_credit_cents[arc[g]]) * count for g, count in members)
    leaving = sum(int(problem.group_unplaced_cents[g]) * count for g, count in members)
    seat_cents = next(o.seat_cents for o in case.instance.offerings if o.id == planned.offering)
    price = -(-(fixed + seat_cents * planned.size) // planned.size)
    if cost <= leaving:
        yield say(
            "opened",
            "{size} trainees fill a class of {min_seats} to {max_seats} at {seat_price_cents} a seat: with "
            "journeys and waits it costs "
            "{cost_cents}, leaving them without a seat is priced at {unplaced_cents}.",
            size=planned.size, min_seats=int(problem.run_min[r]), max_seats=int(problem.run_max[r]), seat_price_cents=price,
            cost_cents=cost, unplaced_cents=leaving,
        )  # fmt: skip
    else:
        yield say(
            "opened_dear",
            "{size} trainees sit in it at {seat_price_cents} a seat although it costs {cost_cents} and leaving "
            "them is priced at "
            "{unplaced_cents}: a pin holds it, or the search ended early.",
            size=planned.size, seat_price_cents=price, cost_cents=cost, unplaced_cents=leaving,
        )  # fmt: skip


def for_company(reason: Reason) -> Reason | None:
    """Return that the class opens, without its size or any figure from which the size could be worked out."""
    return say("opened", "Enough trainees of several companies could meet for this class, at a lower cost than waiting.")


KIND = ClassReasonKind(find, for_company)
