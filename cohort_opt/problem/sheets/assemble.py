"""Sheets to the document that JSON would give, and every pointer into it back to its cell."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from cohort_opt.errors import InputProblem
from cohort_opt.problem.findings import KEYS, shown
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.shape import pointer_to, subject_at
from cohort_opt.problem.sheets.cells import CellError
from cohort_opt.problem.sheets.grid import Grid, Row, Unusable, address
from cohort_opt.problem.sheets.layout import EVERYONE, README_SHEET, SHEET_BY_NAME, SHEETS, Column, Kind, Sheet

Convert: TypeAlias = Callable[[Kind, Any], Any]
Steps: TypeAlias = tuple[str | int, ...]


class Assembly:
    """A document made from sheets.

    Attributes
    ----------
    document
        The instance as plain dicts and lists, to be validated like any other.
    problems
        What is wrong with the sheets themselves; pointers are RFC 6901 where they point into the document.
    """

    def __init__(self, grids: Iterable[Grid], convert: Convert) -> None:
        """Read all grids; `convert` turns a cell into a value."""
        self.document: dict[str, Any] = {}
        self.problems: list[InputProblem] = []
        self._convert = convert
        self._columns: dict[str, dict[str, int]] = {}
        self._rows: dict[Steps, tuple[str, int]] = {}
        self._places: dict[str, str] = {}
        self._wrong_cells: list[tuple[Steps, CellError, Any]] = []
        grid_by_name = self._known(grids)
        for sheet in sorted(SHEETS, key=lambda sheet: bool(sheet.within)):  # owners before what they own
            if sheet.name in grid_by_name:
                self._read(sheet, grid_by_name[sheet.name])
            elif sheet.required:
                pointers = [f"/{sheet.section}"] if sheet.section else ["/name", "/calendar", "/prices"]
                self._missing(sheet, "sheet", "", pointers, sheet.name)  # or empty, without even a header
        for steps, error, value in self._wrong_cells:
            self.problems.append(
                InputProblem(error.code, subject_at(Instance, steps, self.document), shown(value), error.rule, error.remedy,
                             pointer_to(steps))
            )  # fmt: skip

    def translate(self, pointer: str) -> str:
        """Return the cell of a pointer into the document: `/demands/3/count` -> `demands!D5`; what is no pointer stays."""
        if pointer and not pointer.startswith("/"):
            return pointer
        if pointer in self._places:
            return self._places[pointer]
        steps: Steps = tuple(int(step) if step.isdecimal() else step for step in pointer.split("/")[1:])
        if len(steps) == 1 and steps[0] in KEYS:
            return str(steps[0])
        for cut in range(len(steps), -1, -1):
            if steps[:cut] in self._rows:
                sheet, row = self._rows[steps[:cut]]
                return address(sheet, self._column_of(sheet, steps[cut:]), row)
        return pointer if () in self._rows else "settings"

    def _column_of(self, sheet: str, field: Steps) -> int:
        columns = self._columns[sheet]
        paths = ("/".join(map(str, field[:cut])) for cut in range(len(field), 0, -1))
        return next((columns[path] for path in paths if path in columns), 1)

    def _known(self, grids: Iterable[Grid]) -> dict[str, Grid]:
        known: dict[str, Grid] = {}
        for grid in grids:
            if grid.name in known:
                self._layout(grid.name, "", "", "two sheets have this name", "keep one of them")
            elif grid.name in SHEET_BY_NAME:
                if grid.rows:
                    known[grid.name] = grid
            elif grid.name != README_SHEET:
                self._layout(grid.name, "", grid.name, "the format has no sheet of this name",
                             _did_you_mean(grid.name, SHEET_BY_NAME), "unknown-field")  # fmt: skip
        return known

    def _read(self, sheet: Sheet, grid: Grid) -> None:
        header = next((row for row in grid.rows if row.number == 1), Row(1, {}))
        column_by_number = self._header(sheet, header)
        rows = [row for row in grid.rows if row.number > 1]
        for row in rows:
            self._check_layout(sheet, row, header)
        if not sheet.section:
            self._read_settings(sheet, rows, column_by_number)
            return
        if not sheet.within:
            self.document[sheet.section] = []
        for row in rows:
            owner = self._owner(sheet, row, column_by_number) if sheet.within else (sheet.section,)
            if owner is not None:
                self._add(sheet, row, owner, column_by_number)

    def _header(self, sheet: Sheet, header: Row) -> dict[int, Column]:
        """Return the columns by number, and report headers that are unknown, given twice or missing."""
        by_name = {column.header: column for column in sheet.columns}
        found: dict[int, Column] = {}
        for number, text in header.cells.items():
            place = address(sheet.name, number, 1)
            column = by_name.get(text) if isinstance(text, str) else None
            if isinstance(text, Unusable):
                self._layout(sheet.name, place, text, text.rule, text.remedy, text.code)
            elif column is None:
                self._layout(sheet.name, place, text, "the sheet has no column of this name", _did_you_mean(text, by_name),
                             "unknown-field")  # fmt: skip
            elif column in found.values():
                first = next(n for n, c in found.items() if c == column)
                self._layout(sheet.name, place, text, f"the header stands twice, first in {address(sheet.name, first, 1)}",
                             "keep one of the columns")  # fmt: skip
            else:
                found[number] = column
        self._columns[sheet.name] = {column.path: number for number, column in found.items()}
        for column in sheet.columns:
            if column.required and column not in found.values():
                self._missing(sheet, "column", column.header, _pointers(sheet, column), address(sheet.name, 1, 1))
        return found

    def _check_layout(self, sheet: Sheet, row: Row, header: Row) -> None:
        if dict(row.cells) == dict(header.cells):
            self._layout(sheet.name, address(sheet.name, 1, row.number), "", "the header stands in two rows", "keep the first")
        for number in sorted(set(row.cells) - set(header.cells)):
            self._layout(sheet.name, address(sheet.name, number, row.number), row.cells[number], "the column has no header",
                         "add a header or clear the cell")  # fmt: skip

    def _read_settings(self, sheet: Sheet, rows: Sequence[Row], columns: dict[int, Column]) -> None:
        self.document.update(calendar={}, prices={})
        self._rows[()] = (sheet.name, rows[0].number if rows else 2)
        if len(rows) != 1:
            self._layout(sheet.name, address(sheet.name, 1, rows[1].number if rows else 2), f"{len(rows)} rows",
                         "the sheet must have exactly one row below its header", "fill in one row")  # fmt: skip
        for row in rows[:1]:
            self._fill(self.document, (), row, columns)

    def _owner(self, sheet: Sheet, row: Row, columns: dict[int, Column]) -> Steps | None:
        """Return where the list stands that the row belongs to; `None`, and a problem told once, if that is unknown."""
        number = next((n for n, column in columns.items() if not column.path), 0)
        if not number:
            return None
        owner = row.cells.get(number)
        place = address(sheet.name, number, row.number)
        if owner is None:
            self._layout(sheet.name, place, "", "the row names no owner", "fill in the first column", "missing-field")
            return None
        if isinstance(owner, Unusable):
            self._layout(sheet.name, place, owner, owner.rule, owner.remedy, owner.code)
            return None
        if owner == EVERYONE and sheet.section == "companies":
            return ("calendar", sheet.within) if isinstance(self.document.get("calendar"), dict) else None
        rows = self.document.get(sheet.section)
        if rows is None:
            return None  # the owners' sheet is missing, which is told once
        for i, record in enumerate(rows):
            if record.get("id") == owner:
                return (sheet.section, i, sheet.within)
        self._layout(sheet.name, place, owner, f"{sheet.section} has no row with this id",
                     f"add it to {sheet.section} or correct the id", "unknown-reference")  # fmt: skip
        return None

    def _add(self, sheet: Sheet, row: Row, owner: Steps, columns: dict[int, Column]) -> None:
        parent: Any = self.document
        for step in owner[:-1]:
            parent = parent[step]
        records = parent.setdefault(owner[-1], [])
        steps = (*owner, len(records))
        records.append({})
        self._rows[steps] = (sheet.name, row.number)
        self._fill(records[-1], steps, row, columns)

    def _fill(self, record: dict[str, Any], steps: Steps, row: Row, columns: dict[int, Column]) -> None:
        for number, value in row.cells.items():
            column = columns.get(number)
            if column is None or not column.path:
                continue
            *parents, name = column.path.split("/")
            target = record
            for parent in parents:
                target = target.setdefault(parent, {})
            try:
                target[name] = self._convert(column.kind, value)
            except CellError as error:
                target[name] = None
                self._wrong_cells.append(((*steps, *parents, name), error, value))

    def _missing(self, sheet: Sheet, what: str, value: str, pointers: Sequence[str], place: str) -> None:
        """Report a sheet or column once; everything that points to one of these pointers follows from it."""
        self._places.update(dict.fromkeys(pointers, place))
        first, *others = pointers or [place]
        rule = f"the {what} is missing"
        self.problems.append(InputProblem("missing-field", f"Sheet {sheet.name}", value, rule, "add it", first, tuple(others)))

    def _layout(self, sheet: str, place: str, value: Any, rule: str, remedy: str, code: str = "bad-layout") -> None:
        self.problems.append(InputProblem(code, f"Sheet {sheet}", shown(value), rule, remedy, place or sheet))


def _did_you_mean(name: Any, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(name)[:80].lower(), sorted(known), n=1)
    return f"did you mean {close[0]}? Otherwise remove it" if close else "remove it"


def _pointers(sheet: Sheet, column: Column) -> list[str]:
    """Return the pointers into the document that a column feeds, with a star for each position."""
    if not column.path:
        return []
    if not sheet.section:
        return [f"/{column.path}"]
    if not sheet.within:
        return [f"/{sheet.section}/*/{column.path}"]
    calendar = [f"/calendar/{sheet.within}/*/{column.path}"] if sheet.section == "companies" else []
    return [f"/{sheet.section}/*/{sheet.within}/*/{column.path}", *calendar]
