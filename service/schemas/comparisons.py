"""Bodies of comparisons: plans side by side, with figures, who sits elsewhere, and why."""

from __future__ import annotations

from typing import Literal

from service.schemas.explanations import ChangeState
from service.schemas.jobs import JobState
from service.schemas.wire import Wire


class PlanState(Wire):
    """One of the plans: a night by its date, or a what-if by the name of its change; its job says why it has no plan (yet).

    Against the first plan: `moved` trainees get, lose or change a seat (`null` without a plan); `indistinct` where the objectives
    differ by less than the two gaps together; `priced_otherwise` where the change sets prices, so that objective and bound say
    nothing beside those of the first; and what changes, in words.
    """

    kind: Literal["night", "what_if"]
    name: str
    job: JobState
    has_plan: bool
    moved: int | None
    indistinct: bool
    priced_otherwise: bool
    changes: tuple[ChangeState, ...]


class FigureState(Wire):
    """One figure of every plan, in the order of the plans; `null` where a plan has none."""

    figure: str
    unit: Literal["cents", "count", "percent"]
    values: tuple[float | None, ...]


class PlaceState(Wire):
    """So many trainees in a class; without a start they wait."""

    count: int
    start: str | None
    site_name: str | None


class SeatsState(Wire):
    """Where the trainees of one company in one course sit in each plan; `moved` = otherwise than in the first."""

    company_name: str
    course_name: str
    places: tuple[tuple[PlaceState, ...], ...]
    moved: tuple[bool, ...]


class Comparison(Wire):
    """Plans side by side with the first of them; `lines` are only those that differ somewhere."""

    plans: tuple[PlanState, ...]
    figures: tuple[FigureState, ...]
    lines: tuple[SeatsState, ...]
