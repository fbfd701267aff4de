"""An instance as a workbook; the bytes depend on the instance alone, never on the day or the machine's clock."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.sheets.layout import MAX_ROWS, Kind, Sheet
from cohort_opt.problem.sheets.tables import tables
from cohort_opt.problem.sheets.workbook_reader import missing_extra

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every part of a package: the earliest that the format knows."""

_FORMATS = {Kind.EUROS: "#,##0.00", Kind.DATE: "yyyy-mm-dd", Kind.DEGREES: "0.000000", Kind.TEXT: "@"}
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_FORMULA = re.compile(r"[=+\-@]")


def write_workbook(instance: Instance, path: Path) -> None:
    """Write an instance as a workbook that `read_instance` reads back.

    Raises
    ------
    InstanceError
        With `too-many-items` if a sheet would have more than 5,000 rows, `missing-extra` without openpyxl.
    """
    book = new_workbook()
    for sheet, rows in tables(instance):
        if len(rows) > MAX_ROWS:
            raise InstanceError(
                [InputProblem("too-many-items", f"Sheet {sheet.name}", f"{len(rows)} rows",
                              f"a sheet has at most {MAX_ROWS} rows", "write JSON instead", sheet.name)]
            )  # fmt: skip
        fill_sheet(book.create_sheet(sheet.name), sheet, rows)
    path.write_bytes(workbook_bytes(book))


def new_workbook() -> Workbook:
    """Return a workbook without sheets."""
    try:
        import openpyxl
    except ImportError:
        raise missing_extra() from None
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def fill_sheet(target: Worksheet, sheet: Sheet, rows: Sequence[Sequence[Any]]) -> None:
    """Write header and rows of a sheet, each column in its format."""
    from openpyxl.styles import Font, PatternFill

    bold, shade = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
    for number, column in enumerate(sheet.columns, start=1):
        header = target.cell(1, number, column.header)
        header.font, header.fill = bold, shade
        target.column_dimensions[header.column_letter].width = max(12, len(column.header) + 3)
        for row_number, row in enumerate(rows, start=2):
            if row[number - 1] is not None:
                put(target.cell(row_number, number), row[number - 1], _FORMATS.get(column.kind, "General"))
    target.freeze_panes = "A2"


def put(cell: Cell | MergedCell, value: Any, number_format: str = "General") -> None:
    """Write one value; text stays text, whatever it looks like."""
    if isinstance(value, str):
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", value)
        cell.data_type = "s"
        if _LOOKS_LIKE_FORMULA.match(value):
            cell.quotePrefix = True
    elif isinstance(value, Decimal):
        cell.value = float(value)
    else:
        cell.value = value
    cell.number_format = number_format


def workbook_bytes(book: Workbook) -> bytes:
    """Return a workbook as bytes without any trace of when it was written."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "cohort-opt"
    book.properties.created = book.properties.modified = dt.datetime(*EPOCH)  # noqa: DTZ001  the format knows no zone
    target = io.BytesIO()
    ExcelWriter(book, _TimelessZip(target, "w", zipfile.ZIP_DEFLATED)).save()
    return target.getvalue()


class _TimelessZip(zipfile.ZipFile):
    """A zip file whose entries all carry the same time stamp."""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        self.writestr(str(arcname or filename), Path(filename).read_bytes())
