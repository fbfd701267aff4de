"""A bar chart as one SVG file that stands alone: the picture of a sweep, of plans side by side, of the pooling gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cohort_opt.report.svg import element, picture, text_width

ROW, BAR, TOP, SIDE = 30.0, 16.0, 62.0, 16.0
FONT = 13.0
LONGEST = 360.0
"""Length of the longest bar in pixels."""
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b2733}.title{font-size:17px;font-weight:600}.note{fill:#51606f}"
    ".bar{fill:#2f6f8f}.bar.second{fill:#c9d8e0}.bar.below{fill:#b4532a}.axis{stroke:#8796a3;stroke-width:1}rect.paper{fill:#fff}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, the length of its bar, what stands behind it, and a second, paler bar beneath (such as a bound)."""

    name: str
    value: int
    text: str
    second: int | None = None


def bar_chart(key: str, title: str, note: str, bars: Sequence[Bar]) -> str:
    """Return an SVG document with one horizontal bar per row, negative ones to the left of the axis; equal input, equal bytes."""
    names = max((text_width(bar.name, FONT) for bar in bars), default=0.0)
    texts = max((text_width(bar.text, FONT) for bar in bars), default=0.0)
    values = [value for bar in bars for value in (bar.value, bar.second) if value is not None]
    most, least = max((0, *values)), min((0, *values))
    scale = LONGEST / max(most - least, 1)
    axis = SIDE + names + 12 - least * scale
    width = max(axis + most * scale + 10 + texts + SIDE, SIDE * 2 + text_width(title, 22), SIDE * 2 + text_width(note, FONT))
    height = TOP + ROW * len(bars) + SIDE
    rows = [part for i, bar in enumerate(bars) for part in _row(bar, TOP + i * ROW, axis, scale)]
    description = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    return str(
        picture(
            key, title, description, round(width), height,
            element("style", Markup(STYLE)),  # noqa: S704 - a constant of this module
            element("rect", x=0, y=0, width=round(width), height=height, class_="paper"),
            element("text", title, x=SIDE, y=26, class_="title"),
            element("text", note, x=SIDE, y=46, class_="note"),
            *rows,
            element("line", x1=axis, y1=TOP - 4, x2=axis, y2=height - SIDE + 4, class_="axis"),
        )
    ) + "\n"  # fmt: skip


def _row(bar: Bar, y: float, axis: float, scale: float) -> list[Markup]:
    found = [element("text", bar.name, x=SIDE, y=y + BAR - 3)]
    if bar.second is not None:
        found.append(_bar(bar.second, y + 4, axis, scale, "bar second"))
    found.append(
        _bar(bar.value, y, axis, scale, "bar below" if bar.value < 0 else "bar", BAR - 4 if bar.second is not None else BAR)
    )
    end = axis + max(bar.value, bar.second or 0, 0) * scale
    found.append(element("text", bar.text, x=end + 8, y=y + BAR - 3))
    return found


def _bar(value: int, y: float, axis: float, scale: float, class_: str, height: float = BAR) -> Markup:
    long = abs(value) * scale
    return element("rect", x=axis - (long if value < 0 else 0), y=y, width=max(long, 1), height=height, rx=2, class_=class_)
