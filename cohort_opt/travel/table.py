"""A matrix of distances or minutes as CSV: one row per start, one column per site, as planners keep it in a spreadsheet.

    km;academy;school            minutes;academy;school
    acme;12;30                   acme;18;41
    3011;8;25                    3011;14;33

The first cell says what the figures are. Starts are ids of companies or of living areas; an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.sheets.csv_folder import parse_csv
from cohort_opt.problem.sheets.grid import Grid, address
from cohort_opt.travel.legs import Leg, Place

UNITS = ("km", "minutes")
MOST = {"km": 2_000, "minutes": 1_440}
"""Largest figures, those of the field of a distance."""


def read_matrix(instance: Instance, paths: tuple[Path, ...]) -> dict[tuple[Place, Place], Leg | None]:
    """Return the legs of one file of km, or of one of km and one of minutes.

    Raises
    ------
    InstanceError
        With every cell that is wrong, by its address; or if minutes come without km (`missing-field`).
    """
    figures: dict[str, dict[tuple[Place, Place], int]] = {}
    problems: list[InputProblem] = []
    for path in paths:
        grid = parse_csv(path.stem, path.read_bytes())
        unit = str(grid.rows[0].cells.get(1, "")).strip().lower() if grid.rows else ""
        if unit not in UNITS or unit in figures:
            rule = "the first cell says what the figures are: km or minutes, each once"
            problems.append(_problem("bad-layout", grid, 1, 1, unit, rule, "write km or minutes into it"))
            continue
        reader = _Reader(instance, grid, unit)
        figures[unit] = dict(reader.cells())
        problems += reader.problems
    km, minutes = figures.get("km", {}), figures.get("minutes", {})
    if not problems and (without := sorted(set(minutes) - set(km))):
        start, site = without[0]
        rule = f"minutes without km, for {len(without)} journeys"
        problems.append(InputProblem("missing-field", f"Leg[{start.id}, {site.id}]", "", rule, "give a matrix of km too"))
    if problems:
        raise InstanceError(problems)
    return {pair: Leg(figure, minutes.get(pair)) for pair, figure in km.items()}


class _Reader:
    """The cells of one matrix."""

    def __init__(self, instance: Instance, grid: Grid, unit: str) -> None:
        self._grid, self._unit = grid, unit
        self._starts = {c.id: Place("company", c.id, c.latitude, c.longitude) for c in instance.companies}
        self._starts |= {a.id: Place("area", a.id, a.latitude, a.longitude) for a in instance.areas}
        self._sites = {s.id: Place("site", s.id, s.latitude, s.longitude) for s in instance.sites}
        self.problems: list[InputProblem] = []

    def cells(self) -> Iterator[tuple[tuple[Place, Place], int]]:
        """Yield each figure; remember what is wrong."""
        header, *rows = self._grid.rows
        sites = dict(self._named(1, {n: cell for n, cell in header.cells.items() if n > 1}, self._sites, "site"))
        seen: set[str] = set()
        for row in rows:
            name = str(row.cells.get(1, "")).strip()
            if name not in self._starts or name in seen:
                rule = "the start has two rows" if name in seen else "no company and no living area has this id"
                self._tell("unknown-reference", 1, row.number, name, rule, "correct the id or drop the row")
                continue
            seen.add(name)
            for column, site in sites.items():
                text = str(row.cells.get(column, "")).strip()
                if not text:
                    continue
                if text.isascii() and text.isdigit() and int(text) <= MOST[self._unit]:
                    yield (self._starts[name], site), int(text)
                else:
                    rule = f"a whole number of {self._unit}, 0 to {MOST[self._unit]}"
                    self._tell("out-of-range", column, row.number, text, rule, "correct the figure or leave the cell empty")

    def _named(self, row: int, cells: Mapping[int, object], known: Mapping[str, Place], kind: str) -> Iterator[tuple[int, Place]]:
        seen: set[str] = set()
        for column, cell in cells.items():
            name = str(cell).strip()
            if name not in known or name in seen:
                rule = f"the {kind} has two columns" if name in seen else f"no {kind} has this id"
                self._tell("unknown-reference", column, row, name, rule, "correct the id or drop the column")
                continue
            seen.add(name)
            yield column, known[name]

    def _tell(self, code: str, column: int, row: int, value: str, rule: str, remedy: str) -> None:
        self.problems.append(_problem(code, self._grid, column, row, value, rule, remedy))


def _problem(code: str, grid: Grid, column: int, row: int, value: str, rule: str, remedy: str) -> InputProblem:
    return InputProblem(code, f"Matrix {grid.name}", value[:80], rule, remedy, address(grid.name, column, row))
