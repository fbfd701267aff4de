"""Rates that hold for all."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, Int
from cohort_opt.problem.records.record import Record


class Prices(Record):
    """Rates that hold for all.

    Attributes
    ----------
    travel_cents_per_km
        Per trainee and kilometre, there and back on each day of the class.
    waiting_cents_per_week
        Per trainee and whole week between the earliest start asked for and the start of the class.
    unplaced_cents
        Price of one trainee without a seat where the demand line names none.
    detour_percent
        A great-circle distance is multiplied by this to estimate the road; 130 = 30 % longer. Labelled an estimate.
    speed_km_per_hour
        A journey whose minutes are not given takes `km * 60 / speed` of them, rounded up; 5 to 130. An estimate too.
    change_cents_published, change_cents_agreed
        Price of moving one trainee out of a published or an agreed seat, at the start of the class; not real money.
    change_weeks
        The price of change rises in whole weeks from nothing, so many weeks before the start, to the full price at the start,
        rounded half up to the cent; 0 = always the full price. Counted from `planning_date`.
    frozen_weeks
        Agreed and published seats of classes that start within so many weeks of `planning_date` stay; 0 = none is frozen.
    """

    travel_cents_per_km: Annotated[Int, Field(ge=0, le=10_000)] = 0
    waiting_cents_per_week: Cents = 0
    unplaced_cents: Cents
    detour_percent: Annotated[Int, Field(ge=100, le=300)] = 130
    speed_km_per_hour: Annotated[Int, Field(ge=5, le=130)] = 50
    change_cents_published: Cents = 0
    change_cents_agreed: Cents = 0
    change_weeks: Annotated[Int, Field(ge=0, le=104)] = 0
    frozen_weeks: Annotated[Int, Field(ge=0, le=104)] = 0
