"""One cell to one value, exactly: nothing is rounded and nothing is guessed. What the value may be is checked later."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from cohort_opt.problem.sheets.grid import Unusable
from cohort_opt.problem.sheets.layout import Kind

_WHOLE = re.compile(r"-?[0-9]{1,40}")
_FRACTION = re.compile(r"-?[0-9]+[.,][0-9]{1,2}")
_DEGREES = re.compile(r"-?[0-9]{1,3}([.,][0-9]{1,15})?")
_MONEY = re.compile(r"-?[0-9]{1,20}([.,][0-9]{1,2})?")
_PATTERN = re.compile(r"(block|day_release|mixed)[ ]*([0-9]{1,4})(?: +([0-9]{1,4}))?( +unbroken\b)?( +(?:morning|afternoon)\b)?")
_SEPARATORS = re.compile(r"[\s,;]+")
_TRUTHS = {"yes": True, "no": False, "true": True, "false": False}


class CellError(ValueError):
    """A cell that cannot be the value of its column."""

    def __init__(self, code: str, rule: str, remedy: str) -> None:
        """Keep code, rule and way out."""
        super().__init__(rule)
        self.code, self.rule, self.remedy = code, rule, remedy


def from_workbook(kind: Kind, value: Any) -> Any:
    """Return the value of a typed cell of a workbook, as the same field has it in a document.

    Raises
    ------
    CellError
        If the cell holds another type than its column needs.
    """
    if isinstance(value, Unusable):
        raise CellError(value.code, value.rule, value.remedy)
    if isinstance(value, str):
        return _from_words(kind, value)
    if kind is Kind.DATE and isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise CellError("invalid-date", "must be a date without a time", "remove the time of day")
        return value.date()
    if kind is Kind.DATES and isinstance(value, dt.datetime):
        return [from_workbook(Kind.DATE, value)]
    if kind is Kind.EUROS and isinstance(value, int | float) and not isinstance(value, bool):
        return _cents(Decimal(format(value, ".15g")))  # 15 digits are what a spreadsheet shows and means
    if kind in (Kind.WORDS, Kind.NAMES, Kind.DATES, Kind.PATTERNS, Kind.EUROS):
        raise CellError("wrong-type", f"must be {kind.value}", "retype the cell")
    return value


def from_text(kind: Kind, text: str) -> Any:
    """Return the value of a cell of a CSV file, where everything is text.

    Raises
    ------
    CellError
        If the text is not written as its column needs.
    """
    match kind:
        case Kind.WHOLE:
            return _whole(text)
        case Kind.DEGREES if _DEGREES.fullmatch(text):
            return float(text.replace(",", "."))
        case Kind.EUROS if _MONEY.fullmatch(text):
            return _cents(Decimal(text.replace(",", ".")))
        case Kind.EUROS:
            raise CellError(
                "wrong-type", f"must be {kind.value}, without a separator of thousands", "write it as 1234,50 or 1234.50"
            )
        case Kind.DEGREES:
            raise CellError("wrong-type", "must be a decimal number", "write it as 51.92 or 51,92")
        case _:
            return _from_words(kind, text)


def _from_words(kind: Kind, text: str) -> Any:
    match kind:
        case Kind.TRUTH:
            return _truth(text)
        case Kind.WORDS:
            return [word for word in _SEPARATORS.split(text.lower()) if word]
        case Kind.NAMES | Kind.DATES:
            return [word for word in _SEPARATORS.split(text) if word]
        case Kind.PATTERNS:
            return _patterns(text)
        case Kind.EUROS:
            raise CellError("wrong-type", "must be a number of euros, not text", "retype it as a number")
        case _:
            return text


def _whole(text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text) and text.rstrip("0")[-1] not in ".,":
        raise CellError("not-an-integer", "must be a whole number", "round it to a whole number")
    raise CellError("wrong-type", "must be a whole number in plain digits", "write it as 14, without separators or decimals")


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTHS:
        raise CellError("wrong-type", "must be yes or no", "choose one of the two")
    return _TRUTHS[text.lower()]


def _cents(euros: Decimal) -> int:
    try:
        cents = euros.scaleb(2)
        if cents == cents.to_integral_value():
            return int(cents)
    except (InvalidOperation, OverflowError):
        pass  # no number, an infinite one, or one of more digits than any amount has: told below
    raise CellError("not-an-integer", "must be a whole number of cents", "write at most two decimals")


def _patterns(text: str) -> list[dict[str, Any]]:
    """Return the patterns of a text such as `block 5, day_release 10`."""
    found: list[dict[str, Any]] = []
    rest = text.lower()
    for match in _PATTERN.finditer(rest):
        kind, first, second, unbroken, part = match.groups()
        if (kind == "mixed") != (second is not None) or (unbroken and kind != "block"):
            found = []
            break
        units = {"block": ("days",), "day_release": ("weeks",), "mixed": ("days", "weeks")}[kind]
        pattern: dict[str, Any] = {"kind": kind, **dict(zip(units, map(int, filter(None, (first, second))), strict=True))}
        pattern |= {"unbroken": True} if unbroken else {}
        found.append(pattern | ({"part": part.strip()} if part else {}))
    if not found or _SEPARATORS.sub("", _PATTERN.sub("", rest)):
        raise CellError("unknown-value", "must be patterns such as `block 5` or `day_release 10`", "write them so, with commas")
    return found


def to_cell(kind: Kind, value: Any) -> Any:
    """Return what stands in a cell for a value of a document: text, a number, a date, a truth as yes or no; `None` if empty."""
    if value is None:
        return None
    match kind:
        case Kind.EUROS:
            return Decimal(value).scaleb(-2)
        case Kind.DATE:
            return dt.date.fromisoformat(value)
        case Kind.TRUTH:
            return "yes" if value else "no"
        case Kind.WORDS | Kind.NAMES | Kind.DATES:
            return " ".join(value) or None
        case Kind.PATTERNS:
            return ", ".join(_pattern_text(pattern) for pattern in value)
        case _:
            return value


def _pattern_text(pattern: dict[str, Any]) -> str:
    numbers = (str(pattern[unit]) for unit in ("days", "weeks") if unit in pattern)
    words = ("unbroken" if pattern.get("unbroken") else "", "" if pattern.get("part", "day") == "day" else pattern["part"])
    return " ".join([pattern["kind"], *numbers, *filter(None, words)])
