"""An instance as rows of its sheets, in the order of the records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.sheets.cells import to_cell
from cohort_opt.problem.sheets.layout import EVERYONE, SHEETS, Sheet


def tables(instance: Instance) -> Iterator[tuple[Sheet, list[list[Any]]]]:
    """Yield every sheet with its rows; each row has one cell per column of the layout, `None` where it is empty."""
    document = instance.model_dump(mode="json")
    for sheet in SHEETS:
        yield sheet, [_cells(sheet, owner, record) for owner, record in _records(sheet, document)]


def _records(sheet: Sheet, document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not sheet.section:
        yield "", document
    elif not sheet.within:
        yield from (("", record) for record in document[sheet.section])
    else:
        if sheet.section == "companies":
            yield from ((EVERYONE, record) for record in document["calendar"][sheet.within])
        yield from ((owner["id"], record) for owner in document[sheet.section] for record in owner[sheet.within])


def _cells(sheet: Sheet, owner: str, record: dict[str, Any]) -> list[Any]:
    return [to_cell(column.kind, _value(record, column.path)) if column.path else owner for column in sheet.columns]


def _value(record: dict[str, Any], path: str) -> Any:
    value: Any = record
    for name in path.split("/"):
        value = value[name]
    return value
