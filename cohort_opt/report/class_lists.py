"""The class lists as tables: `classes` and `members`, as CSV for a Dutch Excel and as sheets of the workbook.

A cell is text, a whole number, a date or an amount of money; each writer shows it in its own way.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from cohort_opt.report.view import View
from cohort_opt.report.wording import weeks

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a CSV file as the code page of the machine and breaks names."""
CALENDAR_PRODUCT = "-//cohort-opt//class calendar//EN"
"""Mark of our calendar files, by which stale ones are known."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so may run as a formula in a spreadsheet (OWASP, CSV injection), full-width forms included."""


@dataclass(frozen=True, slots=True)
class Euros:
    """An amount of money for a cell."""

    cents: int

    @property
    def decimal(self) -> Decimal:
        """Return the amount in euros, exactly."""
        return Decimal(self.cents).scaleb(-2)


Cell: TypeAlias = str | int | dt.date | Euros | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or a file: a name, a header, and rows as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def safe_text(text: str) -> str:
    """Return text that no spreadsheet runs: a leading quote before everything that could begin a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def classes_table(view: View) -> Table:
    """Return one row per class, in order of first day."""
    header = (
        "number", "class", "course", "course_name", "level", "crebo", "certificate_only", "site_name", "municipality",
        "room_name", "instructor_name", "pattern", "first_day", "last_day", "iso_weeks", "days", "teaching_days", "min_seats",
        "max_seats", "trainees", "cost_eur", "seat_price_eur",
    )  # fmt: skip
    rows = [
        (
            item.number, item.entry.id, item.course.id, item.course.name, item.course.level, item.course.crebo,
            "yes" if item.course.certificate_only else None, item.site.name, item.site.municipality, item.room.name,
            item.instructor.name, item.entry.pattern, item.entry.start, item.entry.end, weeks(item.entry.dates),
            len(item.entry.dates), " ".join(date.isoformat() for date in item.entry.dates), item.entry.min_seats,
            item.entry.max_seats, item.entry.size, Euros(item.entry.cost_cents), Euros(item.entry.seat_price_cents),
        )
        for item in view.classes
    ]  # fmt: skip
    return Table("Classes", header, tuple(rows))


def members_table(view: View) -> Table:
    """Return one row per class and company; its shares add up to the costs of the classes."""
    header = (
        "number", "class", "course_name", "site_name", "first_day", "last_day", "company", "company_name", "municipality",
        "demand_lines", "trainees", "share_eur",
    )  # fmt: skip
    rows = [
        (
            item.number, item.entry.id, item.course.name, item.site.name, item.entry.start, item.entry.end, member.company.id,
            member.company.name, member.company.municipality, ", ".join(member.lines), member.seats,
            None if member.share_cents is None else Euros(member.share_cents),
        )
        for item in view.classes
        for member in item.members
    ]  # fmt: skip
    return Table("Members", header, tuple(rows))


def to_csv(table: Table) -> bytes:
    """Return the table as CSV: UTF-8 with byte order mark, `;` between cells, ISO dates, decimal comma, lines ending CRLF."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([_shown(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def _shown(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, Euros):
        return f"{cell.decimal:.2f}".replace(".", ",")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return safe_text(cell) if isinstance(cell, str) else cell


def widths(table: Table) -> Sequence[int]:
    """Return a width in characters for each column, between 8 and 60."""
    columns = zip(table.header, *([str(_shown(cell)) for cell in row] for row in table.rows), strict=True)
    return [min(60, max(8, *(len(text) for text in column)) + 2) for column in columns]
