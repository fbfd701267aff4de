"""A sheet as it was read: rows of cells with their addresses, before anybody asks what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell whose value must not be used, and why: a formula, an error value, a damaged number."""

    text: str
    code: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        """Return what the cell shows."""
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (1 = the header) and the values of its filled cells by column (1 = A)."""

    number: int
    cells: Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name and its filled rows, ascending."""

    name: str
    rows: tuple[Row, ...]


def letters(column: int) -> str:
    """Return the letters of a column: 1 = A, 27 = AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(sheet: str, column: int, row: int) -> str:
    """Return the address of a cell as people write it: `demands!C7`."""
    return f"{sheet}!{letters(column)}{row}"
