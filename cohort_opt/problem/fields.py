"""Field types of the records: whole numbers, cents, dates, texts, weekdays, each with its bad-input code.

Units: money in integer euro cents, distance in whole kilometres, dates as calendar dates without a zone.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from cohort_opt.problem.personal import personal_data_in

MAX_COUNT = 500
"""Most trainees on one demand line; a larger figure is a typing error or several lines."""
MAX_CENTS = 10**9
"""Largest single amount, ten million euros."""
MAX_KM = 2_000
"""Largest travel limit; beyond the size of the countries served."""
MAX_HORIZON_DAYS = 1_100
"""Longest calendar, three years."""

MAX_MARKS = 30
"""Most combining marks on one letter (Unicode Standard Annex 15, Stream-Safe Text Format); languages need four."""

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
"""Days outside are typing errors, and adding weeks to the last day that Python knows would overflow."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_BAD_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def _exact_int(value: object) -> int:
    """Accept an int or a float without a fraction; refuse truth values and text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("wrong-type", "must be a whole number, not text or a truth value")
    if isinstance(value, float) and not value.is_integer():
        raise PydanticCustomError("not-an-integer", "must be a whole number")
    return int(value)


def _exact_bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise PydanticCustomError("wrong-type", "must be true or false")
    return value


def _exact_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("wrong-type", "must be a number, not text or a truth value")
    try:
        return round(float(value), 6) + 0.0  # a degree to 0.1 m survives every file format; -0.0 becomes 0.0
    except OverflowError:
        raise PydanticCustomError("out-of-range", "is too large for a number") from None


def _exact_date(value: object) -> dt.date:
    """Accept a date or `YYYY-MM-DD`; refuse a time of day, a number, and years in which no plan can lie."""
    day = value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else _date_from_text(value)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("outside-horizon", "must lie in the years 2000 to 2100")
    return day


def _date_from_text(value: object) -> dt.date:
    if isinstance(value, str) and _LOCAL_TIME.fullmatch(value):
        raise _time_of_day(value)
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("invalid-date", "must be a date written as YYYY-MM-DD")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("invalid-date", "is not a day of the calendar") from None


def _time_of_day(value: str) -> PydanticCustomError:
    """Return why a date with a time is refused; names the hour that summer time skips or repeats (EU directive 2000/84/EC)."""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return PydanticCustomError("invalid-date", "is not a day of the calendar")
    last_sunday = moment.weekday() == 6 and moment.day > 24
    if last_sunday and moment.month == 3 and moment.hour == 2:
        return PydanticCustomError("nonexistent-time", "is an hour that summer time skips; a date without a time is wanted")
    if last_sunday and moment.month == 10 and moment.hour == 2:
        return PydanticCustomError("ambiguous-time", "is an hour that comes twice; a date without a time is wanted")
    return PydanticCustomError("invalid-date", "must be a date without a time, written as YYYY-MM-DD")


def _clean_text(value: object) -> str:
    """Return the text in NFC; refuse control characters, lone surrogates and direction overrides."""
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "must be text")
    if any(unicodedata.category(c) in _BAD_CATEGORIES or c in _BIDI for c in value):
        raise PydanticCustomError("bad-text", "must not contain control or direction characters")
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise PydanticCustomError("missing-field", "must not be empty")
    if len(text) > 200 or (not text.isascii() and _most_marks(text) > MAX_MARKS):
        raise PydanticCustomError("too-long", "must have at most 200 characters, and no heap of marks on one of them")
    return no_personal_data(text)


def _most_marks(text: str) -> int:
    """Return the greatest number of combining marks on one letter, and at least a third of all of them."""
    most = run = every = 0
    for sign in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.combining(sign) else 0
        every += run > 0
        most = max(most, run)
    return max(most, every // 3)


def no_personal_data(text: str) -> str:
    """Return the text.

    Raises
    ------
    PydanticCustomError
        `personal-data-refused`, where it seems to hold data about a person.
    """
    if personal_data_in(text):
        raise PydanticCustomError(
            "personal-data-refused",
            "seems to hold data about a person (a service number, mail address, telephone, account or day of birth)",
        )
    return text


class Weekday(StrEnum):
    """A working day of the week; the order is that of the calendar."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"

    @property
    def number(self) -> int:
        """Return 0 for Monday to 4 for Friday, as `datetime.date.weekday` does."""
        return list(Weekday).index(self)


def _sorted_weekdays(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    return tuple(day for day in Weekday if day in set(days))


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Text = Annotated[str, BeforeValidator(_clean_text), Field(json_schema_extra={"minLength": 1, "maxLength": 200})]
Int = Annotated[int, BeforeValidator(_exact_int)]
Bool = Annotated[bool, BeforeValidator(_exact_bool)]
Number = Annotated[float, BeforeValidator(_exact_number)]
Cents = Annotated[Int, Field(ge=0, le=MAX_CENTS)]
CentsPerKm = Annotated[Int, Field(ge=0, le=10_000)]
Count = Annotated[Int, Field(ge=1, le=MAX_COUNT)]
Km = Annotated[Int, Field(ge=0, le=MAX_KM)]
Minutes = Annotated[Int, Field(ge=0, le=1_440)]
Date = Annotated[
    dt.date,
    BeforeValidator(_exact_date, json_schema_input_type=str),
    PlainSerializer(lambda d: d.isoformat(), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Weekdays = Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=5), AfterValidator(_sorted_weekdays)]

Ids = Annotated[tuple[Id, ...], Field(max_length=200), AfterValidator(lambda ids: tuple(sorted(set(ids))))]
FourDigits = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
FiveDigits = Annotated[str, Field(pattern=r"^[0-9]{5}$")]

ALL_WEEKDAYS: tuple[Weekday, ...] = tuple(Weekday)
