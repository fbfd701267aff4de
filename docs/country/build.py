"""Builds docs/country.md: `python docs/country/build.py`. The words are those of text.md, every figure is one of measured.json.

`python -m tests.benchmarks.fan_out --page` measures and builds in one go.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parent / "country.md"


def page() -> str:
    """Return the text of the page."""
    found = json.loads((HERE / "measured.json").read_text(encoding="utf-8"))
    text = (HERE / "text.md").read_text(encoding="utf-8")
    for name, value in {**_tables(found), **_figures(found)}.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def tables(found: dict[str, Any]) -> str:
    """Return all tables, for a terminal."""
    return "\n\n".join(_tables(found).values())


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _tables(found: dict[str, Any]) -> dict[str, str]:
    units, serial = found["units"], found["serial"]
    return {
        "overhead": _table(
            ("workers", "start, s", "solve, s", "all parts, s", "critical path, s", "overhead, s", "overhead", "same bytes"),
            [
                (
                    f"{row['workers']} ({row['engine']})", f"{row['start_seconds']:.1f}", f"{row['seconds']:.2f}",
                    f"{row['part_seconds']:.2f}", f"{row['critical_path']:.2f}", f"{row['overhead_seconds']:.2f}",
                    f"{row['overhead']:.1%}", "yes" if row["same_bytes"] else "NO",
                )
                for row in found["rows"]
            ],
        ),
        "units": _table(
            ("unit", "measured"),
            [
                ("seconds of a part, median and most", f"{units['seconds_median']:.2f} and {units['seconds_most']:.2f}"),
                ("peak memory of a worker, MB", f"{units['memory_mb']}"),
                ("bytes of a task, median", f"{units['task_bytes_median']:,}"),
                ("bytes of an answer, median", f"{units['answer_bytes_median']:,}"),
                ("candidates per region, s (coordinator)", f"{serial['candidates_per_region']:.3f}"),
                ("judging, pricing and reasons per region, s (coordinator)", f"{serial['judging_per_region']:.3f}"),
            ],
        ),
        "sizes": _table(
            ("size", "companies", "parts", "arcs", "share of the largest part", "bytes of its task"),
            [
                (row["size"], f"{row['companies']:,}", f"{row['parts']}", f"{row['arcs']:,}", f"{row['share_of_largest']:.0%}",
                 f"{row['task_bytes']:,}")
                for row in found["sizes"]
            ],
        ),
        "expected": _table(
            ("workers", "search, s", "coordinator, s", "search faster by", "whole night faster by"),
            [
                (f"{row['workers']}", f"{row['search_seconds']:,.1f}", f"{row['serial_seconds']:.1f}",
                 f"{row['speed_up_of_search']:.1f}", f"{row['speed_up']:.1f}")
                for row in found["expected"]
            ],
        ),
    }  # fmt: skip


def _figures(found: dict[str, Any]) -> dict[str, str]:
    last = found["expected"][-1]
    return {
        "regions": str(found["regions"]),
        "companies": f"{found['companies']:,}",
        "trainees": f"{found['trainees']:,}",
        "seconds_here": f"{found['seconds_here']:.1f}",
        "limit": f"{found['deterministic_limit']:.0f}",
        "status": found["status"],
        "cores": str(found["machine"]["cores"]),
        "worst_overhead": f"{max(row['overhead'] for row in found['rows']):.1%}",
        "longest_part": f"{found['units']['seconds_most']:.1f}",
        "serial_at_last": f"{last['serial_seconds'] / (last['serial_seconds'] + last['search_seconds']):.0%}",
        "table_mb": f"{128 * found['units']['answer_bytes_median'] / 1_000_000:.1f}",
    }


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [" | ".join(cells) for cells in (head, *rows)]
    return "\n".join([f"| {lines[0]} |", "|" + "---|" * len(head), *(f"| {line} |" for line in lines[1:])])


if __name__ == "__main__":
    write()
