"""What every record is: frozen, closed, strict, with collections in an order that does not depend on the file."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from cohort_opt.problem.descriptions import describe

T = TypeVar("T")


def sorted_by(*names: str) -> AfterValidator:
    """Return a validator that sorts a collection by these fields, so that row order never matters."""

    def key(record: Any) -> tuple[Any, ...]:
        return tuple((value is not None, value) for value in (getattr(record, name) for name in names))

    def sort(records: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(sorted(records, key=key))

    return AfterValidator(sort)


def ascending(days: tuple[dt.date, ...]) -> tuple[dt.date, ...]:
    """Return the days in order, each once."""
    return tuple(sorted(set(days)))


def each_once(values: tuple[T, ...]) -> tuple[T, ...]:
    """Return the values in ascending order of their text, each once: naming a pattern twice says no more than once.

    Of a block with and without `unbroken` the one that may be broken stays: it allows whatever the other does.
    """
    loosest_last = sorted(values, key=lambda value: getattr(value, "unbroken", False), reverse=True)
    return tuple(value for _, value in sorted({_pattern_key(value): value for value in loosest_last}.items()))


def _pattern_key(value: Any) -> tuple[str, int, int, str]:
    if isinstance(value, str):
        return (value, 0, 0, "")
    return (value.kind, getattr(value, "days", 0), getattr(value, "weeks", 0), value.part)


class Record(BaseModel):
    """Base of all records: frozen, closed, strict."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants", allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of the record, described by its docstring."""
        schema = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core_schema, handler))
        describe(schema, [base.__doc__ for base in cls.__mro__ if base is not BaseModel and issubclass(base, BaseModel)])
        return schema


def check_order(first: dt.date, last: dt.date) -> None:
    """Refuse a period that ends before it starts, with the code `start-after-end`."""
    if first > last:
        raise PydanticCustomError("start-after-end", "the period ends before it starts")
