"""Random tiny compact problems with rules inside and across classes, and their best plan by trying everything.

Written from the sentences of `CompactProblem`, not from the model.
"""

import itertools
import random
from dataclasses import replace
from fractions import Fraction

import numpy as np

from cohort_opt.bench.small import compact, rows
from cohort_opt.problem.compact import ClassLimits

RULES = (
    "class_limits",
    "side_by_side",
    "size_steps",
    "links",
    "budgets",
    "spreads",
    "loads",
    "changes",
    "off_target",
    "cap",
    "pins",
)


def random_coupled(seed):
    """Return a problem of 2-3 groups and 1-3 runs with about half of the rules on, and the names of those that are."""
    dice = random.Random(f"coupled {seed}")
    on = {rule for rule in RULES if dice.random() < 0.4}
    groups = [dice.randint(1, 3) for _ in range(dice.randint(2, 3))]
    runs = []
    for _ in range(dice.randint(1, 2 if "cap" in on else 3)):
        least = dice.randint(1, 3)
        runs.append((dice.randint(0, 60), least, least + dice.randint(0, 3)))
    arcs = {(g, r): dice.randint(0, 20) for g in range(len(groups)) for r in range(len(runs)) if dice.random() < 0.85}
    keys = sorted(arcs, key=lambda key: (key[1], key[0]))
    number = {key: a for a, key in enumerate(keys)}
    problem = compact(
        groups, runs, arcs, unplaced=[dice.randint(10, 60) for _ in groups],
        cap=dict.fromkeys(range(len(runs)), 2) if "cap" in on else None,
        pinned={key: 1 for key in keys if dice.random() < 0.15} if "pins" in on else None,
    )  # fmt: skip
    changes = {}
    if "class_limits" in on:
        names, run, low, high, start, index = [], [], [], [], [0], []
        for i in range(dice.randint(1, 3)):
            r = dice.randrange(len(runs))
            inside = [a for (g, q), a in number.items() if q == r and dice.random() < 0.7]
            names.append(f"row[{i}]")
            run.append(r)
            low.append(dice.choice((0, 1, 1, 2)))
            high.append(low[-1] + dice.randint(0, 3))
            index += inside
            start.append(len(index))
        changes["class_limits"] = ClassLimits(tuple(names), *(_ints(v) for v in (run, low, high, start, index)))
    pairs = list(itertools.combinations(range(len(groups)), 2))
    if "side_by_side" in on:
        changes["side_by_side"] = _ints([dice.choice(pairs)])
    if "size_steps" in on and keys:
        steps = sorted({(a, dice.randint(1, 3)) for a in range(len(keys)) if dice.random() < 0.6})
        changes["size_steps"] = _ints([(a, c, dice.randint(1, 6)) for a, c in steps]).reshape(-1, 3)
    if "links" in on:
        later, first = dice.sample(range(len(groups)), 2)
        after = [-1] * len(groups)
        after[later] = first
        links = [(number[b], number[a]) for b in keys for a in keys if b[0] == first and a[0] == later and b[1] != a[1]]
        changes |= {"group_after": _ints(after), "links": _ints([p for p in links if dice.random() < 0.7]).reshape(-1, 2)}
    changes["run_seat_cents"] = _ints([dice.randint(0, 9) for _ in runs])
    if "budgets" in on and keys:
        own = {a: 1 for (g, _), a in number.items() if g in (0, 1)}
        changes["budgets"] = rows([("budget[c0]", dice.randint(10, 90), own)] if own else [])
    if "spreads" in on:
        changes["spreads"] = rows([("price_spread[k]", dice.randint(0, 25), dict.fromkeys(range(len(runs)), 1))])
    if "loads" in on:
        changes["loads"] = rows([("site_load[s,2027]", dice.randint(2, 7), dict.fromkeys(range(max(1, len(runs) - 1)), 1))])
    if "changes" in on:
        changes["arc_committed"] = _ints([dice.randint(0, 2) for _ in keys])
        changes["arc_change_cents"] = _ints([dice.randint(0, 30) for _ in keys])
        changes["constant_cents"] = dice.randint(0, 5)
    if "off_target" in on:
        changes["run_target"] = _ints([dice.randint(1, 5) for _ in runs])
        changes["run_off_target_cents"] = _ints([dice.choice((0, 7, 20)) for _ in runs])
    return replace(problem, **changes), on


def best_value(problem):
    """Return the least cost over every plan that keeps every rule; `None` where there is none."""
    best = None
    options = [list(_fillings(problem, run)) for run in range(problem.num_runs)]
    for chosen in itertools.product(*options):
        classes = [(run, vector) for run, held in enumerate(chosen) for vector in held]
        if _is_valid(problem, classes):
            cents = _cost(problem, classes)
            best = cents if best is None else min(best, cents)
    return best


def _ints(values):
    return np.array(values, dtype=np.int64)


def _arcs(problem, run):
    return [a for a in range(problem.num_arcs) if problem.arc_run[a] == run]


def _fillings(problem, run):
    """Yield every multiset of classes of one run; a class is a tuple of counts, one per arc of the run."""
    arcs = _arcs(problem, run)
    counts = [range(int(problem.group_count[problem.arc_group[a]]) + 1) for a in arcs]
    classes = [v for v in itertools.product(*counts) if problem.run_min[run] <= sum(v) <= problem.run_max[run]]
    for opened in range(int(problem.run_cap[run]) + 1):
        for held in itertools.combinations_with_replacement(classes, opened):
            if all(sum(v[i] for v in held) <= c[-1] for i, c in enumerate(counts)):
                yield held


def _is_valid(problem, classes):
    seats = [0] * problem.num_arcs
    sitting = []
    for run, vector in classes:
        held = dict(zip(_arcs(problem, run), vector, strict=True))
        sitting.append((run, held))
        for a, n in held.items():
            seats[a] += n
    placed = [sum(seats[a] for a in range(problem.num_arcs) if problem.arc_group[a] == g) for g in range(problem.num_groups)]
    if any(n > problem.group_count[g] for g, n in enumerate(placed)) or any(seats < problem.arc_pinned):
        return False
    if any(problem.run_pinned[r] > sum(run == r for run, _ in sitting) for r in range(problem.num_runs)):
        return False
    return (
        all(_class_holds(problem, run, held) for run, held in sitting)
        and all(_order_holds(problem, g, seats) for g in range(problem.num_groups))
        and _money_holds(problem, sitting)
        and _load_holds(problem, sitting)
    )


def _class_holds(problem, run, held):
    size = sum(held.values())
    limits = problem.class_limits
    for i in range(len(limits)):
        if limits.run[i] == run and not limits.lower[i] <= sum(held[a] for a in limits.arcs(i).tolist()) <= limits.upper[i]:
            return False
    here = {int(problem.arc_group[a]) for a, n in held.items() if n}
    if any((g in here) != (h in here) for g, h in problem.side_by_side.tolist()):
        return False
    return not any(held.get(a, 0) >= count and size < least for a, count, least in problem.size_steps.tolist())


def _order_holds(problem, g, seats):
    """Hall's condition: every set of later arcs finds enough seats among the first arcs linked to it."""
    if problem.group_after[g] < 0:
        return True
    later = [a for a in range(problem.num_arcs) if problem.arc_group[a] == g and seats[a]]
    for size in range(1, len(later) + 1):
        for some in itertools.combinations(later, size):
            first = {b for b, a in problem.links.tolist() if a in some}
            if sum(seats[a] for a in some) > sum(seats[b] for b in first):
                return False
    return True


def _load_holds(problem, sitting):
    """The runs of a row hold nobody, or enough."""
    for i, limit in enumerate(problem.loads.limit.tolist()):
        held = sum(sum(held.values()) for run, held in sitting if run in problem.loads.row(i)[0].tolist())
        if 0 < held < limit:
            return False
    return True


def _money_holds(problem, sitting):
    def up(fraction):
        return -(-fraction.numerator // fraction.denominator)

    for i, limit in enumerate(problem.budgets.limit.tolist()):
        own, spent = set(problem.budgets.row(i)[0].tolist()), 0
        for run, held in sitting:
            k, n = sum(c for a, c in held.items() if a in own), sum(held.values())
            spent += up(Fraction(int(problem.run_fixed_cents[run]) * k, n)) + k * int(problem.run_seat_cents[run])
        if spent > limit:
            return False
    for i, limit in enumerate(problem.spreads.limit.tolist()):
        prices = [
            up(Fraction(int(problem.run_fixed_cents[run]), sum(held.values()))) + int(problem.run_seat_cents[run])
            for run, held in sitting
            if run in problem.spreads.row(i)[0].tolist()
        ]
        if prices and max(prices) - min(prices) > limit:
            return False
    return True


def _cost(problem, classes):
    cents, seats = problem.constant_cents, [0] * problem.num_arcs
    for run, vector in classes:
        cents += int(problem.run_fixed_cents[run])
        cents += int(problem.run_off_target_cents[run]) * abs(sum(vector) - int(problem.run_target[run]))
        for a, n in zip(_arcs(problem, run), vector, strict=True):
            seats[a] += n
            cents += int(problem.arc_cents[a]) * n
    for g, price in enumerate(problem.group_unplaced_cents.tolist()):
        cents += price * (int(problem.group_count[g]) - sum(n for a, n in enumerate(seats) if problem.arc_group[a] == g))
    for a, n in enumerate(seats):
        cents += int(problem.arc_change_cents[a]) * max(0, int(problem.arc_committed[a]) - n)
    return cents
