"""Public instance families as compact problems: one row of an index file is one problem with a known value.

Formats and reductions are those of the FORMATS.md beside the index: class = run, customer = group, one class per run. Figures are
exact: a family's costs are multiplied by the factor that makes them integers, and nothing is rounded.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints, Rows


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One row of the index.

    Parameters
    ----------
    value
        Best value known, in the figures of the source; to be minimised, or the number of classes where `maximise`.
    is_optimal
        Whether the value is proven.
    """

    file: Path
    name: str
    family: str
    form: str
    variant: dict[str, str]
    value: Fraction
    is_optimal: bool

    @property
    def maximise(self) -> bool:
        """Return whether the value counts open classes."""
        return self.family == "bincover"

    @property
    def variant_text(self) -> str:
        """Return the variant as `key=value` pairs."""
        return ";".join(key if value == "" else f"{key}={value}" for key, value in self.variant.items())

    @property
    def label(self) -> str:
        """Return file and variant, for people."""
        return f"{self.name} {self.variant_text}"


@dataclass(frozen=True, slots=True)
class FamilyProblem:
    """A problem and the factor by which its figures were multiplied."""

    problem: CompactProblem
    factor: int


@dataclass(frozen=True, slots=True)
class _Table:
    """What a file holds: seats and fixed costs per class, demands per group, costs of whole groups by (group, class)."""

    most: list[int]
    fixed: list[Fraction]
    demand: list[int]
    cost: list[list[Fraction]]
    per_trainee: bool = False
    pairs: tuple[tuple[int, int], ...] = ()


LEFT_OUT = "gap"
"""A family that is no special case of the model: there a trainee takes seats that depend on the class."""


def read_index(index: Path) -> tuple[list[FamilyRow], int]:
    """Return every row that the target problem covers, and how many rows of the family `LEFT_OUT` there are besides."""
    with index.open(encoding="utf-8", newline="") as stream:
        every = list(csv.DictReader(stream))
    rows = [row for row in every if row["family"] != LEFT_OUT]
    covered = [
        FamilyRow(
            index.parent / row["file"],
            row["file"],
            row["family"],
            row["format"],
            _variant(row["variant"]),
            Fraction(row["value"]),
            row["status"] == "optimal",
        )
        for row in rows
    ]
    return covered, len(every) - len(rows)


def read_problem(row: FamilyRow) -> FamilyProblem:
    """Return the compact problem of a row.

    Raises
    ------
    ValueError
        If the format is unknown or a figure does not become an integer.
    """
    if row.family == "bincover":
        return _bins(row)
    readers: dict[str, Callable[[str], _Table]] = {
        "orlib-cap": _orlib,
        "sscflp-pairs": _pairs,
        "sscflp-matrix-first": _matrix_first,
        "mess-dzn": _mess,
    }
    if row.form not in readers:
        raise ValueError(f"{row.name}: format {row.form} is unknown; known are {', '.join(sorted(readers))}")
    return _located(readers[row.form](_text(row.file)), row.variant)


def _variant(text: str) -> dict[str, str]:
    parts = [part.split(" ")[0].partition("=") for part in text.split(";")]
    return {key: value for key, _, value in parts}


def _text(file: Path) -> str:
    data = file.read_bytes()
    return (gzip.decompress(data) if file.suffix == ".gz" else data).decode("utf-8")


def _figures(text: str) -> Iterator[Fraction]:
    return (Fraction(word.rstrip(".")) for word in text.split())


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError(f"{value} is not an integer")
    return int(value)


def _orlib(text: str) -> _Table:
    numbers = _figures(text)
    classes, groups = _whole(next(numbers)), _whole(next(numbers))
    sites = [(_whole(next(numbers)), next(numbers)) for _ in range(classes)]
    demand, cost = [], []
    for _ in range(groups):
        demand.append(_whole(next(numbers)))
        cost.append([next(numbers) for _ in range(classes)])
    return _Table([most for most, _ in sites], [fixed for _, fixed in sites], demand, cost)


def _pairs(text: str) -> _Table:
    numbers = _figures(text)
    classes, groups = _whole(next(numbers)), _whole(next(numbers))
    sites = [(_whole(next(numbers)), next(numbers)) for _ in range(classes)]
    demand = [_whole(next(numbers)) for _ in range(groups)]
    by_class = [[next(numbers) for _ in range(groups)] for _ in range(classes)]
    cost = [[by_class[r][g] for r in range(classes)] for g in range(groups)]
    return _Table([most for most, _ in sites], [fixed for _, fixed in sites], demand, cost)


def _matrix_first(text: str) -> _Table:
    numbers = _figures(text)
    groups, classes = _whole(next(numbers)), _whole(next(numbers))
    cost = [[next(numbers) for _ in range(classes)] for _ in range(groups)]
    demand = [_whole(next(numbers)) for _ in range(groups)]
    fixed = [next(numbers) for _ in range(classes)]
    return _Table([_whole(next(numbers)) for _ in range(classes)], fixed, demand, cost)


def _mess(text: str) -> _Table:
    fields: dict[str, str] = dict(re.findall(r"(\w+)\s*=\s*([^;]*);", text))

    def figures(*names: str) -> list[int]:
        body = next(fields[name] for name in names if name in fields)
        return [int(word) for word in re.findall(r"-?\d+", body)]

    classes, groups = figures("Warehouses", "Facilities")[0], figures("Stores", "Customers")[0]
    flat = figures("SupplyCost", "ShippingCost")
    cost = [[Fraction(flat[g * classes + r]) for r in range(classes)] for g in range(groups)]
    met = figures("IncompatiblePairs") if "IncompatiblePairs" in fields else []
    pairs = tuple(sorted({tuple(sorted((met[i] - 1, met[i + 1] - 1))) for i in range(0, len(met), 2)}))
    fixed = [Fraction(value) for value in figures("FixedCost")]
    demand = figures("Goods", "Demand")
    return _Table(figures("Capacity"), fixed, demand, cost, per_trainee=True, pairs=tuple((g, h) for g, h in pairs))


def _located(table: _Table, variant: dict[str, str]) -> FamilyProblem:
    """Return a location table as a compact problem."""
    groups, classes = len(table.demand), len(table.most)
    together = [_is_together(variant.get("split", "yes"), g) for g in range(groups)]
    each = [[Fraction(0) if together[g] else _share(table, g, r) for g in range(groups)] for r in range(classes)]
    once = [[table.cost[g][r] if together[g] else Fraction(0) for g in range(groups)] for r in range(classes)]
    waits = variant.get("unplaced")
    price = Fraction(waits) if waits is not None else Fraction(0)
    factor = _factor([value for rows in (*each, *once, table.fixed, [price]) for value in rows])
    least = Fraction(variant.get("minfrac", "0"))
    problem = CompactProblem(
        group_ids=tuple(f"g{g:05d}" for g in range(groups)),
        group_count=_ints(table.demand),
        group_unplaced_cents=_ints([_whole(price * factor)] * groups),
        group_min_part=_ints([n if whole else 1 for n, whole in zip(table.demand, together, strict=True)]),
        group_must_place=np.full(groups, waits is None),
        run_ids=tuple(f"r{r:05d}" for r in range(classes)),
        run_fixed_cents=_ints([_whole(value * factor) for value in table.fixed]),
        run_cap=_ints([1] * classes),
        run_min=_ints([-(-(least * most).numerator // (least * most).denominator) for most in table.most]),
        run_max=_ints(table.most),
        run_pinned=_ints([0] * classes),
        arc_group=_ints(list(range(groups)) * classes),
        arc_run=_ints([r for r in range(classes) for _ in range(groups)]),
        arc_cents=_ints([_whole(value * factor) for row in each for value in row]),
        arc_group_cents=_ints([_whole(value * factor) for row in once for value in row]),
        arc_min_size=_ints([0] * groups * classes),
        arc_pinned=_ints([0] * groups * classes),
        capacity=_sites(variant.get("site"), classes),
        apart=np.array(table.pairs, dtype=np.int64).reshape(-1, 2),
    )
    return FamilyProblem(problem, factor)


def _is_together(split: str, group: int) -> bool:
    return split == "no" or (split == "even" and group % 2 == 0)


def _share(table: _Table, group: int, run: int) -> Fraction:
    cost = table.cost[group][run]
    return cost if table.per_trainee else cost / max(table.demand[group], 1)


def _factor(values: list[Fraction]) -> int:
    """Return the smallest power of ten that makes every value an integer."""
    factor = 1
    while any((value * factor).denominator != 1 for value in values):
        factor *= 10
        if factor > 10**7:
            raise ValueError("figures do not become integers within seven decimals")
    return factor


def _sites(site: str | None, classes: int) -> Rows:
    """Return the rows of `site=b:k`: of each b neighbouring classes at most k open."""
    if site is None:
        return Rows.none()
    width, rooms = (int(part) for part in site.split(":"))
    starts = list(range(0, classes, width))
    index = np.arange(classes, dtype=np.int64)
    return Rows(
        tuple(f"site-{k}" for k in range(len(starts))),
        _ints([rooms] * len(starts)),
        _ints([*starts, classes]),
        index,
        np.ones(classes, dtype=np.int64),
    )


def _bins(row: FamilyRow) -> FamilyProblem:
    """Return bin covering: one run of identical classes, a class earns 1, items may stay."""
    text = _text(row.file)
    if row.form == "bincover-json":
        data = json.loads(text)
        interval = int(data["interval"])
        weights = [interval * (int(weight) // interval) for weight in data["weights"]]
    else:
        numbers = [Fraction(word) for line in text.splitlines() if not line.startswith("//") for word in line.split()]
        weights = [_whole(value * 10) for value in numbers[3:]]
    # Sorted, since neighbouring items of a file may already be the answer.
    weights = sorted((weight for weight in weights if weight), reverse=True)
    least, most = int(row.variant["min"]), int(row.variant["max"])
    count = len(weights)
    zeros, ones = _ints([0] * count), _ints([1])
    problem = CompactProblem(
        group_ids=tuple(f"g{g:05d}" for g in range(count)),
        group_count=_ints(weights),
        group_unplaced_cents=zeros,
        group_min_part=_ints(weights),
        group_must_place=np.zeros(count, dtype=np.bool_),
        run_ids=("bin",),
        run_fixed_cents=-ones,
        run_cap=_ints([sum(weights) // least]),
        run_min=_ints([least]),
        run_max=_ints([most]),
        run_pinned=0 * ones,
        arc_group=np.arange(count, dtype=np.int64),
        arc_run=zeros,
        arc_cents=zeros,
        arc_group_cents=zeros,
        arc_min_size=zeros,
        arc_pinned=zeros,
    )
    return FamilyProblem(problem, 1)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
