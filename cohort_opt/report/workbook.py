"""The workbook `classes.xlsx`: five sheets of typed cells, the same bytes for the same proposal."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from cohort_opt.report.class_lists import Cell, Euros, Table, classes_table, members_table, safe_text, widths
from cohort_opt.report.view import View
from cohort_opt.report.wording import goals, headline, proof

DATE_FORMAT = "yyyy-mm-dd"
EURO_FORMAT = '"€" #,##0.00;[Red]-"€" #,##0.00'
HEADER_FILL = PatternFill("solid", fgColor="FFE3EDF1")
TIMESTAMP = dt.datetime(1980, 1, 1)  # noqa: DTZ001 the file format knows no zone
"""Written wherever the format wants a time: the earliest that a ZIP entry can hold. A clock would change the bytes."""


def to_workbook(view: View) -> bytes:
    """Return the workbook as bytes: Classes, Members, Without a seat, Cost per company, Summary."""
    tables = (classes_table(view), members_table(view), _waiting(view), _companies(view), _summary(view))
    return tables_workbook(tables, view.instance.name)


def tables_workbook(tables: Iterable[Table], title: str) -> bytes:
    """Return a workbook as bytes with one sheet of typed cells for each table; no text in it is ever a formula."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        _add_sheet(workbook, table)
    workbook.properties.creator = "cohort-opt"
    workbook.properties.title = safe_text(title)
    stream = io.BytesIO()
    workbook.save(stream)
    return _without_clock(workbook, stream)


def _waiting(view: View) -> Table:
    header = ("demand_line", "company", "company_name", "course_name", "asked", "without_a_seat", "reasons")
    rows = [
        (
            entry.demand,
            entry.company,
            view.companies[entry.company].name,
            view.courses[entry.course].name,
            entry.asked,
            entry.count,
            " ".join(reason.sentence for reason in entry.reasons),
        )
        for entry in view.proposal.unplaced or ()
    ]
    return Table("Without a seat", header, tuple(rows))


def _companies(view: View) -> Table:
    header = (
        "company", "company_name", "with_a_seat", "without_a_seat", "class_share_eur", "journeys_eur", "together_eur",
        "alone_eur", "gain_eur", "placed_without_outside_option", "waiting_avoided_eur_not_real_money",
    )  # fmt: skip
    rows = [
        (
            entry.company, view.companies[entry.company].name, entry.placed, entry.unplaced, Euros(entry.share_cents),
            Euros(entry.travel_cents), Euros(entry.together_cents), Euros(entry.alone_cents), Euros(entry.gain_cents),
            entry.placed_without_option, Euros(entry.waiting_avoided_cents),
        )
        for entry in view.proposal.pooling or ()
    ]  # fmt: skip
    return Table("Cost per company", header, tuple(rows))


def _summary(view: View) -> Table:
    proposal = view.proposal
    rows: list[tuple[Cell, ...]] = [
        ("instance", view.instance.name),
        ("outcome", headline(view)),
        ("status", proposal.status.value),
        ("proof", proof(proposal)),
        ("checked by an independent verifier", "yes" if proposal.verified else "NO"),
        ("reproducible", "yes" if proposal.reproducible else "no"),
        ("trainees asked", view.asked),
        ("trainees with a seat", view.placed),
        ("trainees without a seat", view.waiting),
        ("classes", len(view.classes)),
        ("objective", None if proposal.objective_cents is None else Euros(proposal.objective_cents)),
        ("proven bound", None if proposal.bound_cents is None else Euros(proposal.bound_cents)),
    ]
    rows += [(f"goal {name} (proven bound {bound})", reached) for name, reached, bound in goals(proposal)]
    if proposal.objective_terms is not None:
        terms = proposal.objective_terms
        rows += [
            ("of which opening classes", Euros(terms.class_fixed)),
            ("of which seats", Euros(terms.seats)),
            ("of which journeys", Euros(terms.travel)),
            ("of which boarding", Euros(terms.boarding)),
            ("of which waiting for the start (not real money)", Euros(terms.waiting)),
            ("of which trainees without a seat (not real money)", Euros(terms.unplaced)),
            ("of which seats moved (not real money)", Euros(terms.changes)),
            ("of which classes off their wished size (not real money)", Euros(terms.off_target)),
            ("of which support", Euros(terms.support)),
            ("of which above wished limits (not real money)", Euros(terms.quota_excess)),
            ("of which grants counted in (in no price)", Euros(terms.subsidies)),
        ]
    rows += [
        ("bound from", proposal.bound_source),
        ("seed", proposal.seed),
        ("mode", proposal.limits.mode),
        ("versions", ", ".join(f"{name} {version}" for name, version in sorted(proposal.versions.items()))),
        ("fingerprint of the input", proposal.instance_fingerprint),
    ]
    return Table("Summary", ("item", "value"), tuple(rows))


def _add_sheet(workbook: Workbook, table: Table) -> None:
    sheet = workbook.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        header = sheet.cell(1, column, table.header[column - 1])
        header.font, header.fill = Font(bold=True), HEADER_FILL
    for i, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(i, column), value)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{len(table.rows) + 1}"


def _fill(cell: SheetCell, value: Cell) -> None:
    if isinstance(value, Euros):
        cell.value, cell.number_format = value.decimal, EURO_FORMAT
    elif isinstance(value, dt.date):
        cell.value, cell.number_format = value, DATE_FORMAT
    elif isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"  # never a formula, never an error value, whatever the text looks like
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
    else:
        cell.value = value


def _without_clock(workbook: Workbook, stream: io.BytesIO) -> bytes:
    """Return the archive with every time replaced: those of its entries and those of the document's properties."""
    workbook.properties.created = workbook.properties.modified = TIMESTAMP
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, TIMESTAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the bytes would name the operating system
            entry.external_attr = 0o600 << 16
            is_properties = name == "docProps/core.xml"
            new.writestr(entry, tostring(workbook.properties.to_tree()) if is_properties else old.read(name))
    return packed.getvalue()
