"""Pooling: what a company pays together, and what the same people would cost without the others, follow from the rows.

    share_cents    = sum of its shares                     travel_cents = journeys of its placed trainees
    together_cents = share_cents + travel_cents
    alone_cents    = sum over its lines with an outside option of the cheapest option for the placed trainees n of the line:
                     own course: fixed + seat * n, or list price * n; either plus outside travel * n; 0 where n = 0
    gain_cents     = alone_cents - (share and journeys of the same lines)
    waiting_avoided_cents = sum over its lines without an option of n * price without a seat

A company's share in a class is split over its lines there in proportion to seats, by the largest remainder, ties to the smaller
demand id. One row for each company that asks for a seat, ascending.
"""

from collections import Counter

from cohort_opt.problem.records import Demand
from cohort_opt.proposal import PoolingEntry
from cohort_opt.verification.case import Case
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.largest_remainder import divide
from cohort_opt.verification.objective import journey_cents
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "pooling"

_FIGURES = tuple(name for name in PoolingEntry.model_fields if name != "company")


def needs_plan() -> bool:
    """Only a plan gains anything."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for the list of companies and once for each figure of each company."""
    if hearing.case is None:
        return
    rows = hearing.proposal.pooling or ()
    companies = [row.company for row in rows]
    wanted = sorted({demand.company for demand in hearing.instance.demands})
    message = f"Proposal: pooling has rows for {_listed(companies)}, it needs one for each of {_listed(wanted)}, ascending"
    yield None if companies == wanted else Violation(CLAIM, "rows", message)
    expected = _expected(hearing, hearing.case)
    for row in rows:
        for name in _FIGURES:
            said, found = getattr(row, name), expected.get(row.company, Counter())[name]
            message = f"Company[{row.company}]: {name} {said}, by the rows of the plan it is {found}"
            yield None if said == found else Violation(CLAIM, f"{row.company}/{name}", message)


def _expected(hearing: Hearing, case: Case) -> dict[str, Counter[str]]:
    placed: Counter[str] = Counter()
    travel: Counter[str] = Counter()
    for planned, demand, count in case.seated:
        placed[demand.id] += count
        travel[demand.id] += count * journey_cents(case, planned, demand)
    paid = _paid_by_line(hearing)
    figures: dict[str, Counter[str]] = {demand.company: Counter() for demand in hearing.instance.demands}
    for demand in hearing.instance.demands:
        n = placed[demand.id]
        figures[demand.company].update(
            placed=n,
            unplaced=case.without_seat.get(demand.id, 0),
            share_cents=paid[demand.id],
            travel_cents=travel[demand.id],
            together_cents=paid[demand.id] + travel[demand.id],
            **_without_others(case, demand, n, paid[demand.id] + travel[demand.id]),
        )
    return figures


def _without_others(case: Case, demand: Demand, n: int, together: int) -> dict[str, int]:
    outside, options = demand.outside, []
    if outside.own_course_fixed_cents is not None and outside.own_course_seat_cents is not None:
        options.append(outside.own_course_fixed_cents + outside.own_course_seat_cents * n + outside.travel_cents * n)
    if outside.list_price_cents is not None:
        options.append((outside.list_price_cents + outside.travel_cents) * n)
    if not options:
        return {"placed_without_option": n, "waiting_avoided_cents": n * case.given.unplaced_price_cents(demand)}
    alone = min(options) if n else 0
    return {"alone_cents": alone, "gain_cents": alone - together}


def _paid_by_line(hearing: Hearing) -> Counter[str]:
    paid: Counter[str] = Counter()
    for share in hearing.proposal.cost_shares or ():
        lines = hearing.lines_in_class.get((share.class_id, share.company))
        if lines:
            paid.update(divide(share.share_cents, lines))
    return paid


def _listed(names: list[str]) -> str:
    return (", ".join(names[:5]) or "nobody") + (f" and {len(names) - 5} others" if len(names) > 5 else "")
