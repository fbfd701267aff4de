"""A folder with one CSV file per sheet: UTF-8, separated by `;` or `,` as the header says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.sheets.grid import Grid, Row
from cohort_opt.problem.sheets.layout import Sheet

MAX_BYTES = 64 * 1024 * 1024
"""Largest file of a folder."""

_LOOKS_LIKE_FORMULA = re.compile(r"'*[=+\-@\t]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t]")


def read_grids(folder: Path) -> list[Grid]:
    """Return the sheets of a folder, in the order of their names; files that are not CSV are not looked at.

    Raises
    ------
    InstanceError
        With all files that are no CSV text in UTF-8 (`bad-encoding`, `bad-layout`, `too-large`), or if there is none.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    if not paths:
        raise InstanceError([InputProblem("no-sheets", "Folder", folder.name, "holds no CSV sheets",
                                          "give a folder with settings.csv, companies.csv, ...; or a JSON file")])  # fmt: skip
    grids: list[Grid] = []
    problems: list[InputProblem] = []
    for path in paths:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise _refusal(path.stem, "too-large", f"is larger than {MAX_BYTES} bytes", "split the instance")
            grids.append(parse_csv(path.stem, path.read_bytes()))
        except InstanceError as error:
            problems += error.problems
    if problems:
        raise InstanceError(problems)
    return grids


def parse_csv(name: str, data: bytes) -> Grid:
    """Return the rows of one CSV file; a byte-order mark, as spreadsheets write it, is allowed.

    Raises
    ------
    InstanceError
        With `bad-encoding` or `bad-layout`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(name, "bad-encoding", "is not UTF-8", "save it as CSV UTF-8", f"byte {error.start + 1}") from None
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = ";" if header.count(";") >= header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [Row(number, _cells(record)) for number, record in enumerate(reader, start=1)]
    except csv.Error as error:
        raise _refusal(name, "bad-layout", f"is not CSV: {error}", "save it again from the spreadsheet",
                       f"line {reader.line_num}") from None  # fmt: skip
    return Grid(name, tuple(row for row in rows if row.cells))


def write_grids(folder: Path, sheets: Iterable[tuple[Sheet, list[list[Any]]]]) -> None:
    """Write one CSV file per sheet, header first: UTF-8 with a byte-order mark and `;`, as Dutch spreadsheets open it."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, rows in sheets:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(column.header for column in sheet.columns)
        writer.writerows([_written(value) for value in row] for row in rows)
        (folder / f"{sheet.name}.csv").write_bytes(text.getvalue().encode("utf-8-sig"))


def _cells(record: list[str]) -> dict[int, str]:
    return {number: _unquoted(text) for number, text in enumerate(record, start=1) if text.strip()}


def _unquoted(text: str) -> str:
    """Return the text without the quote that keeps spreadsheets from taking it for a formula."""
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _LOOKS_LIKE_FORMULA.match(value) else value
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _refusal(name: str, code: str, rule: str, remedy: str, value: str = "") -> InstanceError:
    return InstanceError([InputProblem(code, f"Sheet {name}", value, rule, remedy, name)])
