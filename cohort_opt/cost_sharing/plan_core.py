"""The least core of a plan game by row generation, with a proven bound on what any group could still gain by leaving.

    minimise e   subject to   x(S) <= v(S) + e for the coalitions known so far,   x(N) = total
    then stay within that e, as near as can be to the same relative saving for all

The point is rounded to cents, and the oracle looks for the group with most to gain at these cents; its coalitions become rows.
It ends when the group that gains most is known already, or after so many rounds; the cents with the least bound are kept. Nothing
of the linear programs is believed: the bound comes from the oracle at whole cents, and what any split must leave is proven in
fractions. For any weights w >= 0 that cover every company equally often, m times, x(S) <= v(S) + e gives

    e * sum w[S] >= m * total - sum w[S] v(S)

and the multipliers of the program, mended by the companies alone until the cover is equal, are such weights.

Where even the least excess is positive the core is empty. The smallest subsidy that would make the plan stable is found in the
same way: as much as can be collected while no group pays more than alone, with a bound from above by the same weights.

References
----------
Maschler, Peleg, Shapley (1979), doi:10.1287/moor.4.4.303. Rows as they are violated, with a solver as oracle: Frisk et
al. (2010), doi:10.1016/j.ejor.2010.01.015; Guajardo, Ronnqvist (2015), doi:10.1016/j.ejor.2014.06.040.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cohort_opt.cost_sharing.plan_game import PlanGame
from cohort_opt.cost_sharing.protocols import LinearAnswer, LinearProgram, Priced, Row, SolvedCoalitions
from cohort_opt.cost_sharing.rounding import round_to_cents
from cohort_opt.errors import SolverError

MAX_ROUNDS = 400
"""Most questions to the oracle; a safety net, far above what the goal sizes need."""
_TOLERANCE = 1e-7
"""Parts of the total that a program's answer may be off."""


@dataclass(frozen=True, slots=True)
class PlanShares:
    """A split of a plan's total and what is proven of it; shapes (n,), companies ascending.

    Parameters
    ----------
    shares_cents
        Everything a company bears: its part of the classes, its journeys and its outside options.
    alone_cents
        What it would pay on its own, by the same game.
    excess_cents
        Proven: no group pays more than this above what it would pay on its own; at most 0 = nobody gains by leaving.
    objectors
        The group that gains most of those found; empty if none gains.
    least_excess_cents
        Proven: every split leaves some group at least this much above its own cost, rounded down.
    subsidy_cents
        Least money from outside that would make the plan stable: proven bounds (at least, at most); `None` where none is needed.
    family
        Coalitions and weights that prove the lower bound of the subsidy; empty where none is needed.
    rounds, rows
        Questions to the oracle, and coalitions that became rows.
    """

    shares_cents: tuple[int, ...]
    alone_cents: tuple[int, ...]
    excess_cents: int
    objectors: tuple[str, ...]
    least_excess_cents: int
    subsidy_cents: tuple[int, int] | None
    family: tuple[tuple[tuple[str, ...], Fraction], ...]
    rounds: int
    rows: int


def plan_core(game: PlanGame, oracle: SolvedCoalitions, program: LinearProgram, max_rounds: int = MAX_ROUNDS) -> PlanShares:
    """Return the split of the least core nearest to equal relative saving, and its certificate.

    Raises
    ------
    SolverError
        If the linear program gives up.
    """
    alone = tuple(oracle.cost(1 << i).cents for i in range(len(game.companies)))
    if len(game.companies) == 1:
        return PlanShares((game.total_cents,), alone, 0, (), 0, None, (), 0, 0)
    search = _Search(game, oracle, program, alone)
    shares, excess, objectors = search.stable(max_rounds)
    least = search.least_excess()
    subsidy, family = search.subsidy(max_rounds) if excess > 0 and least > 0 else (None, ())
    return PlanShares(
        shares, alone, excess, objectors, math.floor(least), subsidy, family, search.rounds, len(search.rows)
    )  # fmt: skip


class _Search:
    """Rows found so far, and the programs over them; amounts in the programs are parts of the total."""

    def __init__(self, game: PlanGame, oracle: SolvedCoalitions, program: LinearProgram, alone: Sequence[int]) -> None:
        self._game, self._oracle, self._program, self._alone = game, oracle, program, alone
        self._count = len(game.companies)
        self._scale = max(1, game.total_cents)
        self.rows = {1 << i: cents for i, cents in enumerate(alone)}
        self._learn(oracle.cost(game.everybody & ~(1 << i)) for i in range(self._count))
        self.rounds = 0

    def stable(self, max_rounds: int) -> tuple[tuple[int, ...], int, tuple[str, ...]]:
        """Return the shares with the least bound on what a group gains, that bound, and the group."""
        best: tuple[int, tuple[int, ...], tuple[str, ...]] | None = None
        for _ in range(max_rounds):
            excess = self._least()[0]
            shares = self._in_cents(self._near(excess), self._game.total_cents)
            found, bound = self._objections(shares)
            if best is None or bound < best[0]:
                best = (bound, shares, self._who(found, shares))
            if bound <= excess * self._scale + self._slack or not self._learn(found):
                break
        if best is None:
            raise ValueError("at least one round is needed")
        return best[1], best[0], best[2]

    def least_excess(self) -> Fraction:
        """Return what every split leaves some group above its own cost at least: the bound that the weights prove."""
        weights, cover = self._balanced(self._least()[1])
        left = cover * self._game.total_cents - sum(weight * self.rows[s] for s, weight in weights.items())
        return left / sum(weights.values())

    def subsidy(self, max_rounds: int) -> tuple[tuple[int, int], tuple[tuple[tuple[str, ...], Fraction], ...]]:
        """Return proven bounds on the least subsidy, and the coalitions and weights that prove the lower one."""
        most = self._game.total_cents
        for _ in range(max_rounds):
            point, _ = self._collected()
            shares = [math.floor(Fraction(value) * self._scale) for value in point]
            found, bound = self._objections(shares)
            most = min(most, self._game.total_cents - sum(shares) + self._count * max(0, bound))
            if bound <= self._slack or not self._learn(found):
                break
        weights, cover = self._balanced(self._collected()[1])
        collected = sum((weight * self.rows[s] for s, weight in weights.items()), Fraction(0)) / cover
        least = max(0, math.ceil(self._game.total_cents - collected))
        return (least, most), tuple((self._game.names(s), weight) for s, weight in sorted(weights.items()) if weight)

    @property
    def _slack(self) -> int:
        """Return what rounding to cents and the programs' tolerance may add to an excess."""
        return self._count + math.ceil(_TOLERANCE * self._scale)

    def _objections(self, shares: Sequence[int]) -> tuple[tuple[Priced, ...], int]:
        self.rounds += 1
        return self._oracle.objections(shares)

    def _learn(self, found: Iterable[Priced]) -> bool:
        """Add rows; return whether any is new or cheaper than known."""
        news = False
        for priced in found:
            if priced.coalition in (0, self._game.everybody):
                continue
            known = self.rows.get(priced.coalition)
            if known is None or priced.cents < known:
                self.rows[priced.coalition] = priced.cents
                news = True
        return news

    def _least(self) -> tuple[float, tuple[float, ...]]:
        """Return the least excess over the rows, as a part of the total, and the multipliers of the rows."""
        answer = self._solve([0] * self._count + [1], [self._row(s, 0, slack=True) for s in self.rows])
        if answer is None:
            raise SolverError("the least excess of a plan game has no answer, although equal shares are one")
        return answer.values[-1], answer.duals[: len(self.rows)]

    def _near(self, excess: float) -> Sequence[float]:
        """Return the point within the excess whose relative saving differs least from that of all together."""
        whole = max(1, sum(self._alone))
        room = excess + _TOLERANCE
        rows = [self._row(s, room, slack=False) for s in self.rows]
        for i, alone in enumerate(self._alone):
            target, weight = Fraction(alone, whole), Fraction(max(1, alone), whole)
            rows.append(Row(((i, 1), (self._count, -weight)), most=target))
            rows.append(Row(((i, 1), (self._count, weight)), least=target))
        answer = self._solve([0] * self._count + [1], rows)
        if answer is None:
            raise SolverError("no split keeps the least excess of a plan game that was just found")
        return answer.values[: self._count]

    def _collected(self) -> tuple[Sequence[float], tuple[float, ...]]:
        """Return the most that can be collected while no known group pays more than its own cost."""
        rows = [self._row(s, 0, slack=False) for s in self.rows]
        answer = self._program.minimise([-1] * self._count, [*rows, Row(self._members(self._game.everybody), most=1)])
        if answer is None:
            raise SolverError("nothing can be collected in a plan game, although nothing is an answer")
        return answer.values, answer.duals[: len(self.rows)]

    def _solve(self, costs: Sequence[int], rows: list[Row]) -> LinearAnswer | None:
        """Solve a program over shares that add up to the total, and one variable more."""
        return self._program.minimise(costs, [*rows, Row(self._members(self._game.everybody), least=1, most=1)])

    def _row(self, coalition: int, room: float, *, slack: bool) -> Row:
        """Return x(S) (- e) <= v(S) + room."""
        members = self._members(coalition)
        most = Fraction(self.rows[coalition], self._scale) + Fraction(room)
        return Row((*members, (self._count, -1)) if slack else members, most=most)

    def _members(self, coalition: int) -> tuple[tuple[int, int], ...]:
        return tuple((i, 1) for i in range(self._count) if coalition >> i & 1)

    def _balanced(self, duals: Sequence[float]) -> tuple[dict[int, Fraction], Fraction]:
        """Return weights of the rows that cover every company equally often, and how often."""
        weights = {s: Fraction(-dual) for s, dual in zip(self.rows, duals, strict=True) if dual < 0}
        covers = [sum((w for s, w in weights.items() if s >> i & 1), Fraction(0)) for i in range(self._count)]
        most = max(covers) or Fraction(1)
        for i, cover in enumerate(covers):
            weights[1 << i] = weights.get(1 << i, Fraction(0)) + most - cover
        return weights, most

    def _in_cents(self, point: Sequence[float], total: int) -> tuple[int, ...]:
        exact: list[Fraction] = [Fraction(value) * self._scale for value in point]
        missing = (total - sum(exact, Fraction(0))) / self._count
        return round_to_cents([value + missing for value in exact], self._game.companies)

    def _who(self, found: Sequence[Priced], shares: Sequence[int]) -> tuple[str, ...]:
        """Return the group that gains most of those found; nobody if none gains."""
        gains = [(sum(shares[i] for i, _ in self._members(p.coalition)) - p.cents, -p.coalition) for p in found]
        gain, coalition = max(gains, default=(0, 0))
        return self._game.names(-coalition) if gain > 0 else ()
