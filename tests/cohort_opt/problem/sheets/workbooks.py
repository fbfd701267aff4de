"""Workbooks for the tests: a valid one, the same with cells edited, and the same with parts of its package replaced."""

import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl

from cohort_opt.errors import InstanceError
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.write import write_workbook
from tests.builders import everything_switched_on

SHEET = "xl/worksheets/sheet{}.xml"


def valid_bytes() -> bytes:
    """Return `everything_switched_on` as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "valid.xlsx"
        write_workbook(everything_switched_on(), path)
        return path.read_bytes()


VALID = valid_bytes()


def edited(edit) -> bytes:
    """Return the valid workbook after `edit(book)`, saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(VALID))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_cell(sheet: str, cell: str, value) -> bytes:
    """Return the valid workbook with one cell set; text that begins with = becomes a formula, as in a spreadsheet."""

    def edit(book):
        book[sheet][cell].number_format = "yyyy-mm-dd" if isinstance(value, dt.date) else "General"
        book[sheet][cell].value = value

    return edited(edit)


def repacked(changes=None, data: bytes = VALID, **kwargs) -> bytes:
    """Return a workbook with parts replaced, added (new names) or removed (None)."""
    changes = dict(changes or {})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **kwargs) as copy:
        for name in source.namelist():
            content = changes.pop(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
        for name, content in changes.items():
            copy.writestr(name, content)
    return target.getvalue()


def part(name: str, data: bytes = VALID) -> str:
    """Return one part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name).decode()


def read(data: bytes):
    """Return the instance in the bytes of a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(data)
        return read_instance(path)


def problems(data: bytes):
    """Return the problems of a workbook; empty if it is valid."""
    try:
        read(data)
    except InstanceError as error:
        return error.problems
    return ()


def codes_and_cells(data: bytes) -> list[tuple[str, str]]:
    """Return code and cell of each problem."""
    return [(problem.code, problem.pointer) for problem in problems(data)]
