"""Where things go on a picture: dots moved apart, labels put where they hide nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

MOST_PASSES = 80


@dataclass(slots=True)
class Mark:
    """A dot or square on the picture: centre and radius in pixels; `fixed` marks stay where they are."""

    x: float
    y: float
    radius: float
    fixed: bool = False

    @property
    def rect(self) -> Rect:
        """Return the square around the mark."""
        return (self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the picture; (x, y) is the middle of its `start`, its `middle` or its `end`, in pixels.

    The side that is next to the mark is the one that is fixed, whatever face the reader's machine has.
    """

    text: str
    x: float
    y: float
    anchor: str


def spread(marks: Sequence[Mark], gap: float = 2.0) -> None:
    """Move marks apart, in place, until none overlaps another or the passes are used up; deterministic."""
    for _ in range(MOST_PASSES):
        moved = False
        for i, a in enumerate(marks):
            for j in range(i + 1, len(marks)):
                moved |= _part(a, marks[j], gap, angle=i + 2.4 * j)
        if not moved:
            return


def _part(a: Mark, b: Mark, gap: float, angle: float) -> bool:
    dx, dy = b.x - a.x, b.y - a.y
    distance = math.hypot(dx, dy)
    missing = a.radius + b.radius + gap - distance
    if missing <= 0.05 or (a.fixed and b.fixed):
        return False
    if distance < 0.01:
        dx, dy, distance = math.cos(angle), math.sin(angle), 1.0
    part_b = 1.0 if a.fixed else 0.0 if b.fixed else 0.5
    b.x += dx / distance * missing * part_b
    b.y += dy / distance * missing * part_b
    a.x -= dx / distance * missing * (1 - part_b)
    a.y -= dy / distance * missing * (1 - part_b)
    return True


@dataclass(slots=True)
class Ground:
    """What is on the picture already.

    Parameters
    ----------
    frame
        No label leaves it.
    taken
        Rectangles that no label may cover: marks, other labels, an inset.
    lines
        Rectangles along lines; a label keeps off them where it can.
    """

    frame: Rect
    taken: list[Rect] = field(default_factory=list)
    lines: list[Rect] = field(default_factory=list)


def place(text: str, width: float, height: float, mark: Mark, ground: Ground, *, must: bool) -> Label | None:
    """Return the label where it hides least, and mark its rectangle as taken.

    `None` if it would hide something everywhere; with `must` the least bad place is used instead.
    """
    best: tuple[float, float, Rect] | None = None
    for rect in _places(width, height, mark):
        hidden = sum(_overlap(rect, other) for other in ground.taken) + 4 * _outside(rect, ground.frame)
        crossed = sum(_overlap(rect, line) for line in ground.lines)
        if best is None or (round(hidden), crossed) < (round(best[0]), best[1]):
            best = (hidden, crossed, rect)
    if best is None or (best[0] > 0.5 and not must):
        return None
    taken = best[2]
    ground.taken.append(taken)
    y = (taken[1] + taken[3]) / 2
    if taken[0] >= mark.x:
        return Label(text, taken[0], y, "start")
    if taken[2] <= mark.x:
        return Label(text, taken[2], y, "end")
    return Label(text, (taken[0] + taken[2]) / 2, y, "middle")


def _places(width: float, height: float, mark: Mark) -> list[Rect]:
    places: list[Rect] = []
    for away in (mark.radius + 3, mark.radius + 12, mark.radius + 30, mark.radius + 55):
        slant = away * 0.75
        corners = (
            (mark.x + away, mark.y - height / 2),
            (mark.x - away - width, mark.y - height / 2),
            (mark.x - width / 2, mark.y - away - height),
            (mark.x - width / 2, mark.y + away),
            (mark.x + slant, mark.y - slant - height),
            (mark.x + slant, mark.y + slant),
            (mark.x - slant - width, mark.y - slant - height),
            (mark.x - slant - width, mark.y + slant),
        )
        places.extend((x, y, x + width, y + height) for x, y in corners)
    return places


def _overlap(a: Rect, b: Rect) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _outside(rect: Rect, frame: Rect) -> float:
    area = (rect[2] - rect[0]) * (rect[3] - rect[1])
    return area - _overlap(rect, frame)
