"""A workbook to grids of typed cells, read part by part: what a sheet claims about itself is not believed."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.sheets.grid import Grid, Row, Unusable, address
from cohort_opt.problem.sheets.layout import MAX_ROWS, README_SHEET, SHEET_BY_NAME
from cohort_opt.problem.sheets.workbook_safety import SafeWorkbook, damaged, refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_ELEMENTS = 2_000_000
"""Most XML elements read from one workbook; 5,000 full rows of the widest sheet are 340,000."""
MAX_CLAIMED_ROWS, MAX_CLAIMED_COLUMNS = 100_000, 1_000
"""A sheet that claims to be larger was made by a program that does not mean it well, or by mistake."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][-+]?[0-9]{1,4})?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OOXML_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONS = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_FIRST_1904 = "counts its dates from 1904"


def read_grids(data: bytes, judged: Container[str] = SHEET_BY_NAME) -> tuple[list[Grid], list[InputProblem]]:
    """Return the sheets of a workbook, and what is wrong with the layout of those judged: merged, hidden or too many rows.

    Formulas, error values and damaged numbers become `Unusable` cells.

    Raises
    ------
    InstanceError
        If the workbook is refused as a whole: `unsupported-workbook`, `workbook-too-large`, `unsafe-workbook`, or `missing-extra`
        where the packages that read workbooks are not installed.
    """
    return _Reader(SafeWorkbook(data), judged).read()


class _Reader:
    def __init__(self, package: SafeWorkbook, judged: Container[str]) -> None:
        try:
            import defusedxml.ElementTree
            import openpyxl  # noqa: F401
        except ImportError:
            raise missing_extra() from None
        self._etree = defusedxml.ElementTree
        self._package = package
        self._judged = judged
        self._elements = 0
        self._from_1904 = False
        self._problems: list[InputProblem] = []

    def read(self) -> tuple[list[Grid], list[InputProblem]]:
        sheets = list(self._sheets())
        self._texts = list(self._shared_texts())
        self._is_date = list(self._date_styles())
        return [self._grid(name, part, hidden) for name, part, hidden in sheets], self._problems

    def _parts(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield each element of a part when it ends, with its name without the namespace."""
        try:
            for _, element in self._etree.iterparse(io.BytesIO(self._package.read(name)), events=("end",), forbid_dtd=True):
                self._elements += 1
                if self._elements > MAX_ELEMENTS:
                    raise refusal("workbook-too-large", name, f"the workbook has more than {MAX_ELEMENTS} elements", "use JSON")
                yield _name(element), element
        except (self._etree.ParseError, ValueError):  # ValueError: what defusedxml forbids, and encodings nobody knows
            raise damaged(name) from None

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Yield name, part and whether it is hidden, for each sheet in the order of the tabs."""
        targets = {
            element.get("Id"): element.get("Target", "")
            for tag, element in self._parts("xl/_rels/workbook.xml.rels")
            if tag == "Relationship"
        }
        for tag, element in self._parts("xl/workbook.xml"):
            if tag == "workbookPr":
                self._from_1904 = element.get("date1904", "0") in ("1", "true")
            elif tag == "sheet":
                target = targets.get(element.get(_OOXML_RELATIONS) or element.get(_STRICT_RELATIONS))
                if target is None:
                    raise damaged("xl/workbook.xml")
                part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                yield element.get("name", ""), part, element.get("state", "visible") != "visible"

    def _shared_texts(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" in self._package.names:
            for tag, element in self._parts("xl/sharedStrings.xml"):
                if tag == "si":
                    yield _text_in(element)
                    element.clear()

    def _date_styles(self) -> Iterator[bool]:
        """Yield for each cell style whether it shows a number as a date."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        if "xl/styles.xml" not in self._package.names:
            return
        formats: dict[str, str] = {str(number): text for number, text in BUILTIN_FORMATS.items()}
        for tag, element in self._parts("xl/styles.xml"):
            if tag == "numFmt":
                formats[element.get("numFmtId", "")] = element.get("formatCode", "")
            elif tag == "cellXfs":
                yield from (bool(is_date_format(formats.get(xf.get("numFmtId", "0"), ""))) for xf in element)

    def _grid(self, name: str, part: str, hidden: bool) -> Grid:
        if name == README_SHEET:
            return Grid(name, ())
        rows: list[Row] = []
        hidden_columns: set[int] = set()
        hidden_rows: list[int] = []
        number = 0
        for tag, element in self._parts(part):
            if tag == "dimension":
                _check_claim(name, element.get("ref", ""))
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                hidden_columns.update(range(_number(element.get("min")), min(_number(element.get("max")), 16_384) + 1))
            elif tag == "mergeCell":
                self._layout(name, address_range(name, element.get("ref", "")), "merged cells", "unmerge them")
            elif tag == "row":
                number = _number(element.get("r")) or number + 1
                cells = dict(self._cells(element))
                if cells:
                    rows.append(Row(number, cells))
                    if element.get("hidden") in ("1", "true"):
                        hidden_rows.append(number)
                element.clear()
                if len(rows) > MAX_ROWS + 1:
                    self._layout(name, address(name, 1, number), f"more than {MAX_ROWS} rows", "use JSON for so many rows")
                    break
        rows.sort(key=lambda row: row.number)
        self._check_hidden(name, rows, hidden, hidden_columns, hidden_rows)
        return Grid(name, tuple(rows))

    def _cells(self, row: Element) -> Iterator[tuple[int, Any]]:
        column = 0
        for cell in row:
            found = _CELL.fullmatch(cell.get("r", ""))
            column = _column(found[1]) if found else column + 1
            value = self._value(cell)
            if value is not None:
                yield column, value

    def _value(self, cell: Element) -> Any:
        children = {_name(child): child for child in cell}
        text = (children["v"].text or "") if "v" in children else None
        if "f" in children:
            return Unusable(f"={children['f'].text or ''}", "formula-cell", "is a formula; its value cannot be relied on",
                            "replace it by its value (copy, paste values)")  # fmt: skip
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            text = _text_in(children["is"]) if "is" in children else ""
        if text is None or not text.strip():
            return None
        match kind:
            case "inlineStr":
                return text
            case "s":
                return self._shared(text)
            case "b":
                return text.strip() == "1"
            case "e":
                return Unusable(text, "wrong-type", "is an error value of the spreadsheet", "correct the cell")
            case "n":
                return self._numeric(text, cell.get("s", "0"))
            case _:
                return _unescaped(text)

    def _shared(self, text: str) -> Any:
        if not text.isdecimal() or len(text) > 9 or int(text) >= len(self._texts):
            return _damaged_cell(text)
        return self._texts[int(text)] if self._texts[int(text)].strip() else None

    def _numeric(self, text: str, style: str) -> Any:
        if not _NUMBER.fullmatch(text):
            return _damaged_cell(text)
        value = float(text)
        if not -1e15 < value < 1e15:
            return Unusable(text, "out-of-range", "is too large a number", "correct the value")
        is_date = style.isdecimal() and len(style) < 7 and int(style) < len(self._is_date) and self._is_date[int(style)]
        if is_date:
            return self._date(text, value)
        return int(value) if value.is_integer() else value

    def _date(self, text: str, value: float) -> Any:
        from openpyxl.utils.datetime import from_excel

        if self._from_1904:
            return Unusable(
                text, "wrong-type", f"the workbook {_FIRST_1904}", "save it with dates from 1900, or write 2027-03-01"
            )
        try:
            day: dt.datetime | dt.time = from_excel(value)
        except (OverflowError, ValueError):
            return Unusable(text, "invalid-date", "is not a day of the calendar", "correct the date")
        return day

    def _check_hidden(self, name: str, rows: list[Row], hidden: bool, columns: set[int], hidden_rows: list[int]) -> None:
        if hidden and rows:
            self._layout(name, name, "a hidden sheet with data", "show it or delete it")
        for number in hidden_rows[:20]:
            self._layout(name, address(name, 1, number), "a hidden row with data", "show it or delete it")
        if used := sorted({column for row in rows for column in row.cells} & columns):
            for column in used[:20]:
                self._layout(name, address(name, column, 1), "a hidden column with data", "show it or delete it")

    def _layout(self, name: str, place: str, what: str, remedy: str) -> None:
        if name in self._judged:
            self._problems.append(InputProblem("bad-layout", f"Sheet {name}", "", f"has {what}", remedy, place))


def missing_extra() -> InstanceError:
    """Return the error where the packages that read and write workbooks are not installed."""
    return InstanceError([InputProblem("missing-extra", "Workbook", "", "needs the packages openpyxl and defusedxml",
                                       "install cohort-opt[files], or use JSON or CSV sheets")])  # fmt: skip


def address_range(sheet: str, ref: str) -> str:
    """Return the address of a range of cells, as long as it is one."""
    return f"{sheet}!{ref}" if re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?", ref) else sheet


def _check_claim(name: str, ref: str) -> None:
    found = _CELL.fullmatch(ref.rpartition(":")[2])
    if found and (int(found[2]) > MAX_CLAIMED_ROWS or _column(found[1]) > MAX_CLAIMED_COLUMNS):
        raise refusal("workbook-too-large", f"{name}!{ref}", "the sheet claims to be larger than any plan",
                      "copy the filled cells into a new workbook")  # fmt: skip


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def _text_in(element: Element) -> str:
    """Return the text of a shared or inline string: its pieces, without the reading aids of East Asian scripts."""
    pieces = (piece for child in element for piece in ([child] if _name(child) == "t" else child if _name(child) == "r" else ()))
    return _unescaped("".join(piece.text or "" for piece in pieces if _name(piece) == "t"))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _unescaped(text: str) -> str:
    """Return the text with `_x0041_` as the character it stands for (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _damaged_cell(text: str) -> Unusable:
    return Unusable(text, "wrong-type", "is a damaged cell", "retype the cell")
