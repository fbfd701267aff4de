"""The small map in a corner that shows which piece of the country the large one covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cohort_opt.report.frame import WIDTH, Frame
from cohort_opt.report.labels import Mark, Rect
from cohort_opt.report.outlines import Point, provinces
from cohort_opt.report.svg import element

WIDE, HIGH, AWAY = 92.0, 112.0, 10.0
MOST_PART = 0.55
"""Shown where the frame covers less than this part of the width of the country."""


def corner(frame: Frame, marks: Sequence[Mark]) -> Rect | None:
    """Return the corner that hides no mark; `None` if there is none, or if an inset would tell nothing."""
    left, bottom, right, top = frame.box(0)
    west, south, east, north = _extent()
    is_apart = right < west or east < left or top < south or north < bottom
    if is_apart or (right - left) / (east - west) > MOST_PART:
        return None
    low = frame.height - AWAY - HIGH
    for x, y in ((AWAY, AWAY), (WIDTH - AWAY - WIDE, AWAY), (WIDTH - AWAY - WIDE, low), (AWAY, low - 24)):
        rect = (x, y, x + WIDE, y + HIGH)
        if not any(_touches(rect, mark) for mark in marks):
            return rect
    return None


def draw_inset(frame: Frame, rect: Rect) -> Iterator[Markup]:
    """Yield the country with the frame of the large map on it."""
    west, south, east, north = _extent()
    scale = min((WIDE - 12) / (east - west) / 0.61, (HIGH - 12) / (north - south))

    def pixel(point: Point) -> Point:
        return (
            (rect[0] + rect[2]) / 2 + (point[0] - (west + east) / 2) * scale * 0.61,  # cosine of the country's middle latitude
            (rect[1] + rect[3]) / 2 - (point[1] - (south + north) / 2) * scale,
        )

    yield element("rect", x=rect[0], y=rect[1], width=WIDE, height=HIGH, rx=6, class_="inset")
    rings = [ring for _, rings in provinces() for ring in rings]
    yield element("path", d="".join(_path([pixel(point) for point in ring]) for ring in rings), class_="inset-land")
    left, bottom, right, top = frame.box(0)
    (x1, y1), (x2, y2) = (
        pixel((max(left, west - 0.2), min(top, north + 0.1))),
        pixel((min(right, east + 0.2), max(bottom, south - 0.1))),
    )
    yield element("rect", x=x1, y=y1, width=x2 - x1, height=y2 - y1, class_="inset-frame")


def _extent() -> tuple[float, float, float, float]:
    points = [point for _, rings in provinces() for ring in rings for point in ring]
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def _touches(rect: Rect, mark: Mark) -> bool:
    away = mark.radius + 6
    return rect[0] - away < mark.x < rect[2] + away and rect[1] - away < mark.y < rect[3] + away


def _path(points: Sequence[Point]) -> str:
    """Return a ring as a path of whole pixels, repeated points dropped; rings below a pixel vanish."""
    steps = [(round(x), round(y)) for x, y in points]
    kept = [step for i, step in enumerate(steps) if i == 0 or step != steps[i - 1]]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z" if len(kept) > 3 else ""
