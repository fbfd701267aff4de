"""The compact problem as one sparse matrix, filled from arrays: for LP and MIP engines through MathOpt.

Exact: the same slots and rules as the CP-SAT model. Relaxed: one slot per run, no rule that looks inside a class; a cost paid
once per class is spread over the most trainees of the group that fit, so that it bounds from below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cohort_opt.model.implied import trainees_to_place
from cohort_opt.model.plan import Plan
from cohort_opt.model.seating import plan_of_slots, slots_of_plan
from cohort_opt.model.slots import Slots
from cohort_opt.problem.compact import Bools, CompactProblem, Ints, Rows
from cohort_opt.solver.coupling_rows import CouplingRows

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows `sum coefficient * column <= upper`: row numbers start at 0; `upper` has one figure per row."""

    row: Ints
    column: Ints
    coefficient: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Matrix:
    """minimise cost v subject to row_lower <= A v <= row_upper, 0 <= v <= upper; columns y (slots), x (seats), u (groups), p, ...

    Parameters
    ----------
    row, column, coefficient
        Entries of A in row-major order.
    is_integer
        Whether each column is an integer.
    presence
        Column of the presence of each seat, -1 where it has none; shape (X,).
    couplings
        The rules inside a class and between classes, whose columns are the last ones; `None` where the form leaves them out.
    """

    slots: Slots
    cost: Floats
    upper: Floats
    is_integer: Bools
    row_lower: Floats
    row_upper: Floats
    row: Ints
    column: Ints
    coefficient: Floats
    presence: Ints
    couplings: CouplingRows | None = None

    @property
    def num_columns(self) -> int:
        """Return the number of columns."""
        return len(self.cost)

    def read(self, problem: CompactProblem, values: Floats) -> Plan:
        """Return the plan of an integer solution of the exact form."""
        slots = self.slots
        y = np.rint(values[: slots.num_slots]).astype(np.int64)
        x = np.rint(values[slots.num_slots : slots.num_slots + slots.num_seats]).astype(np.int64)
        return plan_of_slots(problem, slots, y, x)

    def start(self, problem: CompactProblem, plan: Plan) -> Floats:
        """Return the value of every column for a plan, for a hint."""
        slots = self.slots
        y, x = slots_of_plan(problem, slots, plan)
        values = np.zeros(self.num_columns)
        values[: slots.num_slots] = y
        values[slots.num_slots : slots.num_slots + slots.num_seats] = x
        first = slots.num_slots + slots.num_seats
        values[first : first + problem.num_groups] = plan.unplaced(problem)
        asked = self.presence >= 0
        values[self.presence[asked]] = x[asked] > 0
        if self.couplings is not None and self.couplings.cost:
            values[self.couplings.first :] = self.couplings.values(y, x)
        return values


def exact_matrix(problem: CompactProblem) -> Matrix:
    """Return the exact form: its integer optimum is the optimum of the problem, but for the cents of `coupling_rows`."""
    slots = Slots.of(problem)
    asked = np.flatnonzero(slots.needs_presence)
    shape = _Columns(problem, slots, asked)
    more = CouplingRows.of(problem, slots, shape.x, shape.presence, shape.count)
    rows = [*_size_rows(problem, slots, shape), *_shared_rows(problem, slots, shape), *_inside_rows(problem, slots, shape)]
    if more.limit:
        rows.append(_entries(more))
    cost = np.concatenate(
        (
            problem.run_fixed_cents[slots.run],
            problem.arc_cents[slots.seat_arc],
            problem.group_unplaced_cents,
            problem.arc_group_cents[slots.seat_arc[asked]],
            np.array(more.cost, dtype=np.float64),
        )
    ).astype(np.float64)
    return _assemble(problem, slots, shape, rows, cost, more)


def _entries(more: CouplingRows) -> Entries:
    """Return the rows of the rules inside a class and between classes."""
    row, column = np.array(more.row, dtype=np.int64), np.array(more.column, dtype=np.int64)
    return Entries(row, column, np.array(more.coefficient), np.array(more.limit, dtype=np.float64))


def relaxed_matrix(problem: CompactProblem) -> Matrix:
    """Return the relaxed form: its linear optimum bounds every plan from below."""
    slots = one_slot_per_run(problem)
    shape = _Columns(problem, slots, np.zeros(0, dtype=np.int64))
    rows = [*_size_rows(problem, slots, shape), *_shared_rows(problem, slots, shape)]
    cost = np.concatenate((problem.run_fixed_cents, spread_cents(problem), problem.group_unplaced_cents)).astype(np.float64)
    return _assemble(problem, slots, shape, rows, cost)


def spread_cents(problem: CompactProblem) -> Floats:
    """Return shape (A,): cost per trainee with the once-per-class cost spread over the most that fit into one class."""
    most = np.minimum(problem.group_count[problem.arc_group], problem.run_max[problem.arc_run])
    return problem.arc_cents + problem.arc_group_cents / np.maximum(most, 1)


def one_slot_per_run(problem: CompactProblem) -> Slots:
    """Return the slots of the aggregated form, in which a run is never expanded."""
    full = Slots.of(problem)
    first = full.start[:-1]
    copies = np.diff(full.start)
    seats = full.number[full.seat_slot] == 0
    upper = np.where(
        full.seat_upper[seats] > 0,
        np.minimum(
            problem.group_count[problem.arc_group],
            problem.run_max[problem.arc_run] * (full.cap[first] * copies)[problem.arc_run],
        ),
        0,
    )
    runs = np.arange(problem.num_runs, dtype=np.int64)
    arcs = np.arange(problem.num_arcs, dtype=np.int64)
    return Slots(
        run=runs,
        number=np.zeros_like(runs),
        cap=full.cap[first] * copies,
        start=np.arange(problem.num_runs + 1, dtype=np.int64),
        seat_slot=problem.arc_run,
        seat_arc=arcs,
        seat_upper=upper,
        seat_start=problem.arcs_of_run(),
        needs_presence=np.zeros(problem.num_arcs, dtype=np.bool_),
    )


class _Columns:
    """Where each kind of variable begins."""

    def __init__(self, problem: CompactProblem, slots: Slots, asked: Ints) -> None:
        self.x = slots.num_slots
        self.u = self.x + slots.num_seats
        self.p = self.u + problem.num_groups
        self.count = self.p + len(asked)
        self.asked = asked
        self.presence = np.full(slots.num_seats, -1, dtype=np.int64)
        self.presence[asked] = self.p + np.arange(len(asked))


def _size_rows(problem: CompactProblem, slots: Slots, shape: _Columns) -> list[Entries]:
    """Return minimum, maximum and strong rows."""
    seats, every = np.arange(slots.num_seats, dtype=np.int64), np.arange(slots.num_slots, dtype=np.int64)
    least, most = problem.run_min[slots.run], problem.run_max[slots.run]
    ones = np.ones(slots.num_seats)
    zero = np.zeros(slots.num_slots)
    row, column = np.concatenate((slots.seat_slot, every)), np.concatenate((shape.x + seats, every))
    strong = np.minimum(problem.group_count[problem.arc_group[slots.seat_arc]], most[slots.seat_slot])
    return [
        *_cover_row(problem, slots),
        Entries(row, column, np.concatenate((-ones, least)), zero),
        Entries(row, column, np.concatenate((ones, -most)), zero),
        Entries(
            np.tile(seats, 2),
            np.concatenate((shape.x + seats, slots.seat_slot)),
            np.concatenate((ones, -strong)),
            np.zeros(slots.num_seats),
        ),
    ]


def _cover_row(problem: CompactProblem, slots: Slots) -> list[Entries]:
    """Return the row of `model.implied`."""
    must = trainees_to_place(problem)
    if not must:
        return []
    every = np.arange(slots.num_slots, dtype=np.int64)
    seats = problem.run_max[slots.run].astype(np.float64)
    return [Entries(np.zeros_like(every), every, -seats, np.array([-must], dtype=np.float64))]


def _shared_rows(problem: CompactProblem, slots: Slots, shape: _Columns) -> list[Entries]:
    """Return capacity, absence and pin rows."""
    capacity = _spread(problem.capacity, slots.start, np.arange(slots.num_slots, dtype=np.int64))
    by_arc = np.argsort(slots.seat_arc, kind="stable")
    first = np.searchsorted(slots.seat_arc[by_arc], np.arange(problem.num_arcs + 1))
    absence = _spread(problem.absence, first, by_arc + shape.x)
    arcs, runs = np.flatnonzero(problem.arc_pinned > 0), np.flatnonzero(problem.run_pinned > 0)
    seat_pins = _spread(_demand(arcs, problem.arc_pinned[arcs]), first, by_arc + shape.x)
    run_pins = _spread(_demand(runs, problem.run_pinned[runs]), slots.start, np.arange(slots.num_slots, dtype=np.int64))
    return [capacity, absence, seat_pins, run_pins]


def _inside_rows(problem: CompactProblem, slots: Slots, shape: _Columns) -> list[Entries]:
    """Return the rows of the rules that look inside a class, and the order of class copies."""
    asked = shape.asked
    k = np.arange(len(asked), dtype=np.int64)
    x, p, y = shape.x + asked, shape.p + k, slots.seat_slot[asked]
    arc = slots.seat_arc[asked]
    part = problem.group_min_part[problem.arc_group[arc]]
    ones, zero = np.ones(len(asked)), np.zeros(len(asked))
    upper = slots.seat_upper[asked]
    found = [
        Entries(np.tile(k, 2), np.concatenate((x, p)), np.concatenate((ones, -upper)), zero),
        Entries(np.tile(k, 2), np.concatenate((p, y)), np.concatenate((ones, -ones)), zero),
    ]
    few = np.flatnonzero(part > 1)
    j = np.arange(len(few), dtype=np.int64)
    found.append(Entries(np.tile(j, 2), np.concatenate((x[few], p[few])), np.concatenate((-ones[few], part[few])), zero[few]))
    copies = np.flatnonzero(slots.number > 0)
    j = np.arange(len(copies), dtype=np.int64)
    units = np.ones(len(copies))
    found.append(Entries(np.tile(j, 2), np.concatenate((copies, copies - 1)), np.concatenate((units, -units)), 0 * units))
    found.append(_price_rows(problem, slots, shape, asked[problem.arc_min_size[arc] > problem.run_min[problem.arc_run[arc]]]))
    found.append(_apart_rows(problem, slots, shape))
    return found


def _price_rows(problem: CompactProblem, slots: Slots, shape: _Columns, seats: Ints) -> Entries:
    """Return `size * p <= sum of the class` for seats that ask for a least size."""
    slot = slots.seat_slot[seats]
    length = slots.seat_start[slot + 1] - slots.seat_start[slot]
    k = np.arange(len(seats), dtype=np.int64)
    row = np.repeat(k, length)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    member = slots.seat_start[slot][row] + offset
    size = problem.arc_min_size[slots.seat_arc[seats]]
    return Entries(
        np.concatenate((row, k)),
        np.concatenate((shape.x + member, shape.presence[seats])),
        np.concatenate((-np.ones(len(row)), size)),
        np.zeros(len(seats)),
    )


def _apart_rows(problem: CompactProblem, slots: Slots, shape: _Columns) -> Entries:
    """Return `p[g] + p[h] <= y` for every pair kept apart and every slot that both may attend."""
    triples: list[tuple[int, int, int]] = []
    group = problem.arc_group[slots.seat_arc]
    for first, second in problem.apart.tolist():
        mine, theirs = np.flatnonzero(group == first), np.flatnonzero(group == second)
        both, i, j = np.intersect1d(slots.seat_slot[mine], slots.seat_slot[theirs], return_indices=True)
        found = zip(shape.presence[mine[i]].tolist(), shape.presence[theirs[j]].tolist(), both.tolist(), strict=True)
        triples.extend(found)
    table = np.array(triples, dtype=np.int64).reshape(-1, 3)
    k = np.arange(len(table), dtype=np.int64)
    ones = np.ones(len(table))
    return Entries(np.tile(k, 3), table.T.ravel(), np.concatenate((ones, ones, -ones)), 0 * ones)


def _integers(problem: CompactProblem, slots: Slots, shape: _Columns) -> Bools:
    """Return which columns must be asked to be integers.

    With classes and presences fixed the rest is a flow with integer bounds, whose best vertex is an integer by itself: trainees
    per seat need asking only where an absence row joins several of them.
    """
    joined = np.zeros(problem.num_arcs, dtype=np.bool_)
    joined[problem.absence.index] = True
    found = np.ones(shape.count, dtype=np.bool_)
    found[shape.x : shape.u] = joined[slots.seat_arc]
    found[shape.u : shape.p] = False
    return found


def _demand(variables: Ints, least: Ints) -> Rows:
    """Return one row `-variable <= -least` per variable."""
    count = len(variables)
    return Rows(("",) * count, -least, np.arange(count + 1, dtype=np.int64), variables, np.full(count, -1, dtype=np.int64))


def _spread(rows: Rows, first: Ints, columns: Ints) -> Entries:
    """Return sparse rows over variables that own the columns first[v] to first[v + 1]."""
    copies = first[rows.index + 1] - first[rows.index]
    owner = np.repeat(rows.owner(), copies)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(copies) - copies, copies)
    place = np.repeat(first[rows.index], copies) + offset
    return Entries(owner, columns[place], np.repeat(rows.use, copies).astype(np.float64), rows.limit.astype(np.float64))


def _assemble(
    problem: CompactProblem,
    slots: Slots,
    shape: _Columns,
    rows: list[Entries],
    cost: Floats,
    more: CouplingRows | None = None,
) -> Matrix:
    """Return the matrix, its first G rows `sum x + u = n`."""
    groups = np.arange(problem.num_groups, dtype=np.int64)
    counts = problem.group_count.astype(np.float64)
    seats = np.arange(slots.num_seats, dtype=np.int64)
    row = [problem.arc_group[slots.seat_arc], groups]
    column = [shape.x + seats, shape.u + groups]
    coefficient: list[Floats] = [np.ones(slots.num_seats), np.ones(problem.num_groups)]
    upper = [counts]
    used = problem.num_groups
    for entries in rows:
        row.append(entries.row + used)
        column.append(entries.column)
        coefficient.append(entries.coefficient)
        upper.append(entries.upper)
        used += len(entries.upper)
    every_row, every_column, every_coefficient = (np.concatenate(part) for part in (row, column, coefficient))
    order = np.lexsort((every_column, every_row))
    row_upper = np.concatenate(upper)
    row_lower = np.full(used, -np.inf)
    row_lower[: problem.num_groups] = counts
    waiting = np.where(problem.group_must_place, 0, problem.group_count)
    bounds = np.concatenate((slots.cap, slots.seat_upper, waiting, np.ones(len(shape.asked)))).astype(np.float64)
    is_integer = _integers(problem, slots, shape)
    if more is not None and more.limit:
        is_integer[shape.x : shape.u] |= more.touched()
        bounds = np.concatenate((bounds, np.array(more.upper, dtype=np.float64)))
        is_integer = np.concatenate((is_integer, np.array(more.is_integer, dtype=np.bool_)))
    return Matrix(
        slots,
        cost,
        bounds,
        is_integer,
        row_lower,
        row_upper,
        every_row[order],
        every_column[order],
        every_coefficient[order].astype(np.float64),
        shape.presence,
        more,
    )
