"""Bodies of late requests: a line that came too late, the classes that could still take it, and the one that shall."""

from __future__ import annotations

from cohort_opt import Count, Date, Id, Km, LateAnswer, Text
from service.schemas.wire import Wire


class LateRequest(Wire):
    """A line that came too late.

    Dates that are left out are the calendar of the round, a distance that is left out the longest that the company asks for
    elsewhere.
    """

    company: Id
    course: Id
    count: Count
    earliest_start: Date | None = None
    latest_start: Date | None = None
    max_travel_km: Km | None = None


class LateSeatRequest(LateRequest):
    """A late line, and the class of the night that shall take it."""

    class_id: Text


class LateFitState(Wire):
    """A class that could take the whole line: what a seat costs then and now, what the line's journeys cost, what waiting would.

    `extra_cents` is what the objective rises by, `saved_cents` what it falls by against leaving the line without a seat.
    """

    class_id: str
    run: str
    site: str
    start: str
    dates: tuple[str, ...]
    size: int
    seat_price_cents: int
    seat_price_before_cents: int
    journey_cents: int
    waiting_cents: int
    extra_cents: int
    saved_cents: int


class LateRefusal(Wire):
    """A class that the judge refused, and the first rule that would break."""

    class_id: str
    rule: str


class LateFits(Wire):
    """At most three classes, cheapest first; `looked_at` classes of the course have enough seats free.

    `is_complete`: every one of them was heard by the judge or is dearer than those listed.
    """

    fits: tuple[LateFitState, ...]
    looked_at: int
    refused: tuple[LateRefusal, ...]
    is_complete: bool


def fits_of(found: LateAnswer) -> LateFits:
    """Return the library's answer as it travels."""
    figures = ("size", "seat_price_cents", "seat_price_before_cents", "journey_cents", "waiting_cents", "extra_cents",
               "saved_cents")  # fmt: skip
    return LateFits(
        fits=tuple(
            LateFitState(
                class_id=fit.planned.id,
                run=fit.planned.run,
                site=fit.planned.site,
                start=fit.planned.start.isoformat(),
                dates=tuple(date.isoformat() for date in fit.planned.dates),
                **{name: getattr(fit, name) for name in figures},
            )
            for fit in found.fits
        ),
        looked_at=found.looked_at,
        refused=tuple(LateRefusal(class_id=name, rule=rule) for name, rule in found.refused),
        is_complete=found.is_complete,
    )
