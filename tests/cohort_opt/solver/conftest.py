"""The best plan of a tiny compact problem by full enumeration, written from its sentence and not from the model."""

from itertools import product

import pytest


def _classes_of_run(problem, run, arcs):
    """Return (members, cost) of every class that this run may hold."""
    found = []
    counts = [range(int(problem.group_count[problem.arc_group[a]]) + 1) for a in arcs]
    for vector in product(*counts):
        size = sum(vector)
        members = {int(problem.arc_group[a]): c for a, c in zip(arcs, vector, strict=True) if c}
        if not problem.run_min[run] <= size <= problem.run_max[run]:
            continue
        if any(c < problem.group_min_part[g] for g, c in members.items()):
            continue
        if any(c and size < problem.arc_min_size[a] for a, c in zip(arcs, vector, strict=True)):
            continue
        if any(g in members and h in members for g, h in problem.apart.tolist()):
            continue
        cost = int(problem.run_fixed_cents[run])
        cost += sum(
            int(problem.arc_cents[a]) * c + (int(problem.arc_group_cents[a]) if c else 0)
            for a, c in zip(arcs, vector, strict=True)
        )
        found.append((vector, cost))
    return found


def _brute_force(problem):
    """Return the value of the best plan, None where no plan keeps every rule."""
    groups = problem.group_count.tolist()
    states = {(tuple(groups), (0,) * len(problem.capacity), (0,) * len(problem.absence)): 0}
    use = [dict(zip(*(part.tolist() for part in problem.capacity.row(i)), strict=True)) for i in range(len(problem.capacity))]
    away = [dict(zip(*(part.tolist() for part in problem.absence.row(i)), strict=True)) for i in range(len(problem.absence))]
    for run in range(problem.num_runs):
        arcs = [a for a in range(problem.num_arcs) if problem.arc_run[a] == run]
        classes = _classes_of_run(problem, run, arcs)
        # Totals over the classes of one run: how many opened, how many of each group sat in them, cheapest first.
        totals = {(0, (0,) * len(arcs)): 0}
        layer = dict(totals)
        for opened in range(1, int(problem.run_cap[run]) + 1):
            following = {}
            for (_, sat), cost in layer.items():
                for vector, extra in classes:
                    both = tuple(map(sum, zip(sat, vector, strict=True)))
                    if any(both[i] > groups[int(problem.arc_group[a])] for i, a in enumerate(arcs)):
                        continue
                    key = (opened, both)
                    if cost + extra < following.get(key, 10**12):
                        following[key] = cost + extra
            totals.update(following)
            layer = following
        reached = {}
        for (left, rooms, days), cost in states.items():
            for (opened, sat), extra in totals.items():
                if opened < problem.run_pinned[run] or any(s < problem.arc_pinned[a] for s, a in zip(sat, arcs, strict=True)):
                    continue
                after = list(left)
                for s, a in zip(sat, arcs, strict=True):
                    after[int(problem.arc_group[a])] -= s
                used = tuple(rooms[i] + use[i].get(run, 0) * opened for i in range(len(use)))
                gone = tuple(
                    days[i] + sum(away[i].get(a, 0) * s for s, a in zip(sat, arcs, strict=True)) for i in range(len(away))
                )
                if min(after) < 0 or any(u > limit for u, limit in zip(used, problem.capacity.limit, strict=True)):
                    continue
                if any(u > limit for u, limit in zip(gone, problem.absence.limit, strict=True)):
                    continue
                key = (tuple(after), used, gone)
                if cost + extra < reached.get(key, 10**12):
                    reached[key] = cost + extra
        states = reached
    values = [
        cost + sum(int(price) * n for price, n in zip(problem.group_unplaced_cents, left, strict=True))
        for (left, _, _), cost in states.items()
        if not any(n and must for n, must in zip(left, problem.group_must_place, strict=True))
    ]
    return min(values, default=None)


@pytest.fixture(scope="session")
def brute_force():
    """Return the enumeration."""
    return _brute_force


@pytest.fixture(scope="session")
def classes_of_run():
    """Return the enumeration of the classes of one run."""
    return _classes_of_run
