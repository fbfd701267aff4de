"""The workbook of one company: its counts, one line a row, headers in its own language, drop-down lists, nothing else.

The columns are those of the sheet `demands` that a company decides; who asks is never in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.personal import personal_data_in
from cohort_opt.problem.sheets.assemble import Assembly
from cohort_opt.problem.sheets.cells import from_workbook, to_cell
from cohort_opt.problem.sheets.grid import Grid, Row, address, letters
from cohort_opt.problem.sheets.layout import SHEET_BY_NAME, Column, Sheet
from cohort_opt.problem.sheets.workbook_reader import read_grids
from cohort_opt.problem.sheets.workbook_safety import SafeWorkbook
from cohort_opt.problem.sheets.workbook_writer import fill_sheet, new_workbook, workbook_bytes

ROWS_WITH_LISTS = 200
"""So many rows have drop-down lists; more may be filled in."""
LANGUAGES = ("nl", "en", "de")
SHEET_NAMES = {"nl": "deelnemers", "en": "trainees", "de": "Teilnehmer"}
_HEADERS = {
    "course": ("opleiding", "course", "Kurs"),
    "count": ("aantal", "trainees", "Anzahl"),
    "earliest_start": ("start vanaf", "start from", "Beginn ab"),
    "latest_start": ("start tot en met", "start until", "Beginn bis"),
    "max_travel_km": ("hoogstens km", "at most km", "höchstens km"),
    "weekdays": ("dagen", "days", "Tage"),
    "patterns": ("patroon", "pattern", "Muster"),
    "together": ("bij elkaar", "together", "zusammen"),
    "max_seat_price_eur": ("hoogste prijs per plaats", "highest price of a seat", "höchster Preis je Platz"),
    "line": ("regel", "line", "Zeile"),
}
"""Header by column, in Dutch, English and German; the reader takes all three."""
_WORDS = {
    "ma": "mon", "di": "tue", "wo": "wed", "do": "thu", "vr": "fri", "mo": "mon", "mi": "wed", "fr": "fri",
    "ja": "yes", "nee": "no", "nein": "no",
    "aaneengesloten": "block", "wekelijks": "day_release", "weekly": "day_release", "wöchentlich": "day_release",
}  # fmt: skip
"""Words of the lists in other languages; `di` and `do` mean the same days in Dutch and German."""
_LISTS = {
    "nl": {"weekdays": ("ma di wo do vr",), "patterns": ("aaneengesloten", "wekelijks", "aaneengesloten wekelijks"),
           "together": ("ja", "nee")},
    "en": {"weekdays": ("mon tue wed thu fri",), "patterns": ("block", "weekly", "block weekly"), "together": ("yes", "no")},
    "de": {"weekdays": ("mo di mi do fr",), "patterns": ("block", "wöchentlich", "block wöchentlich"),
           "together": ("ja", "nein")},
}  # fmt: skip
_TO_WORDS = {
    "nl": {"mon": "ma", "tue": "di", "wed": "wo", "thu": "do", "fri": "vr", "yes": "ja", "no": "nee", "block": "aaneengesloten",
           "day_release": "wekelijks"},
    "en": {"day_release": "weekly"},
    "de": {"mon": "mo", "tue": "di", "wed": "mi", "thu": "do", "fri": "fr", "yes": "ja", "no": "nein",
           "day_release": "wöchentlich"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountsSheet:
    """The counts in a workbook, not yet validated.

    Parameters
    ----------
    lines
        Fields of each line as JSON has them; `line` is left out where the cell is empty.
    places
        Cell of every field that has one, by pointer: `/lines/0/count` -> `trainees!B2`; `/lines/0` = its first cell.
    """

    lines: tuple[dict[str, Any], ...]
    places: Mapping[str, str]


def write_company_counts(courses: Mapping[str, str], lines: Sequence[Mapping[str, Any]], language: str = "en") -> bytes:
    """Return the workbook of a company as bytes, its own lines filled in.

    Parameters
    ----------
    courses
        Name by id; names are what the list offers.
    lines
        Fields of each line, as JSON has them.
    language
        `nl`, `en` or `de`.

    Raises
    ------
    InstanceError
        With `missing-extra` without openpyxl.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    where = LANGUAGES.index(language)
    columns = [(name, replace(_column(name), header=headers[where])) for name, headers in _HEADERS.items()]
    sheet = Sheet(SHEET_NAMES[language], "", tuple(column for _, column in columns), "")
    rows = [[_shown(name, column, line, courses, language) for name, column in columns] for line in lines]
    book = new_workbook()
    target = book.create_sheet(sheet.name)
    fill_sheet(target, sheet, rows)
    lists = {"course": tuple(sorted(courses.values())), **_LISTS[language]}
    for number, (name, _) in enumerate(columns, start=1):
        offered = ",".join(text.replace(",", " ") for text in lists.get(name, ()))
        if offered and len(offered) <= 255:  # the format's own limit for a list in place
            validation = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=name == "course")
            validation.add(f"{letters(number)}2:{letters(number)}{ROWS_WITH_LISTS + 1}")
            target.add_data_validation(validation)
    return workbook_bytes(book)


def read_company_counts(data: bytes, courses: Mapping[str, str]) -> CountsSheet:
    """Return the counts that a company filled in; a course may be given by name or id.

    Raises
    ------
    InstanceError
        With every cell that cannot be read, or if the file is refused as a whole; pointers are cells.
    """
    grids, problems = read_grids(data, frozenset(SHEET_NAMES.values()))
    sheet = next((grid for grid in grids if grid.name in SHEET_NAMES.values()), None)
    if sheet is None:
        names = ", ".join(SHEET_NAMES.values())
        found = ", ".join(grid.name for grid in grids)
        raise InstanceError(
            [
                InputProblem(
                    "missing-field", "Workbook", found, f"it has no sheet named {names}", "fill in the file from this page"
                )
            ]
        )
    problems = [*problems, *_unknown_headers(sheet), *_about_persons(sheet)]
    assembly = Assembly([_as_demands(sheet, courses)], from_workbook)
    own = [problem for problem in assembly.problems if problem.pointer.startswith(("demands!", "/demands"))]
    problems += [replace(problem, pointer=_cell(sheet, assembly.translate(problem.pointer))) for problem in own]
    problems = [problem for problem in problems if not problem.pointer.startswith("/")]
    if problems:
        raise InstanceError(problems)
    lines, places = [], {}
    for number, record in enumerate(assembly.document.get("demands", ())):
        line = {name: _json(value) for name, value in record.items() if name not in ("id", "company") and value is not None}
        if record["id"] != _NO_LINE:
            line["line"] = record["id"]
        lines.append(line)
        places[f"/lines/{number}"] = _cell(sheet, assembly.translate(f"/demands/{number}"))
        for name in _HEADERS:
            place = assembly.translate(f"/demands/{number}/{_column(name).path}")
            places[f"/lines/{number}/{_path(name)}"] = _cell(sheet, place)
    return CountsSheet(tuple(lines), places)


def mark_cells(data: bytes, marks: Mapping[str, str]) -> bytes:
    """Return a workbook with cells marked: coloured, and with a remark that says what is wrong.

    Parameters
    ----------
    data
        A workbook that passed `read_company_counts`' checks of the package.
    marks
        Sentence by cell, such as `trainees!C2`; what names no cell of a sheet is left out.

    Raises
    ------
    InstanceError
        If the workbook is refused as a whole.
    """
    import io

    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    SafeWorkbook(data)
    book = load_workbook(io.BytesIO(data))
    for place, sentence in marks.items():
        name, _, cell = place.rpartition("!")
        if name in book.sheetnames and re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]{0,6}", cell):
            book[name][cell].fill = PatternFill("solid", fgColor="FFC7CE")
            book[name][cell].comment = Comment(sentence[:500], "Cohort Opt")
    return workbook_bytes(book)


_NO_LINE = "-"


def _column(name: str) -> Column:
    wanted = "id" if name == "line" else name
    return next(column for column in SHEET_BY_NAME["demands"].columns if column.header == wanted)


def _path(name: str) -> str:
    return "line" if name == "line" else _column(name).path


def _shown(name: str, column: Column, line: Mapping[str, Any], courses: Mapping[str, str], language: str) -> Any:
    """Return the value of a cell, in the words of the language."""
    value = line.get(_path(name))
    if value is None:
        return None
    if name == "course":
        return courses.get(value, value)
    cell = to_cell(column.kind, value)
    if name in ("weekdays", "patterns", "together") and isinstance(cell, str):
        return " ".join(_TO_WORDS[language].get(word, word) for word in cell.replace(",", " ").split())
    return cell


def _unknown_headers(sheet: Grid) -> list[InputProblem]:
    """Return a problem for each header that is no header of this sheet, and for each cell below no header at all."""
    known = {header.casefold() for headers in _HEADERS.values() for header in headers}
    header = next((row for row in sheet.rows if row.number == 1), Row(1, {}))
    subject, found = f"Sheet {sheet.name}", []
    for number, text in header.cells.items():
        if str(text).strip().casefold() not in known:
            rule, remedy = "the sheet has no column of this name", "use the headers of the file from this page"
            place = address(sheet.name, number, 1)
            found.append(InputProblem("unknown-field", subject, str(text)[:60], rule, remedy, place))
    for row in sheet.rows:
        if row.number > 1 and dict(row.cells) == dict(header.cells):
            place = address(sheet.name, 1, row.number)
            found.append(InputProblem("bad-layout", subject, "", "the header stands in two rows", "keep the first", place))
        for number in sorted(set(row.cells) - set(header.cells)):
            place = address(sheet.name, number, row.number)
            found.append(InputProblem("bad-layout", subject, "", "the column has no header", "clear the cell", place))
    return found


def _about_persons(sheet: Grid) -> list[InputProblem]:
    """Return a problem for each cell that seems to hold data about a person; never the value."""
    return [
        InputProblem("personal-data-refused", f"Sheet {sheet.name}", "", "seems to hold data about a person",
                     "clear the cell; counts are enough", address(sheet.name, number, row.number))
        for row in sheet.rows
        for number, value in sorted(row.cells.items())
        if (isinstance(value, str) or type(value) is int) and personal_data_in(str(value))
    ]  # fmt: skip


def _as_demands(sheet: Grid, courses: Mapping[str, str]) -> Grid:
    """Return the sheet as the sheet `demands` of an instance: its headers, its words, and a row's own line and company."""
    by_word = {header.casefold(): name for name, headers in _HEADERS.items() for header in headers}
    by_name = {title.casefold(): course for course, title in courses.items()}
    header = next((row for row in sheet.rows if row.number == 1), Row(1, {}))
    names = {number: by_word.get(str(text).strip().casefold(), "") for number, text in header.cells.items()}
    most = max(header.cells, default=0)
    line_at = next((number for number, name in names.items() if name == "line"), most + 1)
    company_at = most + 2
    top = {number: _column(name).header for number, name in names.items() if name} | {line_at: "id", company_at: "company"}
    rows = [Row(1, top)]
    for row in sheet.rows:
        if row.number > 1:
            cells = {number: _word(names.get(number, ""), value, by_name) for number, value in row.cells.items() if number in top}
            rows.append(Row(row.number, {line_at: _NO_LINE, company_at: _NO_LINE, **cells}))
    return Grid("demands", tuple(rows))


def _word(name: str, value: Any, by_name: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    if name == "course":
        return by_name.get(value.strip().casefold(), value)
    if name in ("weekdays", "patterns", "together"):
        return " ".join(_WORDS.get(word.casefold(), word.casefold()) for word in value.replace(",", " ").split())
    return value


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _cell(sheet: Grid, place: str) -> str:
    return place.replace("demands!", f"{sheet.name}!", 1) if place.startswith("demands!") else place
