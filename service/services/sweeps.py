"""A figure of the academy through a range: how many classes, seats and euros each value would bring a night."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.actors import Actor
from service.problems import Flaw, Refusal
from service.services import desk, rounds, what_ifs
from service.services.context import Context

MOST_VALUES = 12
RANGES: dict[str, tuple[int, int, int]] = {
    "min-seats": (6, 12, 1),
    "travel-km": (20, 80, 10),
    "class-price-percent": (80, 120, 10),
    "drop-out-percent": (0, 40, 10),
    "unplaced-cents": (100_000, 500_000, 100_000),
}
"""Figure -> first value, last value and step that the form begins with; in the units that the name says."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is swept: as typed."""

    figure: str
    first: object
    last: object
    step: object


def sweep_night(context: Context, actor: Actor, round_id: str, date: str, wanted: Range) -> list[dict[str, Any]]:
    """Return a point for each value, each a plan that the judge has passed.

    Raises
    ------
    Refusal
        With the field that is wrong; `busy` where the plans take too long.
    """
    rounds.must_plan(actor)
    values = _values(wanted)
    _, instance, _ = what_ifs.plan_of_night(context, round_id, date)
    order = {"instance": instance, "figure": wanted.figure, "values": values}
    points: list[dict[str, Any]] = desk.answer("service.sweep_child", order)["points"]
    return points


def _values(wanted: Range) -> list[int]:
    if wanted.figure not in RANGES:
        raise _refusal("unknown-value", "figure", f"Choose one of {', '.join(RANGES)}.")
    for name in ("first", "last", "step"):
        if not isinstance(getattr(wanted, name), int):
            raise _refusal("wrong-type", name, "Must be a whole number.")
    first, last, step = (int(str(value)) for value in (wanted.first, wanted.last, wanted.step))
    if step < 1 or first < 0 or last < first:
        raise _refusal("out-of-range", "step", "The range goes upwards from 0, in steps of at least 1.")
    values = range(first, last + 1, step)
    if len(values) > MOST_VALUES:
        raise _refusal("too-many-items", "step", f"At most {MOST_VALUES} values at once; take a larger step.")
    return list(values)


def _refusal(code: str, field: str, detail: str) -> Refusal:
    return Refusal(code, detail, (Flaw(f"/{field}", code, detail),))
