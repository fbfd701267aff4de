"""Apart: two demand lines, or all lines of two companies, never sit in one class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance

RULE = "apart"


def applies(instance: Instance) -> bool:
    """Return whether any pair is kept apart."""
    return bool(instance.apart)


def arrays(view: View) -> dict[str, Any]:
    """Return the pairs of lines that could meet in a run."""
    runs_of = {g: frozenset(view.problem.arc_run[view.arcs_of_group(g)].tolist()) for pair in _pairs(view) for g in pair}
    could_meet = sorted({(min(g, h), max(g, h)) for g, h in _pairs(view) if runs_of[g] & runs_of[h]})
    return {"apart": np.array(could_meet, dtype=np.int64).reshape(-1, 2)}


def _pairs(view: View) -> Iterator[tuple[int, int]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for g, demand in enumerate(view.instance.demands):
        lines[demand.company].append(g)
    for pair in view.instance.apart:
        if pair.of == "demands":
            yield view.group[pair.first], view.group[pair.second]
        else:
            yield from ((g, h) for g in lines[pair.first] for h in lines[pair.second])
