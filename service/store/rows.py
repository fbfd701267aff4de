"""Rows as plain mappings: the one way in which a query is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Connection, Select, func

Row: TypeAlias = dict[str, Any]


def first(connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None) -> Row | None:
    """Return the first row, or `None` where there is none; `values` are those of the query's own parameters."""
    found = connection.execute(query, values).first()
    return None if found is None else {str(name): value for name, value in found._mapping.items()}


def every(connection: Connection, query: Select[Any]) -> list[Row]:
    """Return all rows."""
    return [{str(name): value for name, value in row.items()} for row in connection.execute(query).mappings()]


def begins(column: Column[str], text: str) -> ColumnElement[bool]:
    """Return the condition that a column begins with a text, letter by letter.

    `LIKE` would take `_` for any sign, and in SQLite `A` for `a`.
    """
    return func.substr(column, 1, len(text)) == text


def holds(column: Column[str], text: str) -> ColumnElement[bool]:
    """Return the condition that a column holds a text, letter by letter."""
    return func.replace(column, text, "") != column
