"""A company's statement: its seats in what is published, what they cost it alone and together, and the rule of its price."""

from __future__ import annotations

from typing import Literal

from service.schemas.company import OwnSeats
from service.schemas.offers import Conditions
from service.schemas.wire import Wire


class StatementRow(Wire):
    """One class: the company's seats, its answer, and alone against together.

    `together_least_cents` and `together_most_cents` are share and journeys; they are equal where the exact share is told.
    `saved_least_cents` is what it saves at least against its cheapest outside option (negative = it costs more); `null` where
    it gave none.
    """

    seats: OwnSeats
    answer: Literal["open", "accept", "decline", "conditional", "ask"]
    conditions: Conditions
    together_least_cents: int
    together_most_cents: int
    saved_least_cents: int | None


class Statement(Wire):
    """Everything that a company was offered in a round, with the rule of its price in words."""

    round: str
    round_name: str
    company: str
    company_name: str
    published_on: str | None
    answer_until: str | None
    counts_until: str | None
    rows: tuple[StatementRow, ...]
    seats: int
    together_least_cents: int
    together_most_cents: int
    price_rule: tuple[str, ...]
