"""Bodies of questions about a night's plan, and of a figure through a range."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from cohort_opt import Int
from service.schemas.wire import Wire


class SweepRequest(Wire):
    """A figure of the academy from a first to a last value, in its own unit; at most twelve values."""

    figure: Literal["min-seats", "travel-km", "class-price-percent", "drop-out-percent", "unplaced-cents"]
    first: Annotated[Int, Field(ge=0, le=1_000_000_000)]
    last: Annotated[Int, Field(ge=0, le=1_000_000_000)]
    step: Annotated[Int, Field(ge=1, le=1_000_000_000)]


class SweepPoint(Wire):
    """The plan that a value brings; `refused` says why a value makes no sense here, and is empty where it does."""

    value: int
    status: str
    classes: int
    placed: int
    waiting: int
    objective_cents: int | None
    bound_cents: int | None
    indistinct: bool
    refused: str


class Sweep(Wire):
    """A point for each value, in order; each plan has passed the judge."""

    points: tuple[SweepPoint, ...]


class QuestionRequest(Wire):
    """A question; `by` is for `pooling`, `survival_percent` (for courses that do not say) for `robustness`."""

    question: Literal["pooling", "robustness", "value", "stability", "flexibility"]
    by: Literal["company", "trade", "area"] = "company"
    survival_percent: Annotated[Int, Field(ge=1, le=100)] | None = None


class QuestionAnswer(Wire):
    """The rows of an answer, and the figures of the whole where the question has them; names tell their units."""

    question: str
    figures: dict[str, Any]
    rows: tuple[dict[str, Any], ...]
