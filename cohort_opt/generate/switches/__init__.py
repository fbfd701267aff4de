"""The registry of rules that can be switched on in a generated region, by the names of the judge where it has one for them.

A new rule is one function in a file of this room and one line in `SWITCHES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft
from cohort_opt.generate.switches import academies, companies, courses, lines, placements, quotas

Switch = Callable[[Dice, Draft], None]

SWITCHES: Mapping[str, Switch] = MappingProxyType(
    {
        switch.__name__: switch
        for switch in (
            courses.start_size,
            courses.over_booking,
            courses.merge,
            courses.exam_date,
            courses.unbroken,
            courses.practice_share,
            courses.room_equipment,
            courses.price_spread,
            courses.off_target,
            courses.mixed,
            courses.half_days,
            courses.qualification,
            academies.instructor_hours,
            academies.instructor_alternatives,
            academies.instructor_qualification,
            academies.boarding,
            academies.combination,
            academies.reservation,
            academies.site_load,
            academies.instructor_travel,
            academies.hired_room,
            lines.firm_minimum,
            lines.class_size_wish,
            lines.travel_time_limit,
            lines.areas,
            lines.stand_alone_price,
            lines.module_order,
            companies.company_absence_week,
            companies.budget,
            companies.side_by_side,
            companies.apart,
            companies.starters,
            lines.support_seats,
            lines.buffer_seats,
            quotas.seat_quota,
            placements.bans,
            placements.commitments,
            placements.agreed_price,
            placements.pins,
        )
    }
)
"""By name, in the order in which they are applied; what is placed already comes last, since it depends on all other rules."""
