"""What a plan breaks and costs of the rules that look inside a class or tie classes together, in integers, class by class.

The gate of the solver room for these rules; the judge of a proposal is another one. A problem that uses none of them pays
nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Protocol

import numpy as np

from cohort_opt.model.routing import can_route
from cohort_opt.problem.compact import CompactProblem, Ints


class Seated(Protocol):
    """What is read of a plan."""

    @property
    def class_run(self) -> Ints:
        """Run of each class."""

    @property
    def member_class(self) -> Ints:
        """Class of each member."""

    @property
    def member_group(self) -> Ints:
        """Group of each member."""

    @property
    def member_count(self) -> Ints:
        """Trainees of each member."""

    def sizes(self) -> Ints:
        """Trainees per class."""

    def seats(self, problem: CompactProblem) -> Ints:
        """Trainees per arc."""

    def member_arc(self, problem: CompactProblem) -> Ints:
        """Arc of each member."""

    def open_classes(self, problem: CompactProblem) -> Ints:
        """Classes per run."""


def coupling_faults(problem: CompactProblem, plan: Seated) -> dict[str, bool]:
    """Return whether each of these rules is broken; empty where the problem uses none."""
    if not problem.beyond_matrix():
        return {}
    return {
        "class_limits": _limits_broken(problem, plan),
        "side_by_side": _one_without_the_other(problem, plan),
        "stand_alone_price": _steps_broken(problem, plan),
        "module_order": _order_broken(problem, plan),
        "budget": _budget_broken(problem, plan),
        "price_spread": _spread_broken(problem, plan),
        "site_load": _load_broken(problem, plan),
        "seat_quota": _quota_broken(problem, plan),
        "support_seats": _support_broken(problem, plan),
    }


def coupled_cents(problem: CompactProblem, plan: Seated) -> int:
    """Return the cost of moved seats and of classes off their wished size, and what no plan can avoid."""
    cents = problem.constant_cents
    if (problem.arc_change_cents * problem.arc_committed).any():
        moved = np.maximum(problem.arc_committed - plan.seats(problem), 0)
        cents += int((moved * problem.arc_change_cents).sum())
    if problem.run_off_target_cents.any():
        off = np.abs(plan.sizes() - problem.run_target[plan.class_run])
        cents += int((off * problem.run_off_target_cents[plan.class_run]).sum())
    if len(problem.quotas):
        over = np.maximum(problem.quotas.used(plan.seats(problem)) - problem.quotas.limit, 0)
        cents += int((over * np.maximum(problem.quotas.cents, 0)).sum())
    return cents + _taken_back(problem, plan)


def _taken_back(problem: CompactProblem, plan: Seated) -> int:
    """Return the credit of the seats of step grants, less what the grants bring after their pots; at least 0."""
    grants = problem.grants
    if not len(grants):
        return 0
    by_arc, sizes, seats = _arc_class(problem, plan), plan.sizes().tolist(), plan.seats(problem)
    stepwise = np.unique(grants.arc)
    credit = int((problem.arc_credit_cents[stepwise] * seats[stepwise]).sum())
    free, claimed = 0, [0] * len(grants.pot_cents)
    for i, (arc, pot) in enumerate(zip(grants.arc.tolist(), grants.pot.tolist(), strict=True)):
        brought = sum(grants.brings(i, count, sizes[number]) for number, count in by_arc.get(arc, ()))
        if pot < 0:
            free += brought
        else:
            claimed[pot] += brought
    paid = sum(min(cents, int(most)) for cents, most in zip(claimed, grants.pot_cents.tolist(), strict=True))
    return credit - free - paid


def seat_price(fixed_cents: int, seat_cents: int, size: int) -> int:
    """Return the price of a seat in a class of this size, rounded up to the cent."""
    return -(-fixed_cents // size) + seat_cents


def share_cents(fixed_cents: int, seat_cents: int, size: int, seats: int) -> int:
    """Return what `seats` of the `size` seats of a class cost together, rounded up to the cent."""
    return -(-fixed_cents * seats // size) + seat_cents * seats


def _arc_class(problem: CompactProblem, plan: Seated) -> dict[int, list[tuple[int, int]]]:
    """Return (class, trainees) pairs by arc."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = zip(plan.member_arc(problem).tolist(), plan.member_class.tolist(), plan.member_count.tolist(), strict=True)
    for arc, number, count in rows:
        found[arc].append((number, count))
    return found


def _limits_broken(problem: CompactProblem, plan: Seated) -> bool:
    limits = problem.class_limits
    if not len(limits):
        return False
    by_arc = _arc_class(problem, plan)
    classes_of: dict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(plan.class_run.tolist()):
        classes_of[run].append(number)
    for i, run in enumerate(limits.run.tolist()):
        if run not in classes_of:
            continue
        held: Counter[int] = Counter()
        for arc in limits.arcs(i).tolist():
            for number, count in by_arc.get(arc, ()):
                held[number] += count
        low, high = int(limits.lower[i]), int(limits.upper[i])
        if any(not low <= held[number] <= high for number in classes_of[run]):
            return True
    return False


def _one_without_the_other(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.side_by_side):
        return False
    sitting: dict[int, set[int]] = defaultdict(set)
    for number, group in zip(plan.member_class.tolist(), plan.member_group.tolist(), strict=True):
        sitting[group].add(number)
    return any(sitting[first] != sitting[second] for first, second in problem.side_by_side.tolist())


def _steps_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.size_steps):
        return False
    by_arc, sizes = _arc_class(problem, plan), plan.sizes().tolist()
    return any(
        held >= count and sizes[number] < size
        for arc, count, size in problem.size_steps.tolist()
        for number, held in by_arc.get(arc, ())
    )


def _order_broken(problem: CompactProblem, plan: Seated) -> bool:
    later = np.flatnonzero(problem.group_after >= 0).tolist()
    if not later:
        return False
    seats = plan.seats(problem)
    for group in later:
        mine = problem.arc_group == group
        wanted = {arc: int(seats[arc]) for arc in np.flatnonzero(mine & (seats > 0)).tolist()}
        links = problem.links[mine[problem.links[:, 1]]] if len(problem.links) else problem.links
        edges = [(first, second) for first, second in links.tolist() if second in wanted and seats[first]]
        given = {first: int(seats[first]) for first, _ in edges}
        if not can_route(given, wanted, edges):
            return True
    return False


def _budget_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.budgets):
        return False
    by_arc, sizes = _arc_class(problem, plan), plan.sizes().tolist()
    for i, limit in enumerate(problem.budgets.limit.tolist()):
        held: Counter[int] = Counter()
        for arc in problem.budgets.row(i)[0].tolist():
            for number, count in by_arc.get(arc, ()):
                held[number] += count
        spent = 0
        for number, count in held.items():
            run = int(plan.class_run[number])
            spent += share_cents(int(problem.run_fixed_cents[run]), int(problem.run_seat_cents[run]), sizes[number], count)
        if spent > limit:
            return True
    return False


def _spread_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.spreads):
        return False
    price: dict[int, list[int]] = defaultdict(list)
    for run, size in zip(plan.class_run.tolist(), plan.sizes().tolist(), strict=True):
        price[run].append(seat_price(int(problem.run_fixed_cents[run]), int(problem.run_seat_cents[run]), max(size, 1)))
    for i, limit in enumerate(problem.spreads.limit.tolist()):
        prices = [cents for run in problem.spreads.row(i)[0].tolist() for cents in price.get(run, ())]
        if prices and max(prices) - min(prices) > limit:
            return True
    return False


def _load_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.loads):
        return False
    held = np.zeros(problem.num_runs, dtype=np.int64)
    np.add.at(held, plan.class_run, plan.sizes())
    together = np.zeros(len(problem.loads), dtype=np.int64)
    np.add.at(together, problem.loads.owner(), held[problem.loads.index])
    return bool(((together > 0) & (together < problem.loads.limit)).any())


def _quota_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not len(problem.quotas):
        return False
    over = problem.quotas.used(plan.seats(problem)) > problem.quotas.limit
    return bool((over & (problem.quotas.cents < 0)).any())


def _support_broken(problem: CompactProblem, plan: Seated) -> bool:
    if not problem.arc_support_seats.any():
        return False
    taken = plan.sizes()
    np.add.at(taken, plan.member_class, problem.arc_support_seats[plan.member_arc(problem)])
    return bool((taken > problem.run_max[plan.class_run]).any())
