"""Which cells may be published: k persons, m companies, no company's number to be guessed, no difference that tells more.

A table is published as a partition: cells that pass stand alone, all others are merged into one rest cell, which must pass
itself; if it does not, published cells join it until it does. Everything that can be computed from a partition is a union of
its cells, so no difference inside one table can fall below the thresholds. No other totals are published.

Against every earlier release the difference is tested too: a cell whose change comes from fewer companies or persons than the
thresholds keeps its last published value, marked as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

MIN_PERSONS = 10
"""Rule of ten of statistical offices (`docs/rule-packs.md`)."""
MIN_COMPANIES = 3
MIN_POSSIBLE = 3
"""From what one company can see, every other one in the cell keeps at least so many possible numbers."""

Contributions: TypeAlias = Mapping[str, int]
"""Persons by company; only companies with at least one."""
Key: TypeAlias = tuple[str, ...]
REST: Key = ("other",)


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell.

    Parameters
    ----------
    persons
        The count; for a kept cell the count published before.
    kept
        Whether this is the earlier figure, because the change would tell too much.
    """

    key: Key
    persons: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """A table as published, and the contributions behind it, which stay with the publisher.

    Parameters
    ----------
    cells
        Sorted by key; the rest cell, if there is one, last.
    merged
        Keys that stand in the rest cell, or nowhere if there is none: no figure is given for them.
    behind
        Contributions behind every figure that was ever published for each cell, the current one last; needed for the next
        difference test, never shown.
    """

    cells: tuple[Cell, ...]
    merged: tuple[Key, ...]
    behind: Mapping[Key, tuple[Contributions, ...]]

    def persons(self, key: Key) -> int | None:
        """Return the published count of a cell; `None` if it is not published."""
        return next((cell.persons for cell in self.cells if cell.key == key), None)


def may_publish(contributions: Contributions) -> bool:
    """Return whether a cell may stand alone.

    At least 10 persons of at least 3 companies; and whoever knows one company's number, and that each of the m others has at
    least one person, is left with `rest - (m - 1)` possible numbers for each other: at least 3.
    """
    counts = sorted((count for count in contributions.values() if count > 0), reverse=True)
    if len(counts) < MIN_COMPANIES or sum(counts) < MIN_PERSONS:
        return False
    others = len(counts) - 1
    return sum(counts) - counts[0] - (others - 1) >= MIN_POSSIBLE


def may_follow(before: Contributions, after: Contributions) -> bool:
    """Return whether a cell may be published again with new contributions: nothing changed, or enough of it did."""
    changed = {name: after.get(name, 0) - before.get(name, 0) for name in {*before, *after}}
    moved = {name: abs(change) for name, change in changed.items() if change}
    return not moved or may_publish(moved)


def release(table: Mapping[Key, Contributions], before: Release | None = None) -> Release:
    """Return the table as it may be published after an earlier release of the same table."""
    table = {key: {name: n for name, n in sorted(row.items()) if n > 0} for key, row in sorted(table.items())}
    table = {key: row for key, row in table.items() if row}
    if before is not None:
        return _again(table, before)
    alone = {key for key, row in table.items() if may_publish(row)}
    rest = _merged(table, set(table) - alone)
    while alone and rest and not may_publish(rest):
        smallest = min(alone, key=lambda key: (sum(table[key].values()), key))
        alone.remove(smallest)
        rest = _merged(table, set(table) - alone)
    behind: dict[Key, Contributions] = {key: table[key] for key in sorted(alone)}
    if rest and may_publish(rest):
        behind[REST] = rest
    cells = tuple(Cell(key, sum(row.values())) for key, row in behind.items())
    return Release(cells, tuple(key for key in table if key not in alone), {key: (row,) for key, row in behind.items()})


def _merged(table: Mapping[Key, Contributions], keys: set[Key]) -> dict[str, int]:
    total: dict[str, int] = {}
    for key in sorted(keys):
        for name, count in table[key].items():
            total[name] = total.get(name, 0) + count
    return total


def _again(table: Mapping[Key, Contributions], before: Release) -> Release:
    """Publish the same cells again; each keeps its old figure unless it passes alone and its change passes too.

    The partition stays that of the first release: with another one, cells of two releases would overlap and their differences
    would be unions of neither. A key that is new joins the rest cell.
    """
    behind: dict[Key, tuple[Contributions, ...]] = {}
    cells: list[Cell] = []
    for cell in before.cells:
        row, history = _now(table, cell.key, before), before.behind[cell.key]
        fresh = may_publish(row) and all(may_follow(old, row) for old in history)
        behind[cell.key] = (*(old for old in history if old != row), row) if fresh else history
        cells.append(Cell(cell.key, sum(behind[cell.key][-1].values()), kept=not fresh))
    shown = {cell.key for cell in cells}
    return Release(tuple(cells), tuple(key for key in table if key not in shown), behind)


def _now(table: Mapping[Key, Contributions], key: Key, before: Release) -> Contributions:
    if key != REST:
        return table.get(key, {})
    shown = {cell.key for cell in before.cells}
    return _merged(table, {other for other in table if other not in shown})
