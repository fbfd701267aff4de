"""Changes of rates and distances."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Cents, Id, Int, Km


class SetUnplacedPrice(NamedChange):
    """Price of one trainee without a seat: of one demand line, or of all that have no price of their own."""

    kind: Literal["set_unplaced_price"]
    unplaced_cents: Cents
    demand: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set the price."""
        row = draft.document["prices"] if self.demand is None else draft.row("demands", "demand", self.demand)
        row["unplaced_cents"] = self.unplaced_cents


class SetPrices(NamedChange):
    """Rates that hold for all; what is not named stays."""

    kind: Literal["set_prices"]
    travel_cents_per_km: Annotated[Int, Field(ge=0, le=10_000)] | None = None
    waiting_cents_per_week: Cents | None = None
    detour_percent: Annotated[Int, Field(ge=100, le=300)] | None = None
    speed_km_per_hour: Annotated[Int, Field(ge=5, le=130)] | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        given = self.given("travel_cents_per_km", "waiting_cents_per_week", "detour_percent", "speed_km_per_hour")
        set_fields(draft, draft.document["prices"], given)


class SetDistance(NamedChange):
    """A measured distance from a company to a site."""

    kind: Literal["set_distance"]
    company: Id
    site: Id
    km: Km

    def apply_to(self, draft: Draft) -> None:
        """Set the distance, or add it."""
        rows = draft.rows("distances")
        rows[:] = [row for row in rows if (row["company"], row["site"]) != (self.company, self.site)]
        rows.append({"company": self.company, "site": self.site, "km": self.km})
