"""Games written down as tables, and a linear program solved exactly in fractions: the second opinion to the engine's."""

from fractions import Fraction
from itertools import combinations

import pytest

from cohort_opt.cost_sharing.game import Game, Tools
from cohort_opt.cost_sharing.protocols import LinearAnswer


class Table:
    """The cost of each coalition, from a function of the set of players."""

    def __init__(self, players, cost):
        self.players = players
        self.cost = cost

    def value(self, coalition):
        return self.cost({p for i, p in enumerate(self.players) if coalition >> i & 1})


@pytest.fixture
def game():
    """Return a builder: players ascending, the cost of a set of them, and what is to be shared (default: all together)."""

    def build(players, cost, total=None, seats=None):
        players = tuple(players)
        seats = seats or (1,) * len(players)
        return Game(players, seats, seats, cost(set(players)) if total is None else total, Table(players, cost))

    return build


class ExactProgram:
    """The linear program solved in fractions: slow, short and beyond doubt (small programs only).

    Free variables are split into two non-negative ones, rows get slacks, and the two-phase simplex method with Bland's rule does
    the rest, all in fractions.
    """

    def minimise(self, costs, rows):
        n = len(costs)
        conditions = []  # (coefficients, rhs, row index, sign): sum <= rhs
        for r, row in enumerate(rows):
            dense = [Fraction(0)] * n
            for k, c in row.coefficients:
                dense[k] += Fraction(c)
            if row.most is not None:
                conditions.append((dense, Fraction(row.most), r, 1))
            if row.least is not None:
                conditions.append(([-c for c in dense], -Fraction(row.least), r, -1))
        m = len(conditions)
        tableau = []
        for i, (dense, b, _, _) in enumerate(conditions):
            sign = -1 if b < 0 else 1
            line = [sign * c for c in dense] + [-sign * c for c in dense]
            line += [Fraction(sign if j == i else 0) for j in range(m)]
            line += [Fraction(int(j == i)) for j in range(m)]
            tableau.append([*line, sign * b])
        width = 2 * n + 2 * m
        basis = [2 * n + m + i for i in range(m)]
        phase1 = [Fraction(0)] * (2 * n + m) + [Fraction(1)] * m
        if self._simplex(tableau, basis, phase1, width) > 0:
            return None
        self._drive_out(tableau, basis, 2 * n + m)
        phase2 = [Fraction(c) for c in costs] + [-Fraction(c) for c in costs] + [Fraction(0)] * m
        self._simplex(tableau, basis, [*phase2, *[Fraction(0)] * m], 2 * n + m)
        point = [Fraction(0)] * width
        for i, k in enumerate(basis):
            point[k] = tableau[i][-1]
        values = tuple(point[k] - point[n + k] for k in range(n))
        duals = [Fraction(0)] * len(rows)
        full = [*phase2, *[Fraction(0)] * m]
        for i, (_, _, r, sign) in enumerate(conditions):
            slack = 2 * n + i
            reduced = full[slack] - sum(full[basis[k]] * tableau[k][slack] for k in range(len(tableau)))
            duals[r] -= sign * reduced
        return LinearAnswer(tuple(map(float, values)), tuple(map(float, duals)))

    @staticmethod
    def _simplex(tableau, basis, costs, width):
        while True:
            reduced = [costs[k] - sum(costs[b] * line[k] for b, line in zip(basis, tableau, strict=True)) for k in range(width)]
            entering = next((k for k in range(width) if reduced[k] < 0), None)
            if entering is None:
                return sum(costs[b] * line[-1] for b, line in zip(basis, tableau, strict=True))
            ratios = [(line[-1] / line[entering], basis[i], i) for i, line in enumerate(tableau) if line[entering] > 0]
            ExactProgram._pivot(tableau, basis, min(ratios)[2], entering)

    @staticmethod
    def _pivot(tableau, basis, row, column):
        pivot = tableau[row][column]
        tableau[row] = [v / pivot for v in tableau[row]]
        for i, line in enumerate(tableau):
            if i != row and line[column]:
                factor = line[column]
                tableau[i] = [a - factor * b for a, b in zip(line, tableau[row], strict=True)]
        basis[row] = column

    @staticmethod
    def _drive_out(tableau, basis, real):
        for i in reversed(range(len(tableau))):
            if basis[i] >= real:
                column = next((k for k in range(real) if tableau[i][k]), None)
                if column is None:
                    del tableau[i], basis[i]
                else:
                    ExactProgram._pivot(tableau, basis, i, column)


@pytest.fixture(scope="session")
def exact():
    """Return tools whose linear programs are solved in fractions, without an engine."""
    return Tools(linear_program=ExactProgram())


@pytest.fixture(scope="session")
def glop():
    """Return tools whose linear programs the engine solves."""
    from cohort_opt.solver.linear_program import GlopProgram

    return Tools(linear_program=GlopProgram())


def subsets(players):
    """Yield all sets of players, the empty one and all included."""
    for size in range(len(players) + 1):
        yield from (set(chosen) for chosen in combinations(players, size))
