"""Compact problems in a few words, and random ones small enough to enumerate: for tests and the soundness gate."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints, Rows

Row = tuple[str, int, Mapping[int, int]]
"""Name, limit, and use by variable."""


def rows(wanted: Iterable[Row]) -> Rows:
    """Return sparse rows from (name, limit, use by variable)."""
    table = list(wanted)
    entries = [(variable, use) for _, _, uses in table for variable, use in sorted(uses.items())]
    start = np.cumsum([0, *[len(uses) for _, _, uses in table]]).astype(np.int64)
    return Rows(
        tuple(name for name, _, _ in table),
        _ints(limit for _, limit, _ in table),
        start,
        _ints(variable for variable, _ in entries),
        _ints(use for _, use in entries),
    )


def compact(
    groups: Sequence[int],
    runs: Sequence[tuple[int, int, int]],
    arcs: Mapping[tuple[int, int], int],
    *,
    unplaced: int | Sequence[int] = 100,
    min_part: Mapping[int, int] | None = None,
    must_place: Iterable[int] = (),
    cap: Mapping[int, int] | None = None,
    run_pinned: Mapping[int, int] | None = None,
    once: Mapping[tuple[int, int], int] | None = None,
    min_size: Mapping[tuple[int, int], int] | None = None,
    pinned: Mapping[tuple[int, int], int] | None = None,
    capacity: Iterable[Row] = (),
    absence: Iterable[tuple[str, int, Iterable[tuple[int, int]]]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> CompactProblem:
    """Return a compact problem.

    Parameters
    ----------
    groups
        Trainees per group.
    runs
        (fixed cents, least, most seats) per run.
    arcs
        Cents per trainee by (group, run).
    min_part, cap, run_pinned, once, min_size, pinned
        Exceptions by group, run or (group, run); the defaults are 1, 1, 0, 0, 0, 0.
    absence
        (name, limit, arcs as (group, run)) per row.
    """
    number = {key: a for a, key in enumerate(sorted(arcs, key=lambda key: (key[1], key[0])))}
    keys = list(number)
    prices = [unplaced] * len(groups) if isinstance(unplaced, int) else unplaced
    forced = set(must_place)
    return CompactProblem(
        group_ids=tuple(f"g{g}" for g in range(len(groups))),
        group_count=_ints(groups),
        group_unplaced_cents=_ints(prices),
        group_min_part=_ints((min_part or {}).get(g, 1) for g in range(len(groups))),
        group_must_place=np.array([g in forced for g in range(len(groups))], dtype=np.bool_),
        run_ids=tuple(f"r{r}" for r in range(len(runs))),
        run_fixed_cents=_ints(fixed for fixed, _, _ in runs),
        run_cap=_ints((cap or {}).get(r, 1) for r in range(len(runs))),
        run_min=_ints(least for _, least, _ in runs),
        run_max=_ints(most for _, _, most in runs),
        run_pinned=_ints((run_pinned or {}).get(r, 0) for r in range(len(runs))),
        arc_group=_ints(g for g, _ in keys),
        arc_run=_ints(r for _, r in keys),
        arc_cents=_ints(arcs[key] for key in keys),
        arc_group_cents=_ints((once or {}).get(key, 0) for key in keys),
        arc_min_size=_ints((min_size or {}).get(key, 0) for key in keys),
        arc_pinned=_ints((pinned or {}).get(key, 0) for key in keys),
        capacity=rows(capacity),
        absence=rows((name, limit, {number[key]: 1 for key in used}) for name, limit, used in absence),
        apart=np.array(sorted(apart), dtype=np.int64).reshape(-1, 2),
    )


def random_problem(seed: int, *, pins: bool = False) -> CompactProblem:
    """Return a problem of 1-4 groups and 1-3 runs with random rules on; the same seed gives the same problem.

    Parameters
    ----------
    pins
        Also draw pins and groups that must be placed, so that some problems have no plan.
    """
    dice = random.Random(seed)  # noqa: S311 - reproducible cases, not secrets
    groups = [dice.randint(1, 4) for _ in range(dice.randint(1, 4))]
    runs = []
    for _ in range(dice.randint(1, 3)):
        least = dice.randint(0, 4)
        runs.append((dice.randint(0, 60) if dice.random() < 0.9 else -5, least, least + dice.randint(0 if least else 1, 4)))
    arcs = {(g, r): dice.randint(0, 40) for g in range(len(groups)) for r in range(len(runs)) if dice.random() < 0.8}
    keys = sorted(arcs)

    def some(of: Sequence[tuple[int, int]], share: float, low: int, high: int) -> dict[tuple[int, int], int]:
        return {key: dice.randint(low, high) for key in of if dice.random() < share}

    is_on = {rule: dice.random() < 0.4 for rule in ("parts", "cap", "once", "size", "capacity", "absence", "apart")}
    pairs = [(g, h) for g in range(len(groups)) for h in range(g + 1, len(groups))]
    return compact(
        groups,
        runs,
        arcs,
        unplaced=[dice.randint(0, 60) for _ in groups],
        min_part={g: dice.choice([n, 2]) for g, n in enumerate(groups) if dice.random() < 0.6} if is_on["parts"] else None,
        cap={r: dice.randint(1, 3) for r in range(len(runs))} if is_on["cap"] else None,
        once=some(keys, 0.5, 1, 30) if is_on["once"] else None,
        min_size=some(keys, 0.4, 2, 6) if is_on["size"] else None,
        capacity=[("room", dice.randint(0, 2), {r: dice.randint(1, 2) for r in range(len(runs))})] if is_on["capacity"] else (),
        absence=[("away", dice.randint(0, 4), [key for key in keys if key[0] < 2])] if is_on["absence"] else (),
        apart=[pair for pair in pairs if dice.random() < 0.4] if is_on["apart"] else (),
        pinned=some(keys, 0.3, 1, 2) if pins else None,
        run_pinned={r: 1 for r in range(len(runs)) if dice.random() < 0.3} if pins else None,
        must_place=[g for g in range(len(groups)) if dice.random() < 0.3] if pins else (),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
