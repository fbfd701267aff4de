"""The map as static SVG: companies, sites, and a line from each company to the sites where its trainees go."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cohort_opt.report.frame import WIDTH, Frame
from cohort_opt.report.labels import Mark, Rect, place, spread
from cohort_opt.report.outlines import clip, provinces
from cohort_opt.report.places import Journey, Place, UsedSite
from cohort_opt.report.svg import dash, element, picture, text_width, tone
from cohort_opt.report.view import View
from cohort_opt.report.wording import counted

MOST_NUMBERED = 60
"""Beyond so many dots they are drawn small and without a number inside."""
SITE_SIZE = 9.0
BOW = 16.0
"""Pixels by which lines of several courses between the same two points bend away from each other."""


def draw_map(view: View, dots: Sequence[Place], sites: Sequence[UsedSite]) -> Markup:
    """Return the map; empty text where nobody asked for a seat and there is no site."""
    points = [(p.longitude, p.latitude) for p in dots] + [(s.site.longitude, s.site.latitude) for s in sites]
    if not points:
        return Markup("")
    frame = Frame.around(points)
    numbered = len(dots) <= MOST_NUMBERED
    squares = [Mark(*frame.pixel((s.site.longitude, s.site.latitude)), SITE_SIZE, fixed=True) for s in sites]
    circles = [Mark(*frame.pixel((p.longitude, p.latitude)), _radius(p.asked, numbered)) for p in dots]
    spread([*squares, *circles])
    return picture(
        "map",
        "Map of companies and sites",
        _description(view, dots, sites),
        WIDTH,
        frame.height,
        element("rect", x=0, y=0, width=WIDTH, height=frame.height, class_="beyond"),
        element("g", *_land(frame), class_="land"),
        element("g", *_links(view, dots, circles, sites, squares)),
        element("g", *(_dot(p, mark, numbered) for p, mark in zip(dots, circles, strict=True))),
        element("g", *(_square(s, mark) for s, mark in zip(sites, squares, strict=True))),
        element("g", *_labels(frame, dots, circles, sites, squares)),
        *_scale_bar(frame),
        class_="picture map",
    )


def _radius(trainees: int, numbered: bool) -> float:
    return 7.0 + 1.9 * math.sqrt(trainees) if numbered else 2.0 + 1.5 * math.sqrt(trainees)


def _description(view: View, dots: Sequence[Place], sites: Sequence[UsedSite]) -> str:
    used = [f"{s.site.name} with {counted(len(s.classes), 'class', 'classes')}" for s in sites if s.classes]
    lines = " Lines lead from each company to the sites of its classes." if used else ""
    where = f"{counted(len(dots), 'dot')} for the companies. Sites: {', '.join(used) or 'none in use'}."
    return f"{where}{lines} The table below says the same."


def _land(frame: Frame) -> Iterator[Markup]:
    for name, rings in provinces():
        pieces = [clip(ring, frame.box()) for ring in rings]
        path = "".join(_path([frame.pixel(point) for point in piece]) for piece in pieces if len(piece) > 2)
        if path:
            yield element("path", element("title", name), d=path)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _links(
    view: View, dots: Sequence[Place], circles: Sequence[Mark], sites: Sequence[UsedSite], squares: Sequence[Mark]
) -> Iterator[Markup]:
    square_by_site = {s.site.id: mark for s, mark in zip(sites, squares, strict=True)}
    for p, circle in zip(dots, circles, strict=True):
        by_site: defaultdict[str, list[Journey]] = defaultdict(list)
        for journey in p.journeys:
            by_site[journey.site].append(journey)
        for site, journeys in by_site.items():
            for i, journey in enumerate(journeys):
                bend = (i - (len(journeys) - 1) / 2) * BOW
                position = view.course_position(journey.course)
                who, what = counted(journey.count, "trainee"), view.courses[journey.course].name
                title = f"{p.name} to {view.sites[site].name}: {who}, {what}"
                yield element(
                    "path",
                    element("title", title),
                    d=_curve(circle, square_by_site[site], bend),
                    class_=f"link {tone(position)}",
                    stroke_dasharray=dash(position),
                    stroke_width=1.4 + 0.45 * min(journey.count, 8),
                )


def _curve(start: Mark, end: Mark, bend: float) -> str:
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    x, y = (start.x + end.x) / 2 - dy / length * bend, (start.y + end.y) / 2 + dx / length * bend
    return f"M{start.x:.1f} {start.y:.1f}Q{x:.1f} {y:.1f} {end.x:.1f} {end.y:.1f}"


def _dot(p: Place, mark: Mark, numbered: bool) -> Markup:
    waits = f", {p.waiting} without a seat" if p.waiting else ""
    parts = [element("title", f"{p.name} ({p.municipality}): {counted(p.asked, 'trainee')}{waits}")]
    if p.waiting:
        parts.append(element("circle", cx=mark.x, cy=mark.y, r=mark.radius + 3.5, class_="waits"))
    parts.append(element("circle", cx=mark.x, cy=mark.y, r=mark.radius, class_="company"))
    if numbered:
        parts.append(element("text", p.number, x=mark.x, y=mark.y + 3.6, class_="inside", text_anchor="middle"))
    return element("g", *parts)


def _square(s: UsedSite, mark: Mark) -> Markup:
    held = f"classes {', '.join(map(str, s.classes))}" if s.classes else "no class"
    square = element(
        "rect",
        x=mark.x - mark.radius,
        y=mark.y - mark.radius,
        width=2 * mark.radius,
        height=2 * mark.radius,
        class_="site" if s.classes else "site unused",
    )
    return element("g", element("title", f"Site {s.site.name} ({s.site.municipality}): {held}"), square)


def _labels(
    frame: Frame, dots: Sequence[Place], circles: Sequence[Mark], sites: Sequence[UsedSite], squares: Sequence[Mark]
) -> Iterator[Markup]:
    taken: list[Rect] = [mark.rect for mark in (*circles, *squares)]
    edge: Rect = (4, 4, WIDTH - 4, frame.height - 4)
    for s, mark in zip(sites, squares, strict=True):
        yield from _label(s.site.name, mark, 13, "site-name", taken, edge, must=bool(s.classes))
    named: set[str] = set()
    order = sorted(range(len(dots)), key=lambda i: (-dots[i].asked, dots[i].number))
    for i in order:
        if dots[i].municipality not in named:
            named.add(dots[i].municipality)
            yield from _label(dots[i].municipality, circles[i], 11.5, "town", taken, edge, must=False)


def _label(text: str, mark: Mark, size: float, class_: str, taken: list[Rect], edge: Rect, *, must: bool) -> Iterator[Markup]:
    shown = text if len(text) <= 34 else text[:33] + "…"
    label = place(shown, text_width(shown, size), size * 1.2, mark, taken, edge, must=must)
    if label:
        yield element("text", label.text, x=label.x, y=label.y + size * 0.35, class_=class_)


def _scale_bar(frame: Frame) -> Iterator[Markup]:
    km = frame.scale_bar_km()
    length, y = km / frame.km_per_pixel, frame.height - 16
    yield element("path", d=f"M16 {y - 5:.1f}v5h{length:.1f}v-5", class_="scale")
    yield element("text", f"{km} km", x=22 + length, y=y + 2, class_="town")
