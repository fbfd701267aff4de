"""An instance while named changes are made to it, and what every change knows how to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from cohort_opt.errors import InputProblem
from cohort_opt.problem.records import Record

Row: TypeAlias = dict[str, Any]


class Draft:
    """A document of an instance while changes are made to it; keeps every target that was not found.

    Attributes
    ----------
    document
        The instance as plain dicts and lists.
    problems
        What could not be changed, with pointers into the scenario.
    """

    def __init__(self, document: Row) -> None:
        """Start from a document that the draft may change."""
        self.document = document
        self.problems: list[InputProblem] = []
        self.pointer = ""
        self.subject = ""

    def rows(self, collection: str) -> list[Row]:
        """Return the rows of a collection; changes to the list are changes to the draft."""
        found: list[Row] = self.document[collection]
        return found

    def row(self, collection: str, field: str, value: str) -> Row:
        """Return the row with this id; if there is none, an empty one that is thrown away, and a problem at `field`."""
        for row in self.rows(collection):
            if row["id"] == value:
                return row
        self.problem("unknown-reference", field, value, f"{collection} has no row with this id", "correct the id")
        return {"closed": [], "absences": []}

    def add(self, collection: str, record: Record) -> None:
        """Add a record as a row."""
        self.rows(collection).append(record.model_dump(mode="json"))

    def remove(self, collection: str, matches: Callable[[Row], bool], field: str, value: str) -> None:
        """Remove the rows that match; a problem at `field` if there is none."""
        self.remove_from(self.rows(collection), matches, field, value, collection)

    def remove_from(
        self, rows: list[Row], matches: Callable[[Row], bool], field: str, value: str, where: str = "the offering"
    ) -> None:
        """Remove the rows that match from a list; a problem at `field` if there is none."""
        kept = [row for row in rows if not matches(row)]
        if len(kept) == len(rows):
            self.problem("unknown-reference", field, value, f"{where} has no such row", "correct it, or drop the change")
        rows[:] = kept

    def problem(self, code: str, field: str, value: object, rule: str, remedy: str) -> None:
        """Keep a problem of the present change."""
        self.problems.append(
            InputProblem(code, self.subject, str(value)[:80], rule, remedy, f"{self.pointer}/{field}".rstrip("/"))
        )


class NamedChange(Record):
    """Base of all changes."""

    def apply_to(self, draft: Draft) -> None:
        """Change the draft."""
        raise NotImplementedError

    def given(self, *fields: str) -> dict[str, Any]:
        """Return those of the fields that the change names, as a document has them."""
        named = self.model_dump(mode="json", include=set(fields))
        return {field: named[field] for field in fields if field in self.model_fields_set}


def set_fields(draft: Draft, row: Row, given: dict[str, Any]) -> None:
    """Set the fields that a change names; naming none, or `null` for one, changes nothing and is a mistake."""
    if not any(value is not None for value in given.values()):
        draft.problem("missing-field", "", "", "names nothing to change", "name at least one field")
    row.update({field: value for field, value in given.items() if value is not None})
