"""Bodies of bills: who bears what of a plan in an alliance of companies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt import Id, Int
from service.schemas.wire import Wire

Form = Literal["lead_firm", "commissioned_training", "consortium", "association"]


class BillRequest(Wire):
    """A form of alliance: `lead_firm` names its lead; the members of an `association` may name keys that add up to 100 %."""

    form: Form
    lead: Id | None = None
    keys_percent: Annotated[dict[Id, Annotated[Int, Field(ge=0, le=100)]], Field(max_length=2_000)] | None = None


class BillRow(Wire):
    """One cost and who bears it (of an association's cost, one member's part)."""

    payer: str
    home: str
    kind: Literal["seat", "travel", "boarding", "wage", "phase"]
    cents: int


class Payer(Wire):
    """What one payer bears in all, before subsidies."""

    payer: str
    cents: int


class Bill(Wire):
    """Who bears what of a plan; wages and phases are not in a plan. The rows add up to the costs, to the cent."""

    form: Form
    rows: tuple[BillRow, ...]
    payers: tuple[Payer, ...]
    total_cents: int
