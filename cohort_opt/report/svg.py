"""SVG elements as text: every attribute and every child that is not SVG already is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

NAMESPACE = "http://www.w3.org/2000/svg"
NUM_PATTERNS = 8
"""Line patterns and colours that courses go through in turn; `style.css` holds the colours `k0` to `k7`."""
DASHES = (None, "8 4", "2 4", "11 4 2 4", "16 5", "6 3 2 3 2 3", "4 7", "14 3 2 3 2 3 2 3")
"""Line pattern of each course in turn, so that no meaning hangs on colour alone; `None` = unbroken."""

Value = str | int | float | None


def element(name: str, *children: str | int, **attributes: Value) -> Markup:
    """Return one element; `_` in an attribute's name stands for `-`, a trailing `_` is dropped, `None` leaves it out.

    Numbers are rounded to one decimal, a tenth of a pixel.
    """
    parts = [Markup("<{}").format(name)]
    for key, value in attributes.items():
        if value is not None:
            parts.append(Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), number(value)))
    parts.append(Markup(">"))
    parts.extend(escape(child) for child in children)
    parts.append(Markup("</{}>").format(name))
    return Markup("").join(parts)


def number(value: str | int | float) -> str:
    """Return a coordinate with at most one decimal; text as it is."""
    if isinstance(value, str):
        return value
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def picture(
    key: str, title: str, description: str, width: float, height: float, *children: str, class_: str = "picture"
) -> Markup:
    """Return a picture that a screen reader announces by title and description; `key` makes their ids unique on the page."""
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *children,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        class_=class_,
    )


def small_picture(label: str, width: float, height: float, *children: str, class_: str) -> Markup:
    """Return a picture in running text that is announced by one label; an empty label marks it as ornament."""
    return element(
        "svg",
        *children,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img" if label else None,
        aria_label=label or None,
        aria_hidden=None if label else "true",
        class_=class_,
    )


def tone(position: int) -> str:
    """Return the colour class of a course by its position in the instance."""
    return f"k{position % NUM_PATTERNS}"


def dash(position: int) -> str | None:
    """Return the line pattern of a course by its position; shifted each round, so that colour and pattern repeat late."""
    return DASHES[(position + position // NUM_PATTERNS) % NUM_PATTERNS]


def line_sample(position: int) -> Markup:
    """Return a short line in colour and pattern of a course, for legends."""
    shape = {"x1": 1, "y1": 6, "x2": 43, "y2": 6, "stroke_width": 3}
    line = element("line", class_=f"link {tone(position)}", stroke_dasharray=dash(position), **shape)
    return small_picture("", 44, 12, line, class_="sample")


def text_width(text: str, size: float) -> float:
    """Return a cautious estimate of the width of a text in a sans-serif face of this size."""
    return sum(0.34 if c in "iljtfrI.,:;'|()[] " else 0.86 if c in "mwMW@%" else 0.58 for c in text) * size
