"""Tables and paragraphs of plain text, at most `WIDTH` columns of a terminal wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

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
        Columns that shrink, widest first, until the table fits; their texts go on in a line below.
    """
    widths = [max(columns(text) for text in column) for column in zip(header, *rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        widths[max(elastic, key=lambda i: widths[i])] -= 1
    for row in (header, ["-" * width for width in widths], *rows):
        cells = [wrapped(text, width=width) for text, width in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(_cell(text, width, side) for text, width, side in zip(line, widths, sides, strict=True)).rstrip()
    yield ""


def _cell(text: str, width: int, side: str) -> str:
    room = " " * (width - columns(text))
    return room + text if side == ">" else text + room


def wrapped(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """Return a paragraph as lines of at most `width` columns; words longer than a line are cut."""
    room = width - len(indent)
    lines = [""]
    for whole in text.split():
        word = whole
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) <= room:
            lines[-1] += " " + word
            continue
        while columns(word) > room:
            lines.append(_head(word, room))
            word = word[len(lines[-1]) :]
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
