"""The picture of all sharing methods on one plan: what each company pays, as a part of what it would pay alone."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from cohort_opt.cost_sharing.compare import Comparison
from cohort_opt.report.svg import element, picture, text_width
from cohort_opt.report.wording import euros

LEFT, TOP, WIDE, STEP, RIGHT = 250.0, 46.0, 420.0, 34.0, 250.0
"""Room for the names, for the scale, width of the scale, height of a row, room for who would object."""
SIZE = 13.0
"""Of the letters, in pixels."""


def draw_comparison(found: Comparison) -> Markup:
    """Return one row for each method: a dot for each company, a line where it pays as much as alone, and who would object.

    A company that would pay nothing alone is drawn at the right end if it pays anything.
    """
    methods = list(dict.fromkeys(row.method for row in found.methods))
    parts = {method: _parts(found, method) for method in methods}
    most = max([1.25, *(part for dots in parts.values() for _, part in dots)])
    most = min(most, 3.0)
    rows = [_row(found, method, parts[method], i, most) for i, method in enumerate(methods)]
    height = TOP + STEP * len(methods) + 12
    return picture(
        "methods",
        "What each company pays by each method, as a part of what it would pay alone",
        "One row for each method and one dot for each company; right of the line somebody pays more than alone.",
        LEFT + WIDE + RIGHT,
        height,
        element("rect", x=0, y=0, width=LEFT + WIDE + RIGHT, height=height, fill="#ffffff"),
        *_scale(most, height),
        *rows,
    )


def _parts(found: Comparison, method: str) -> list[tuple[str, float]]:
    """Return (company, share of all its classes / alone), companies ascending."""
    share: defaultdict[str, int] = defaultdict(int)
    alone: defaultdict[str, int] = defaultdict(int)
    for row in found.shares:
        if row.method == method:
            share[row.company] += row.share_cents
            alone[row.company] += row.alone_cents
    return [(name, share[name] / alone[name] if alone[name] else (3.0 if share[name] else 0.0)) for name in sorted(share)]


def _scale(most: float, height: float) -> list[Markup]:
    marks = [mark / 4 for mark in range(int(most * 4) + 1)]
    step = 1 if len(marks) <= 7 else 2
    lines = [_text(_x(0, most), 18, "share of what each would pay alone", anchor="start", colour="#444444")]
    for mark in marks[::step]:
        x, whole = _x(mark, most), mark == 1
        lines.append(element("line", x1=x, y1=TOP - 8, x2=x, y2=height - 8, stroke="#222222" if whole else "#dddddd",
                             stroke_width=2 if whole else 1))  # fmt: skip
        lines.append(_text(x, TOP - 12, f"{mark:.0%}", anchor="middle", colour="#444444"))
    return lines


def _row(found: Comparison, method: str, parts: list[tuple[str, float]], number: int, most: float) -> Markup:
    summaries = [row for row in found.methods if row.method == method]
    worst = max(summaries, key=lambda row: row.objection_cents)
    y = TOP + STEP * number + STEP / 2
    dots = [
        element(
            "circle",
            element("title", f"{company}: {part:.0%} of alone"),
            cx=_x(min(part, most), most),
            cy=y,
            r=5,
            fill="#b3261e" if part > 1 else "#1f6feb",
            fill_opacity=0.65,
        )
        for company, part in parts
    ]
    note = next((row.note for row in summaries if row.note), "")
    if not note:
        note = f"{euros(worst.objection_cents)}: {', '.join(worst.objectors)}" if worst.objectors else "nobody objects"
    return element("g", _text(LEFT - 12, y + 4, method, anchor="end"), *dots, _text(LEFT + WIDE + 14, y + 4, _short(note)))


def _short(text: str) -> str:
    """Return the text, cut where it would leave the picture."""
    while text_width(text, SIZE) > RIGHT - 24:
        text = text[:-2].rstrip(" …,") + "…"
    return text


def _x(part: float, most: float) -> float:
    return LEFT + WIDE * part / most


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#111111") -> Markup:
    return element("text", text, x=x, y=y, font_family="sans-serif", font_size=SIZE, text_anchor=anchor, fill=colour)
