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
from cohort_opt.problem.stepwise import Grants, Quotas

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
    "grants",
    "quotas",
    "support",
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
    if "grants" in on and keys:
        changes |= _random_grants(dice, problem)
    if "quotas" in on and keys:
        changes["quotas"] = _random_quotas(dice, len(keys))
    if "support" in on:
        changes["arc_support_seats"] = _ints([dice.choice((0, 0, 1, 2)) for _ in keys])
        changes["arc_group_cents"] = _ints([dice.choice((0, 6, 15)) for _ in keys])
    return replace(problem, **changes), on


def _random_grants(dice, problem):
    """Return step grants with the least credit that is never too small for one step alone: the sum of all cents of the arc."""
    rows = []
    for a in range(problem.num_arcs):
        for _ in range(dice.choice((0, 1, 1, 2))):
            low, first = dice.randint(1, 5), dice.randint(1, 2)
            high, last = low + dice.choice((0, 1, 500)), first + dice.choice((0, 1, 500))
            rows.append((a, dice.choice((-1, -1, 0, 1)), low, high, first, last, dice.randint(0, 40)))
    table = _ints(rows).reshape(-1, 7)
    credit = np.zeros(problem.num_arcs, dtype=np.int64)
    np.add.at(credit, table[:, 0], table[:, 6])
    grants = Grants.of(table, _ints([dice.randint(0, 60), dice.randint(0, 60)]))
    return {"arc_cents": problem.arc_cents - credit, "arc_credit_cents": credit, "grants": grants}


def _random_quotas(dice, num_arcs):
    """Return one or two quotas of one or two blocks of one or two steps each."""
    names, limit, cents, block_quota, step_block, free, most, start, arcs, amounts = [], [], [], [], [], [], [], [0], [], []
    for q in range(dice.randint(1, 2)):
        names.append(f"seat_quota[{q}]")
        limit.append(dice.randint(0, 3))
        cents.append(dice.choice((-1, -1, 0, 5, 25)))
        for _ in range(dice.randint(1, 2)):
            block_quota.append(q)
            for _ in range(dice.randint(1, 2)):
                step_block.append(len(block_quota) - 1)
                free.append(dice.choice((0, 0, 1, 2)))
                most.append(dice.choice((-1, -1, 1, 3)))
                own = [a for a in range(num_arcs) if dice.random() < 0.6] or [0]
                arcs += own
                amounts += [dice.randint(1, 2) for _ in own]
                start.append(len(arcs))
    return Quotas(tuple(names), *(_ints(v) for v in (limit, cents, block_quota, step_block, free, most, start, arcs, amounts)))


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
        and all(used <= limit for used, limit, cents in _quota_use(problem, seats) if cents < 0)
    )


def _class_holds(problem, run, held):
    size = sum(held.values())
    support = sum(int(problem.arc_support_seats[a]) for a, n in held.items() if n)
    if size + support > problem.run_max[run]:
        return False
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
            cents += int(problem.arc_cents[a]) * n + (int(problem.arc_group_cents[a]) if n else 0)
    for g, price in enumerate(problem.group_unplaced_cents.tolist()):
        cents += price * (int(problem.group_count[g]) - sum(n for a, n in enumerate(seats) if problem.arc_group[a] == g))
    for a, n in enumerate(seats):
        cents += int(problem.arc_change_cents[a]) * max(0, int(problem.arc_committed[a]) - n)
    cents += sum(max(0, used - limit) * price for used, limit, price in _quota_use(problem, seats) if price > 0)
    # The costs of the arcs hold the credit; give it back, and take what the grants really bring.
    return cents + sum(int(problem.arc_credit_cents[a]) * n for a, n in enumerate(seats)) - _granted(problem, classes)


def _granted(problem, classes):
    grants, pots = problem.grants, {}
    for run, vector in classes:
        for a, n in zip(_arcs(problem, run), vector, strict=True):
            for i in range(len(grants)):
                if grants.arc[i] == a and grants.first_size[i] <= sum(vector) <= grants.last_size[i]:
                    paid = sum(
                        int(grants.cents[i]) for seat in range(1, n + 1) if grants.first_seat[i] <= seat <= grants.last_seat[i]
                    )
                    pots[int(grants.pot[i])] = pots.get(int(grants.pot[i]), 0) + paid
    return sum(cents if pot < 0 else min(cents, int(grants.pot_cents[pot])) for pot, cents in pots.items())


def _quota_use(problem, seats):
    """Yield use, limit and price of each quota."""
    quotas = problem.quotas
    for q in range(len(quotas)):
        used = 0
        for block in [b for b, owner in enumerate(quotas.block_quota.tolist()) if owner == q]:
            worst = 0
            for step in [s for s, owner in enumerate(quotas.step_block.tolist()) if owner == block]:
                entries = range(int(quotas.start[step]), int(quotas.start[step + 1]))
                counted = sum(int(quotas.amount[e]) * int(seats[int(quotas.arc[e])]) for e in entries)
                end = int(quotas.most[step])
                worst = max(worst, (counted if end < 0 else min(counted, end)) - int(quotas.free[step]))
            used += worst
        yield used, int(quotas.limit[q]), int(quotas.cents[q])
