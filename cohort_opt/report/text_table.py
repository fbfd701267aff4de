"""Tables and paragraphs of plain text, at most `WIDTH` columns of a terminal wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 100


def columns(text: str) -> int:
    """Return how many columns of a terminal the text takes: none for combining marks, two for wide letters."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], sides: str, elastic: Sequence[int]) -> Iterator[str]:
    """Yield header, rule, rows and an empty line.

    Parameters
    ----------
    sides
        `<` or `>` for each column.
    elastic
        Columns that shrink, widest first, until the table fits; cut text ends in an ellipsis.
    """
    widths = [max(columns(text) for text in column) for column in zip(header, *rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        widths[max(elastic, key=lambda i: widths[i])] -= 1
    for row in (header, ["-" * width for width in widths], *rows):
        yield "  ".join(_cell(text, width, side) for text, width, side in zip(row, widths, sides, strict=True)).rstrip()
    yield ""


def _cell(text: str, width: int, side: str) -> str:
    if columns(text) > width:
        text = _head(text, width - 1) + "…"
    room = " " * (width - columns(text))
    return room + text if side == ">" else text + room


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a paragraph as lines; words longer than a line are cut."""
    room = WIDTH - len(indent)
    lines = [""]
    for whole in text.split():
        word = whole
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) <= room:
            lines[-1] += " " + word
            continue
        while columns(word) > room:
            head = _head(word, room)
            lines.append(head)
            word = word[len(head) :]
        lines.append(word)
    return [indent + line for line in lines if line]


def _head(text: str, width: int) -> str:
    """Return as much of the beginning as fits."""
    taken = 0
    for i, c in enumerate(text):
        taken += columns(c)
        if taken > width:
            return text[:i]
    return text
