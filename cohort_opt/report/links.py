"""The lines of the map: from each company to the sites of its classes, one per course, in colour and pattern of the course."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cohort_opt.report.labels import Mark, Rect
from cohort_opt.report.outlines import Point
from cohort_opt.report.places import Journey, Place, UsedSite
from cohort_opt.report.svg import dash, element, tone
from cohort_opt.report.view import View
from cohort_opt.report.wording import counted

BOW = 16.0
"""Pixels by which lines of several courses between the same two points bend away from each other."""
STEP = 9.0
"""Pixels between the points that stand for a line where labels look for a free place."""


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the map, a quadratic curve from the dot to the square by way of `pull`."""

    place: Place
    journey: Journey
    start: Point
    pull: Point
    end: Point

    def at(self, part: float) -> Point:
        """Return the point after this part of the curve, 0 to 1."""
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return (
            a * self.start[0] + b * self.pull[0] + c * self.end[0],
            a * self.start[1] + b * self.pull[1] + c * self.end[1],
        )

    def rects(self) -> Iterator[Rect]:
        """Yield small squares along the line."""
        count = max(1, int(math.dist(self.start, self.end) / STEP))
        for i in range(count + 1):
            x, y = self.at(i / count)
            yield (x - 2, y - 2, x + 2, y + 2)


def links(dots: Sequence[Place], circles: Sequence[Mark], sites: Sequence[UsedSite], squares: Sequence[Mark]) -> Iterator[Link]:
    """Yield all lines, in order of place and site."""
    square_by_site = {used.site.id: mark for used, mark in zip(sites, squares, strict=True)}
    for dot, circle in zip(dots, circles, strict=True):
        by_site: defaultdict[str, list[Journey]] = defaultdict(list)
        for journey in dot.journeys:
            by_site[journey.site].append(journey)
        for site, journeys in sorted(by_site.items()):
            for i, journey in enumerate(journeys):
                yield _link(dot, journey, circle, square_by_site[site], (i - (len(journeys) - 1) / 2) * BOW)


def _link(dot: Place, journey: Journey, start: Mark, end: Mark, bend: float) -> Link:
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    pull = ((start.x + end.x) / 2 - dy / length * bend, (start.y + end.y) / 2 + dx / length * bend)
    return Link(dot, journey, (start.x, start.y), pull, (end.x, end.y))


def draw_link(view: View, link: Link) -> Markup:
    """Return the line; its width grows with the number of trainees."""
    journey = link.journey
    position = view.course_position(journey.course)
    who, what = counted(journey.count, "trainee"), view.courses[journey.course].name
    (x1, y1), (x2, y2), (x3, y3) = link.start, link.pull, link.end
    return element(
        "path",
        element("title", f"{link.place.name} to {view.sites[journey.site].name}: {who}, {what}"),
        d=f"M{x1:.1f} {y1:.1f}Q{x2:.1f} {y2:.1f} {x3:.1f} {y3:.1f}",
        class_=f"link {tone(position)}",
        stroke_dasharray=dash(position),
        stroke_width=1.4 + 0.45 * min(journey.count, 8),
    )
