"""What each seat uses of a quota, arc by arc."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.records import QuotaUse, SeatQuota
from cohort_opt.problem.run import Run


def is_plain(quota: SeatQuota) -> bool:
    """Return whether the quota is one sum that must hold, without a free part or an end."""
    sums = {(use.block, use.step) for use in quota.uses}
    return quota.cents_over is None and len(sums) < 2 and not any(row.free or row.at_most is not None for row in quota.allowances)


def use_by_arc(uses: Iterable[QuotaUse], line: Mapping[str, int], group: Ints, run: Ints, runs: Sequence[Run]) -> dict[int, int]:
    """Return what one seat of each arc uses, arcs ascending; arcs that use nothing are left out."""
    first = np.array([one.dates[0].toordinal() for one in runs], dtype=np.int64)
    last = np.array([one.dates[-1].toordinal() for one in runs], dtype=np.int64)
    return dict(sorted(use_by_days(uses, line, group, run, first, last).items()))


def use_by_days(
    uses: Iterable[QuotaUse], line: Mapping[str, int], group: Ints, run: Ints, first: Ints, last: Ints
) -> dict[int, int]:
    """Return the same from the first and last day of each run, as ordinals, shape (R,)."""
    found: dict[int, int] = {}
    for use in uses:
        inside = _within(first, use.starts_from, use.starts_until) & _within(last, use.ends_from, use.ends_until)
        wanted = np.array(sorted(line[name] for name in use.demands), dtype=np.int64)
        for arc in np.flatnonzero(np.isin(group, wanted) & inside[run]).tolist():
            found[arc] = found.get(arc, 0) + use.amount
    return found


def _within(days: Ints, first: dt.date | None, last: dt.date | None) -> Bools:
    low = dt.date.min if first is None else first
    high = dt.date.max if last is None else last
    inside: Bools = (days >= low.toordinal()) & (days <= high.toordinal())
    return inside
