"""The rules that a plan must keep, in the order in which they are reported: one file each, one line each here.

`plan_form` is judged before all of these (see `verify`); it is no rule of the trade.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.rules import (
    agreed_price,
    apart,
    bans,
    boarding,
    budget,
    buffer_seats,
    calendar,
    class_size,
    class_size_wish,
    combination,
    commitments,
    company_absence,
    company_absence_week,
    company_closed_days,
    exam_date,
    firm_minimum,
    instructor_capacity,
    instructor_hours,
    instructor_qualification,
    instructor_travel,
    merge,
    module_order,
    offering,
    one_seat_per_trainee,
    parts,
    pins,
    practice_share,
    price_cap,
    price_spread,
    release_pattern,
    reservation,
    room_capacity,
    room_equipment,
    seat_quota,
    side_by_side,
    site_load,
    stand_alone_price,
    start_size,
    start_window,
    support_seats,
    travel_limit,
    travel_time_limit,
    unbroken,
    weekdays,
)
from cohort_opt.verification.violation import Findings


class Rule(Protocol):
    """What a rule's module offers; its docstring is the sentence and the formula."""

    RULE: str
    """Name, the same as that of the file, of the constraint and of the reason."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def check(self, case: Case) -> Findings:
        """Yield one item for each thing looked at: `None` where it is right, else the violation."""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.RULE: rule
        for rule in (
            one_seat_per_trainee,
            class_size,
            travel_limit,
            start_window,
            weekdays,
            release_pattern,
            company_closed_days,
            calendar,
            room_capacity,
            instructor_capacity,
            parts,
            company_absence,
            price_cap,
            pins,
            bans,
            offering,
            start_size,
            class_size_wish,
            company_absence_week,
            instructor_hours,
            instructor_travel,
            unbroken,
            exam_date,
            practice_share,
            instructor_qualification,
            room_equipment,
            travel_time_limit,
            boarding,
            buffer_seats,
            combination,
            reservation,
            firm_minimum,
            commitments,
            agreed_price,
            apart,
            side_by_side,
            module_order,
            budget,
            price_spread,
            stand_alone_price,
            site_load,
            seat_quota,
            support_seats,
            merge,
        )
    }
)
"""Every rule by name."""
