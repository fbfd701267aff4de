"""The form of a company's counts: what its fields say, as the lines and closed days that a schema judges."""

from __future__ import annotations

from typing import Any

from flask import request

from service.views.typed import cents, whole

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def lines(stored: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of the form: fields are named by row, and rows without a count are left out.

    What the form does not show (outside options, the area) stays as it was stored for the line.
    """
    form = request.form
    rows = [row for row in form.getlist("row") if form.get(f"{row}-count", "").strip()]
    return [_line(row, stored.get(form.get(f"{row}-line") or form.get(f"{row}-course", ""), {})) for row in rows]


def closed(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the closed days of the form; as they were stored where it has no fields for them. One day needs its first alone."""
    form = request.form
    if "closed-first" not in form:
        return stored
    periods = zip(form.getlist("closed-first"), form.getlist("closed-last"), strict=False)
    return [{"first": first, "last": last or first} for first, last in periods if first or last]


# ---- inside --------------------------------------------------------------------------------------------------------------


def _line(row: str, stored: dict[str, Any]) -> dict[str, Any]:
    form = request.form
    line: dict[str, Any] = {
        **stored,
        "max_seat_price_cents": None,
        "course": form.get(f"{row}-course", ""),
        "count": whole(form.get(f"{row}-count", "")),
        "earliest_start": form.get(f"{row}-earliest_start", ""),
        "latest_start": form.get(f"{row}-latest_start", ""),
        "max_travel_km": whole(form.get(f"{row}-max_travel_km", "")),
        "weekdays": form.getlist(f"{row}-weekdays") or list(WEEKDAYS),
        "patterns": form.getlist(f"{row}-patterns") or ["block", "day_release"],
        "together": bool(form.get(f"{row}-together")),
    }
    if form.get(f"{row}-line"):
        line["line"] = form[f"{row}-line"]
    if form.get(f"{row}-max_seat_price", "").strip():
        line["max_seat_price_cents"] = cents(form[f"{row}-max_seat_price"])
    if f"{row}-credited" in form:
        line |= _more(row)
    return line


def _more(row: str) -> dict[str, Any]:
    """Return what the second half of a line's form says, which an older or shorter form leaves out."""
    form = request.form
    answers = zip(*(form.getlist(f"{row}-{name}") for name in ("rule", "on", "yes", "no", "ask")), strict=False)
    return {
        "accepts_boarding": bool(form.get(f"{row}-accepts_boarding")),
        "credited": _or_zero(form.get(f"{row}-credited", "")),
        "support_seats": _or_zero(form.get(f"{row}-support_seats", "")),
        "eligibility": [
            {"rule": rule, "on": on, "yes": _or_zero(yes), "no": _or_zero(no), "ask": _or_zero(ask)}
            for rule, on, yes, no, ask in answers
            if rule.strip()
        ],
    }


def _or_zero(text: str) -> object:
    """Return what is typed as a number; zero where nothing is."""
    return whole(text.strip() or "0")
