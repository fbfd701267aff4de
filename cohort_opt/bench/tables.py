"""Tables of measured runs: raw lines as CSV, and Markdown."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_csv(file: Path, lines: Sequence[Mapping[str, object]]) -> None:
    """Write one line per run; the columns are those of the first line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]) if lines else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def spread(values: Sequence[float | None], form: str) -> str:
    """Return median, and least and most in brackets; `-` where nothing is known."""
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    middle = form.format(statistics.median(known))
    return middle if len(known) == 1 else f"{middle} ({form.format(min(known))} to {form.format(max(known))})"


def relative_gap(objective: float | None, bound: float | None) -> float | None:
    """Return how far the plan may lie above the bound, as a share of the plan; `None` where a figure is missing."""
    if objective is None or bound is None:
        return None
    return max(0.0, (objective - bound) / max(abs(objective), 1.0))
