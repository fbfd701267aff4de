"""Side by side: a class holds both of two demand lines or neither."""

from __future__ import annotations

from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance

RULE = "side_by_side"


def applies(instance: Instance) -> bool:
    """Return whether any pair sits side by side."""
    return bool(instance.side_by_side)


def arrays(view: View) -> dict[str, Any]:
    """Return the pairs."""
    pairs = sorted({tuple(sorted((view.group[p.first], view.group[p.second]))) for p in view.instance.side_by_side})
    return {"side_by_side": np.array(pairs, dtype=np.int64).reshape(-1, 2)}
