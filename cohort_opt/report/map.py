"""The map as static SVG: companies as dots, sites as squares, lines between them, the provinces beneath."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cohort_opt.report.frame import WIDTH, Frame
from cohort_opt.report.inset import corner, draw_inset
from cohort_opt.report.labels import Ground, Mark, place, spread
from cohort_opt.report.links import draw_link, links
from cohort_opt.report.outlines import clip, provinces
from cohort_opt.report.places import Place, UsedSite
from cohort_opt.report.svg import element, picture, text_width
from cohort_opt.report.view import View
from cohort_opt.report.wording import counted

MOST_NUMBERED = 60
"""Beyond so many dots they are drawn small and without a number inside."""
MOST_LINES_AVOIDED = 400
"""Among more lines than these no label can keep off them; it would only take time."""
SITE_SIZE = 9.0
RING = 3.5
"""Pixels from a dot to the ring that says: trainees of this company wait."""
LONGEST_NAME = 34


def draw_map(view: View, dots: Sequence[Place], sites: Sequence[UsedSite]) -> Markup:
    """Return the map; empty text where nobody asked for a seat and there is no site."""
    points = [(p.longitude, p.latitude) for p in dots] + [(s.site.longitude, s.site.latitude) for s in sites]
    if not points:
        return Markup("")
    frame = Frame.around(points)
    is_numbered = len(dots) <= MOST_NUMBERED
    squares = [Mark(*frame.pixel((s.site.longitude, s.site.latitude)), SITE_SIZE, fixed=True) for s in sites]
    circles = [Mark(*frame.pixel((p.longitude, p.latitude)), _radius(p, is_numbered)) for p in dots]
    spread([*squares, *circles])
    lines = list(links(dots, circles, sites, squares))
    ground = Ground((4, 4, WIDTH - 4, frame.height - 4), [mark.rect for mark in (*circles, *squares)])
    if len(lines) <= MOST_LINES_AVOIDED:
        ground.lines += [rect for line in lines for rect in line.rects()]
    inset = corner(frame, [*circles, *squares])
    ground.taken += [inset] if inset else []
    return picture(
        "map",
        "Map of companies and sites",
        _description(dots, sites),
        WIDTH,
        frame.height,
        element("rect", x=0, y=0, width=WIDTH, height=frame.height, class_="beyond"),
        element("g", *_land(frame), class_="land"),
        element("g", *(draw_link(view, line) for line in lines)),
        element("g", *(draw_inset(frame, inset) if inset else ())),
        element("g", *(_dot(p, mark, is_numbered) for p, mark in zip(dots, circles, strict=True))),
        element("g", *(_square(s, mark) for s, mark in zip(sites, squares, strict=True))),
        element("g", *_site_names(sites, squares, ground), *_town_names(dots, circles, ground)),
        *_scale_bar(frame),
        class_="picture map",
    )


def _radius(p: Place, is_numbered: bool) -> float:
    size = 7.0 + 1.9 * math.sqrt(p.asked) if is_numbered else 2.0 + 1.5 * math.sqrt(p.asked)
    return size + RING if p.waiting else size


def _description(dots: Sequence[Place], sites: Sequence[UsedSite]) -> str:
    used = [f"{s.site.name} with {counted(len(s.classes), 'class', 'classes')}" for s in sites if s.classes]
    lines = " Lines lead from each company to the sites of its classes." if used else ""
    where = f"{counted(len(dots), 'dot')} for the companies. Sites: {', '.join(used) or 'none in use'}."
    return f"{where}{lines} The table below says the same."


def _land(frame: Frame) -> Iterator[Markup]:
    for name, rings in provinces():
        pieces = [clip(ring, frame.box()) for ring in rings]
        shapes = ["L".join("{:.1f} {:.1f}".format(*frame.pixel(point)) for point in piece) for piece in pieces if len(piece) > 2]
        if shapes:
            yield element("path", element("title", name), d="".join(f"M{shape}Z" for shape in shapes))


def _dot(p: Place, mark: Mark, is_numbered: bool) -> Markup:
    waits = f", {p.waiting} without a seat" if p.waiting else ""
    parts = [element("title", f"{p.name} ({p.municipality}): {counted(p.asked, 'trainee')}{waits}")]
    if p.waiting:
        parts.append(element("circle", cx=mark.x, cy=mark.y, r=mark.radius, class_="waits"))
    dot = mark.radius - RING if p.waiting else mark.radius
    parts.append(element("circle", cx=mark.x, cy=mark.y, r=dot, class_="company"))
    if is_numbered:
        parts.append(element("text", p.number, x=mark.x, y=mark.y + 3.6, class_="inside", text_anchor="middle"))
    return element("g", *parts)


def _square(s: UsedSite, mark: Mark) -> Markup:
    held = f"classes {', '.join(map(str, s.classes))}" if s.classes else "no class"
    side, look = 2 * mark.radius, "site" if s.classes else "site unused"
    square = element("rect", x=mark.x - mark.radius, y=mark.y - mark.radius, width=side, height=side, class_=look)
    return element("g", element("title", f"Site {s.site.name} ({s.site.municipality}): {held}"), square)


def _site_names(sites: Sequence[UsedSite], squares: Sequence[Mark], ground: Ground) -> Iterator[Markup]:
    for s, mark in zip(sites, squares, strict=True):
        yield from _name(s.site.name, mark, 13, "site-name", ground, must=bool(s.classes))


def _town_names(dots: Sequence[Place], circles: Sequence[Mark], ground: Ground) -> Iterator[Markup]:
    """Yield the name of each municipality once, at its largest dot."""
    named: set[str] = set()
    for dot, mark in sorted(zip(dots, circles, strict=True), key=lambda pair: (-pair[0].asked, pair[0].number)):
        if dot.municipality not in named:
            named.add(dot.municipality)
            yield from _name(dot.municipality, mark, 11.5, "town", ground, must=False)


def _name(text: str, mark: Mark, size: float, class_: str, ground: Ground, *, must: bool) -> Iterator[Markup]:
    shown = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
    label = place(shown, text_width(shown, size), size * 1.2, mark, ground, must=must)
    if label:
        yield element("text", label.text, x=label.x, y=label.y + size * 0.35, class_=class_, text_anchor=label.anchor)


def _scale_bar(frame: Frame) -> Iterator[Markup]:
    km = frame.scale_bar_km()
    length, y = km / frame.km_per_pixel, frame.height - 16
    yield element("path", d=f"M16 {y - 5:.1f}v5h{length:.1f}v-5", class_="scale")
    yield element("text", f"{km} km", x=22 + length, y=y + 2, class_="town")
