"""Gap over time as a drawing: one line per engine that tells of its plans on the way, a dot where only the end is known."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from cohort_opt.bench.measure import Measured
from cohort_opt.bench.tables import relative_gap

WIDTH, HEIGHT, LEFT, TOP = 640, 360, 64, 40
PLOT_WIDTH, PLOT_HEIGHT = 400, 270
LEAST, MOST = 1e-4, 1.0
"""Gaps drawn, from 0.01 % to 100 %; what is smaller lies on the lower edge."""
COLOURS = ("#0b6e4f", "#7a5195", "#bc5090", "#ef5675", "#b36a00", "#555555")


def gap_plot(title: str, runs: Sequence[Measured], best_bound: int | None) -> str:
    """Return an SVG drawing of the gap to the best bound over wall seconds, both of one case."""
    longest = max([run.seconds for run in runs if run.objective is not None], default=1.0)
    shapes = [_text(LEFT, 24, title, size=15)]
    shapes += _axes(longest)
    for number, run in enumerate(runs):
        colour = COLOURS[number % len(COLOURS)]
        y = TOP + 14 + 20 * number
        shapes.append(f'<rect x="{LEFT + PLOT_WIDTH + 16}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        shapes.append(_text(LEFT + PLOT_WIDTH + 34, y, run.engine + ("" if run.objective is not None else ": no plan")))
        shapes += _curve(gaps_over_time(run, best_bound), longest, colour)
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" '
        f'role="img" aria-label="{html.escape(title)}">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def gaps_over_time(run: Measured, best_bound: int | None) -> list[tuple[float, float]]:
    """Return (seconds, gap) at each better plan, and at the end; empty without a plan."""
    points = [(step.seconds, relative_gap(step.objective, best_bound)) for step in run.trace]
    points.append((run.seconds, relative_gap(run.objective, best_bound)))
    found: list[tuple[float, float]] = []
    for seconds, gap in points:
        if gap is not None and (not found or gap < found[-1][1] or seconds == run.seconds):
            found.append((min(seconds, run.seconds), gap))
    return found


def _curve(points: list[tuple[float, float]], longest: float, colour: str) -> list[str]:
    """Return the steps of one engine, and a dot at its end."""
    if not points:
        return []
    path = f"M{_x(points[0][0], longest):.1f} {_y(points[0][1]):.1f}"
    path += "".join(f"H{_x(seconds, longest):.1f}V{_y(gap):.1f}" for seconds, gap in points[1:])
    x, y = _x(points[-1][0], longest), _y(points[-1][1])
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>',
    ]


def _axes(longest: float) -> list[str]:
    shapes = [f'<rect x="{LEFT}" y="{TOP}" width="{PLOT_WIDTH}" height="{PLOT_HEIGHT}" fill="none" stroke="#888"/>']
    for gap in (1e-4, 1e-3, 1e-2, 1e-1, 1.0):
        y = _y(gap)
        shapes.append(f'<path d="M{LEFT} {y:.1f}h{PLOT_WIDTH}" stroke="#ddd"/>')
        shapes.append(_text(LEFT - 8, y + 4, f"{gap:.2%}" if gap < 0.01 else f"{gap:.0%}", anchor="end"))
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = LEFT + share * PLOT_WIDTH
        shapes.append(_text(x, TOP + PLOT_HEIGHT + 18, f"{share * longest:.3g} s", anchor="middle"))
    shapes.append(
        _text(LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 38, "wall seconds; gap to the best bound known", anchor="middle")
    )
    return shapes


def _x(seconds: float, longest: float) -> float:
    return LEFT + PLOT_WIDTH * min(seconds / max(longest, 1e-9), 1.0)


def _y(gap: float) -> float:
    share = math.log(min(max(gap, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return TOP + PLOT_HEIGHT * (1 - share)


def _text(x: float, y: float, words: str, *, size: int = 12, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{html.escape(words)}</text>'
