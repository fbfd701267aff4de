"""The registry of reasons: each kind in a file of its own."""

from cohort_opt.explanation.reasons import (
    agreed_price,
    apart,
    budget,
    class_full,
    class_size_wish,
    combination,
    commitments,
    company_absence,
    company_absence_week,
    firm_minimum,
    gap_number,
    instructor_travel,
    kept_out,
    merge,
    module_order,
    next_best,
    no_run,
    not_worth_it,
    opened,
    parts,
    price_cap,
    price_spread,
    reservation,
    resource_full,
    rest_of_plan,
    seat_quota,
    side_by_side,
    site_load,
    stand_alone_price,
    support_seats,
    too_few,
    too_few_left,
)
from cohort_opt.explanation.reasons.kind import ClassReasonKind, ReasonKind

REASONS: dict[str, ReasonKind] = {
    "no_run": no_run.KIND,
    "too_few": too_few.KIND,
    "gap_number": gap_number.KIND,
    "price_cap": price_cap.KIND,
    "class_size_wish": class_size_wish.KIND,
    "parts": parts.KIND,
    "company_absence": company_absence.KIND,
    "company_absence_week": company_absence_week.KIND,
    "combination": combination.KIND,
    "reservation": reservation.KIND,
    "firm_minimum": firm_minimum.KIND,
    "apart": apart.KIND,
    "side_by_side": side_by_side.KIND,
    "module_order": module_order.KIND,
    "agreed_price": agreed_price.KIND,
    "budget": budget.KIND,
    "price_spread": price_spread.KIND,
    "commitments": commitments.KIND,
    "stand_alone_price": stand_alone_price.KIND,
    "site_load": site_load.KIND,
    "seat_quota": seat_quota.KIND,
    "support_seats": support_seats.KIND,
    "merge": merge.KIND,
    "class_full": class_full.KIND,
    "too_few_left": too_few_left.KIND,
    "resource_full": resource_full.KIND,
    "instructor_travel": instructor_travel.KIND,
    "not_worth_it": not_worth_it.KIND,
}
"""Kinds of reasons for trainees without a seat, in the order in which they are told."""

LAST_REASON: ReasonKind = rest_of_plan.KIND
"""Told only when no other kind applies."""

CLASS_REASONS: dict[str, ClassReasonKind] = {
    "opened": opened.KIND,
    "next_best": next_best.KIND,
    "kept_out": kept_out.KIND,
}
"""Kinds of reasons for a class that opens."""
