"""Bodies of leaving: who leaves a night's classes under which terms, and who pays for them afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt import Cents, Date, Id, Int
from service.schemas.wire import Wire


class LeaveRequest(Wire):
    """A company leaves on a day; fewer than `days` days before the start of a class it owes `percent` of its agreed price."""

    company: Id
    left_on: Date
    days: Annotated[Int, Field(ge=0, le=1_000)]
    percent: Annotated[Int, Field(ge=0, le=100)]
    reserve_cents: Cents = 0


class SettledRow(Wire):
    """What a payer bears of a class: its agreed price, a fee, and (without a payer) the reserve and what the academy bears."""

    payer: str | None
    why: Literal["stays", "fee", "reserve", "bearer"]
    cents: int


class SettledClass(Wire):
    """A class that the company leaves: seats that stay, its cost without the leaver, and rows that add up to that cost."""

    class_id: str
    seats: int
    cost_cents: int
    rows: tuple[SettledRow, ...]


class Settlement(Wire):
    """Every class of a night's plan that the company leaves."""

    classes: tuple[SettledClass, ...]
