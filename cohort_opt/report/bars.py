"""Small pictures in running text: seats of a class, and a company's cost alone against together."""

from __future__ import annotations

from markupsafe import Markup

from cohort_opt.report.svg import element, small_picture, tone
from cohort_opt.report.view import ClassView
from cohort_opt.report.wording import euros

MOST_SEATS_DRAWN = 30
"""Larger classes are drawn as one bar."""
SEAT, STEP = 13.0, 17.0
BAR_WIDTH = 120.0


def seats_text(item: ClassView) -> str:
    """Return how full the class is: `11 of 12 seats taken, opens from 8`."""
    return f"{item.entry.size} of {item.entry.max_seats} seats taken, opens from {item.entry.min_seats}"


def draw_seats(item: ClassView, position: int) -> Markup:
    """Return the seats of a class as little squares, taken ones filled, with a mark at the minimum."""
    most, least = item.entry.max_seats, item.entry.min_seats
    if most > MOST_SEATS_DRAWN:
        return _seat_bar(item, position)
    seats = [
        element(
            "rect",
            x=1 + i * STEP,
            y=1,
            width=SEAT,
            height=SEAT,
            rx=3,
            class_=f"seat taken {tone(position)}" if i < item.entry.size else "seat",
        )
        for i in range(most)
    ]
    mark = least * STEP - 1
    return small_picture(
        seats_text(item),
        most * STEP,
        22,
        *seats,
        element("path", d=f"M{mark:.1f} 17v5M1 20H{mark:.1f}", class_="least"),
        class_="seats",
    )


def _seat_bar(item: ClassView, position: int) -> Markup:
    wide = 12 * STEP
    taken, least = (wide * value / item.entry.max_seats for value in (item.entry.size, item.entry.min_seats))
    return small_picture(
        seats_text(item),
        wide,
        22,
        element("rect", x=0.5, y=1, width=wide - 1, height=SEAT, rx=3, class_="seat"),
        element("rect", x=0.5, y=1, width=taken, height=SEAT, rx=3, class_=f"seat taken {tone(position)}"),
        element("path", d=f"M{least:.1f} 17v5M1 20H{least:.1f}", class_="least"),
        class_="seats",
    )


def draw_pooling(alone_cents: int, together_cents: int, most_cents: int) -> Markup:
    """Return two bars on the scale that all companies share: alone (outlined) above together (filled)."""
    alone, together = (BAR_WIDTH * cents / max(1, most_cents) for cents in (alone_cents, together_cents))
    return small_picture(
        f"alone {euros(alone_cents)}, together {euros(together_cents)}",
        BAR_WIDTH + 2,
        22,
        element("rect", x=1, y=2, width=max(1.0, alone), height=7, class_="alone"),
        element("rect", x=1, y=12, width=max(1.0, together), height=7, class_="together"),
        class_="pooling",
    )
