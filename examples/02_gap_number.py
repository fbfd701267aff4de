"""Fourteen trainees and classes of 8 to 12: one class leaves two waiting, two classes need sixteen. Three ways out.

What is cheapest depends on what waiting costs; here 6,000 euros a head.
"""

import json
from pathlib import Path
from typing import Any

from cohort_opt import instance_from_dict, propose

FILE = Path(__file__).parent / "gap_number" / "instance.json"


def as_asked(document: dict[str, Any]) -> None:
    """Leave everything as it is."""


def with_a_minimum_of_seven(document: dict[str, Any]) -> None:
    """Let a class open with seven."""
    document["courses"][0]["min_seats"] = 7


def with_two_more_trainees(document: dict[str, Any]) -> None:
    """Find two more who want the course: hazel sends four instead of two."""
    next(line for line in document["demands"] if line["id"] == "hazel-sawing")["count"] = 4


def report(title: str, document: dict[str, Any]) -> str:
    """Return one line: classes, who waits, cost."""
    proposal = propose(instance_from_dict(document))
    sizes = sorted((entry.size for entry in proposal.classes or ()), reverse=True)
    waiting = sum(entry.count for entry in proposal.unplaced or ())
    cost = (proposal.objective_cents or 0) // 100
    return f"{title:<28} classes of {' and '.join(map(str, sizes)):<8} {waiting} wait   {cost:>7,} euros, {proposal.status}"


if __name__ == "__main__":
    for repair in (as_asked, with_a_minimum_of_seven, with_two_more_trainees):
        changed = json.loads(FILE.read_text(encoding="utf-8"))
        repair(changed)
        print(report(repair.__name__.replace("_", " "), changed))
