"""Quota of seats: the quotas that are not plain rows over arcs: with several sums, a free part, an end, or a price."""

from __future__ import annotations

from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.quota_use import is_plain, use_by_arc
from cohort_opt.problem.records import QuotaUse, SeatQuota
from cohort_opt.problem.stepwise import HARD, NO_END, Quotas

RULE = "seat_quota"


def applies(instance: Instance) -> bool:
    """Return whether any quota is more than a plain row."""
    return any(not is_plain(quota) for quota in instance.seat_quotas)


def arrays(view: View) -> dict[str, Any]:
    """Return these quotas as arrays; uses of runs and lines that never meet are left out."""
    group, run = view.problem.arc_group, view.problem.arc_run
    names: list[str] = []
    quota_rows: list[tuple[int, int]] = []
    block_quota: list[int] = []
    steps: list[tuple[int, int, int]] = []
    start, arcs, amounts = [0], [], []
    for quota in view.instance.seat_quotas:
        if is_plain(quota):
            continue
        allowed = {(row.block, row.step): row for row in quota.allowances}
        blocks: dict[str, int] = {}
        for (block, step), uses in sorted(_by_step(quota).items()):
            found = use_by_arc(uses, view.group, group, run, view.runs)
            if not len(found):
                continue
            if block not in blocks:
                blocks[block] = len(block_quota)
                block_quota.append(len(names))
            row = allowed.get((block, step))
            most = NO_END if row is None or row.at_most is None else row.at_most
            steps.append((blocks[block], row.free if row else 0, most))
            arcs += list(found)
            amounts += list(found.values())
            start.append(len(arcs))
        if blocks:
            names.append(f"{RULE}[{quota.id}]")
            quota_rows.append((quota.limit, HARD if quota.cents_over is None else quota.cents_over))
    table = np.array(steps, dtype=np.int64).reshape(-1, 3)
    limits = np.array(quota_rows, dtype=np.int64).reshape(-1, 2)
    ints = [np.array(values, dtype=np.int64) for values in (block_quota, start, arcs, amounts)]
    quotas = Quotas(tuple(names), limits[:, 0], limits[:, 1], ints[0], table[:, 0], table[:, 1], table[:, 2], *ints[1:])
    return {"quotas": quotas}


def _by_step(quota: SeatQuota) -> dict[tuple[str, int], list[QuotaUse]]:
    found: dict[tuple[str, int], list[QuotaUse]] = {}
    for use in quota.uses:
        found.setdefault((use.block, use.step), []).append(use)
    return found
